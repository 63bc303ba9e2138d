/** A duty check is over: who answered it, wherever he did, or that nobody has. Goes by itself. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../api/client.js';
import { Shape } from '../design/shape.js';
import { live } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { type Checks, checksOf } from '../screens/duty/checks.js';
import { useWho } from '../screens/parts/use-who.js';
import { useWords } from '../words/use-words.js';

/** Its entry is on the disk by then, ms. */
const writtenMs = 1000;
const shownMs = 20_000;
const entriesMax = 20;

export function CheckOver(): JSX.Element | null {
  const { t } = useWords();
  const who = useWho();
  const requests = useStore(live, (now) => (now.contact === 'live' ? (now.state?.requests ?? null) : null));
  const open = Object.values(requests ?? {}).find(({ is }) => is === 'duty-check') ?? null;
  const before = useRef(open);
  const [over, setOver] = useState<Pick<Checks, 'last'> | null>(null);
  useEffect(() => {
    const was = before.current;
    before.current = open;
    if (open !== null) setOver(null);
    if (requests === null || was === null || open !== null) return;
    const gone = new AbortController();
    const timers = [
      setTimeout(
        () => void look(was.sinceWall, gone.signal).then((found) => gone.signal.aborted || setOver(found)),
        writtenMs,
      ),
      setTimeout(() => setOver(null), shownMs),
    ];
    return () => {
      gone.abort();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [open?.id, requests === null]);
  if (over === null) return null;
  const { last } = over;
  return (
    <p class="check-over" role="status" data-answered={last !== null}>
      <Shape name={last === null ? 'fault' : 'normal'} />
      {last === null ? t('duty.unanswered') : t('duty.answered', { who: who(last.by), after: last.afterS ?? '' })}
    </p>
  );
}

/** Null: the journal can not be read. */
async function look(fromWall: number, signal: AbortSignal): Promise<Pick<Checks, 'last'> | null> {
  const filter = { fromWall, kinds: ['duty.answered' as const] };
  const answer = await ask('history', { body: { filter, limit: entriesMax }, signal });
  return answer.isOk ? checksOf(answer.value.entries, fromWall) : null;
}
