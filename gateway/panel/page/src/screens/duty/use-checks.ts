import { ask } from '../../api/client.js';
import { live, nowWall } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useAsked } from '../parts/use-asked.js';
import { type Checks, checksOf } from './checks.js';

/** More than a shift is asked. */
const entriesMax = 200;

/** Of the time since then; asked again whenever a check begins or ends. Null: not known (yet). */
export function useChecks(fromWall: number): Checks | null {
  const requests = useStore(live, (now) => now.state?.requests ?? null);
  const open = Object.values(requests ?? {})
    .filter(({ is }) => is === 'duty-check')
    .map(({ id }) => id);
  const { value } = useAsked(`${fromWall} ${open.join(' ')}`, (signal) =>
    ask('history', {
      body: { filter: { fromWall, kinds: ['duty.asked', 'duty.answered', 'duty.missed'] }, limit: entriesMax },
      signal,
    }),
  );
  return value === null ? null : checksOf(value.entries, nowWall.get());
}
