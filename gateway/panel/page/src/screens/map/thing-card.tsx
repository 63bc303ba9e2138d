/** What was touched: its state, its values now, and ways to its trend and its history. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { SiteInfo } from '../../../../api/site.js';
import type { PanelState } from '../../../../api/state.js';
import { Shape } from '../../design/shape.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { reasonWords, valueWords } from '../parts/point-words.js';
import { StandingMark } from './pin-key.js';
import { type Pin, pinStanding, placeablesOf } from './pins.js';

export interface ThingCardProps {
  readonly thing: Pick<Pin, 'of' | 'kind'>;
  readonly site: SiteInfo;
  readonly state: PanelState;
  readonly onClose: () => void;
}

export function ThingCard({ thing, site, state, onClose }: ThingCardProps): JSX.Element {
  const words = useWords();
  const { t, say, day } = words;
  const title = useRef<HTMLHeadingElement>(null);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    title.current?.focus();
    // Closed by its key: back to what was touched.
    return () => {
      if (opener instanceof HTMLElement && card.current?.contains(document.activeElement) === true) opener.focus();
    };
  }, []);
  const named = placeablesOf(site).find(({ of, kind }) => of === thing.of && kind === thing.kind);
  const points = site.points.filter(({ id, device }) =>
    thing.kind === 'point' ? id === thing.of : device === thing.of,
  );
  const shown = points.filter(({ role }) => role !== 'setting');
  const output = state.outputs[thing.of];
  const alarms = Object.values(state.alarms).filter(({ device, point }) => device === thing.of || point === thing.of);
  return (
    <section class="card thing-card" aria-labelledby="thing-title" ref={card}>
      <div class="thing-head">
        <h2 id="thing-title" tabIndex={-1} ref={title}>
          {say(named?.place)} {say(named?.name) || thing.of}
        </h2>
        <button class="icon-button" type="button" onClick={onClose}>
          <Shape name="close" />
          <span class="for-readers">{t('parts.close')}</span>
        </button>
      </div>
      <StandingMark standing={pinStanding(thing, site, state)} />
      {alarms.map((row) => (
        <p key={row.subject}>
          <a href={href('/incident', [row.alarm])}>{row.words === null ? say(row.name) : say(row.words)}</a>
        </p>
      ))}
      <dl class="values">
        {shown.map((point) => {
          const now = state.points[point.id];
          return (
            <div key={point.id}>
              <dt>{say(point.name)}</dt>
              <dd>
                <b>{valueWords(point, now, words)}</b>
                {now?.quality === 'bad' && <small> {reasonWords(now.reason, words)}</small>}
                {now?.wall != null && <small> {day(now.wall)}</small>}
                {point.isSampled && point.physicalUnit !== null && (
                  <a href={href('/water', [point.id])}> {t('map.trend')}</a>
                )}
              </dd>
            </div>
          );
        })}
        {thing.kind === 'output' && output !== undefined && (
          <div>
            <dt>{t('map.output')}</dt>
            <dd>{t(`siren.is.${output.proven === null ? 'unknown' : output.proven ? 'on' : 'off'}`)}</dd>
          </div>
        )}
      </dl>
      <a class="button" href={href('/history', [], { device: thing.of })}>
        {t('parts.history')}
      </a>
    </section>
  );
}
