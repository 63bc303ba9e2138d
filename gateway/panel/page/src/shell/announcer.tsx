/** For readers: a new alarm interrupts, once; a change of the whole state waits its turn. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { AlarmRow } from '../../../api/state.js';
import { bigStateOf } from '../design/big-state.js';
import { alarmWords } from '../first/where-words.js';
import { live, site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { useWords } from '../words/use-words.js';

export function Announcer(): JSX.Element {
  const words = useWords();
  const info = useStore(site, (now) => now);
  const state = useStore(live, bigStateOf);
  const alarms = useStore(live, (now) => (now.contact === 'live' ? (now.state?.alarms ?? null) : null));
  const boot = useStore(live, (now) => now.state?.head.boot ?? null);
  const told = useRef<{ readonly boot: string | null; readonly row: AlarmRow | null }>({ boot, row: null });
  const before = told.current.boot === boot ? told.current.row : null;
  // What stands on when a newer one is reset, or when contact is back, has been told.
  const row = Object.values(alarms ?? {}).reduce(
    (best, each) => (each.order > (best?.order ?? -1) ? each : best),
    before,
  );
  told.current = { boot, row };
  return (
    <div class="for-readers">
      <div aria-live="assertive" role="alert">
        {row !== null && alarmWords(row, info, words)}
      </div>
      <div aria-live="polite" role="status">
        {words.t(`state.${state}`)}
      </div>
    </div>
  );
}
