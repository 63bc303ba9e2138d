import type { JSX } from 'preact';
import type { HistoryEntry } from '../../../../api/history.js';
import { Shape } from '../../design/shape.js';
import { site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { useWho } from '../parts/use-who.js';
import { EntryFull } from './entry-full.js';

export interface EntryLineProps {
  readonly entry: HistoryEntry;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** When, what kind, what, where, who: one line, and all of it below when it is open. */
export function EntryLine({ entry, isOpen, onToggle }: EntryLineProps): JSX.Element {
  const { t, say, day, time } = useWords();
  const who = useWho();
  const zones = useStore(site, (now) => now?.zones ?? null);
  const zone = say(zones?.find(({ id }) => id === entry.zone)?.name);
  return (
    <li class={entry.class === null ? 'entry' : `entry of-${entry.class}`}>
      <button class="entry-key" type="button" aria-expanded={isOpen} onClick={onToggle}>
        <span class="entry-sign">
          {entry.class === null ? <Shape name="history" /> : <Shape name={entry.class} />}
          <span class={entry.class === null ? 'for-readers' : ''}>
            {entry.class === null ? t('history.operation') : t(`state.${entry.class}`)}
          </span>
        </span>
        <span class="entry-words">{say(entry.words)}</span>
        <span class="entry-when">
          <time>{dayAndTime(day(entry.wall), time(entry.wall))}</time>
          <small>
            {[zone, entry.origin === null ? '' : who(entry.origin)].filter((each) => each !== '').join(' · ')}
          </small>
        </span>
        <Shape name={isOpen ? 'up' : 'down'} />
      </button>
      {isOpen && <EntryFull entry={entry} />}
    </li>
  );
}

/** `11-30 14:03` and `14:03:20` → `11-30 14:03:20`. */
export function dayAndTime(day: string, time: string): string {
  return `${day.split(/[ ,]/)[0]} ${time}`;
}
