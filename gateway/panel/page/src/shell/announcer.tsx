/** For readers: a new alarm interrupts, a change of the whole state waits its turn. */
import type { JSX } from 'preact';
import { bigStateOf } from '../design/big-state.js';
import { live } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { useWords } from '../words/use-words.js';

export function Announcer(): JSX.Element {
  const { t, say } = useWords();
  const state = useStore(live, bigStateOf);
  const alarms = useStore(live, (now) => (now.contact === 'live' ? (now.state?.alarms ?? null) : null));
  const newest = Object.values(alarms ?? {}).reduce<{ order: number; text: string }>(
    (best, row) =>
      row.order > best.order
        ? { order: row.order, text: `${t(`state.${row.class}`)} ${say(row.place)} ${say(row.name)}` }
        : best,
    { order: -1, text: '' },
  );
  return (
    <div class="for-readers">
      <div aria-live="assertive" role="alert">
        {newest.text}
      </div>
      <div aria-live="polite" role="status">
        {t(`state.${state}`)}
      </div>
    </div>
  );
}
