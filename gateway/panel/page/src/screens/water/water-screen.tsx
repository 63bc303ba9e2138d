/** Is there water, does it have pressure, is the wiring cool: values beside their limits, and the trend of the one that is chosen. */
import './water.css';
import type { ComponentChildren, JSX } from 'preact';
import { site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { href, route } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { GaugeRow } from './gauge-row.js';
import { groupsOf, type PointInfo } from './gauges.js';
import { Tank } from './tank.js';
import { TrendCard } from './trend-card.js';

const none: readonly PointInfo[] = [];

export function WaterScreen(): JSX.Element {
  const { t } = useWords();
  const points = useStore(site, (now) => now?.points ?? none);
  const chosen = useStore(route, (now) => now.rest[0] ?? null);
  const point = points.find(({ id }) => id === chosen);
  if (point !== undefined) {
    return (
      <div class="water">
        <h1 class="for-readers">{t('nav.water')}</h1>
        <p>
          <a class="button" href={href('/water')}>
            {t('water.back')}
          </a>
        </p>
        <TrendCard key={point.id} point={point} />
      </div>
    );
  }
  const { tanks, pressures, waterStates, electric, measured } = groupsOf(points);
  const isEmpty = [tanks, pressures, waterStates, electric].every(({ length }) => length === 0);
  return (
    <div class="water">
      <h1 class="for-readers">{t('nav.water')}</h1>
      {isEmpty && <p class="empty">{t('water.nothing')}</p>}
      {tanks.length > 0 && (
        <ul class="tanks" aria-label={t('water.tanks')}>
          {tanks.map((each) => (
            <Tank key={each.id} point={each} />
          ))}
        </ul>
      )}
      <Gauges title={t('water.pressure')} points={[...pressures, ...waterStates]} />
      <Gauges title={t('water.electric')} points={electric} />
      <Gauges title={t('water.measured')} points={measured} />
    </div>
  );
}

interface GaugesProps {
  readonly title: ComponentChildren;
  readonly points: readonly PointInfo[];
}

function Gauges({ title, points }: GaugesProps): JSX.Element | null {
  if (points.length === 0) return null;
  return (
    <section class="gauges">
      <h2>{title}</h2>
      <ul>
        {points.map((each) => (
          <GaugeRow key={each.id} point={each} />
        ))}
      </ul>
    </section>
  );
}
