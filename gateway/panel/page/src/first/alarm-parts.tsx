/** What is said of an alarm, large in the first one and small in the list. */
import type { JSX } from 'preact';
import type { AlarmRow } from '../../../api/state.js';
import { live, nowWall, site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { useWho } from '../screens/parts/use-who.js';
import { useWords } from '../words/use-words.js';
import { whereWords, zoneWords } from './where-words.js';

export function usePlace(row: AlarmRow): { readonly place: string; readonly zone: string } {
  const words = useWords();
  const info = useStore(site, (now) => now);
  return { place: whereWords(row, info, words) || words.t('first.noPlace'), zone: zoneWords(row, info, words) };
}

/** Ticks by the gateway's clock. */
export function Since({ row }: { readonly row: AlarmRow }): JSX.Element {
  const { t, age, time } = useWords();
  const wall = useStore(nowWall, (now) => now);
  return (
    <>
      <b class="age">{t('first.since', { age: age(wall - row.raisedWall) })}</b>
      <span class="raised">{t('first.raised', { time: time(row.raisedWall) })}</span>
    </>
  );
}

export interface AlarmMarksProps {
  readonly row: AlarmRow;
  /** Households near it that need help: said where nobody has to scroll for it. */
  readonly care?: number;
}

export function AlarmMarks({ row, care = 0 }: AlarmMarksProps): JSX.Element {
  const { t, time } = useWords();
  const who = useWho();
  const { acknowledged, confirmed, sounder } = row;
  const service = useStore(live, (now) => now.state?.services[row.subject]?.is ?? null);
  return (
    <ul class="marks">
      {confirmed !== null && <li class="mark is-grave">{t(`first.confirmed.${confirmed}`)}</li>}
      {care > 0 && <li class="mark is-grave is-care">{t('first.care.count', { count: care })}</li>}
      {row.isLost && <li class="mark is-grave">{t('first.lost')}</li>}
      {!row.isActive && <li class="mark">{t('first.returned')}</li>}
      {sounder === 'quiet' && service !== null && <li class="mark is-grave">{t(`first.mute.${service}`)}</li>}
      {sounder !== 'quiet' && <li class="mark">{t(`first.${sounder}`)}</li>}
      <li class={`mark ${acknowledged === null ? 'is-open' : ''}`}>
        {acknowledged === null
          ? t('first.unacknowledged')
          : t('first.acknowledged', { who: who(acknowledged.by), time: time(acknowledged.wall) })}
      </li>
    </ul>
  );
}
