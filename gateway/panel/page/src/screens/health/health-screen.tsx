/** How the watch itself fares: what is wrong and what to do about it first, then devices, lines, centres, the box. */
import './health.css';
import type { JSX } from 'preact';
import { byPrecedence } from '../../first/precedence.js';
import { live, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { BoxCard } from './box-card.js';
import { DeviceTable } from './device-table.js';
import { FaultList } from './fault-list.js';
import { devicesHealth, intactOf, linesHealth } from './intact.js';
import { LineTable } from './line-table.js';
import { UplinkTable } from './uplink-table.js';

export function HealthScreen(): JSX.Element | null {
  const { t, day } = useWords();
  const info = useStore(site, (now) => now);
  const state = useStore(live, (now) => now.state);
  if (info === null || state === null) return <p role="status">{t('parts.loading')}</p>;
  const devices = devicesHealth(info, state);
  const { percent, intact, faulty, unknown, sinceWall } = intactOf(devices);
  const faults = byPrecedence(state.alarms).filter(
    ({ class: own, isLost }) => own === 'fault' || own === 'technical' || isLost,
  );
  return (
    <div class="health">
      <h1 class="for-readers">{t('nav.health')}</h1>
      <section class="card intact" aria-labelledby="intact-title" data-whole={faulty === 0}>
        <h2 id="intact-title">{t('health.intact')}</h2>
        <p class="intact-percent">{percent === null ? '–' : `${percent}%`}</p>
        <p>
          {t('health.counts', { intact, faulty })}
          {unknown > 0 && ` ${t('health.unknown', { unknown })}`}
          {sinceWall !== null && ` ${t('health.since', { time: day(sinceWall) })}`}
        </p>
      </section>
      <FaultList faults={faults} />
      <LineTable lines={linesHealth(info, state, devices)} />
      <UplinkTable />
      <BoxCard />
      <DeviceTable devices={devices} />
    </div>
  );
}
