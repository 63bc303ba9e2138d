/** On paper only, where there is no head: which site this is of, and when it was printed. */
import type { JSX } from 'preact';
import { nowWall, site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { useWords } from '../words/use-words.js';

const minuteMs = 60_000;

export function PaperHead(): JSX.Element {
  const { t, say, date } = useWords();
  const name = useStore(site, (now) => now?.name ?? null);
  const wall = useStore(nowWall, (now) => now - (now % minuteMs));
  return (
    <p class="paper-head" aria-hidden="true">
      <b>{say(name)}</b>
      <span>{t('shell.printed', { time: date(wall) })}</span>
    </p>
  );
}
