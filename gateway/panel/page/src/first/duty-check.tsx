/** The district asks whether somebody is there: one big key, above everything but a lost contact. */
import type { JSX } from 'preact';
import { Shape } from '../design/shape.js';
import { live, nowWall } from '../live/connection.js';
import { giveOrder, ordering } from '../live/order.js';
import { useStore } from '../live/store.js';
import { useWho } from '../screens/parts/use-who.js';
import { useWords } from '../words/use-words.js';

export function DutyCheck(): JSX.Element | null {
  const { t, age } = useWords();
  const who = useWho();
  const requests = useStore(live, (now) => (now.contact === 'live' ? (now.state?.requests ?? null) : null));
  const isBusy = useStore(ordering, ({ busy }) => busy !== null);
  const wall = useStore(nowWall, (now) => now);
  const all = Object.values(requests ?? {});
  if (all.length === 0) return null;
  return (
    <div class="requests" role="alert">
      {all.map(({ id, is, by, untilWall, note }) => (
        <section class="request" key={id}>
          <Shape name="phone" />
          <div>
            <h2>{t(is === 'duty-check' ? 'duty.title' : 'duty.resetTitle')}</h2>
            <p aria-live="off">
              {t(is === 'duty-check' ? 'duty.by' : 'duty.resetBy', { by: who(by), age: age(untilWall - wall) })}
            </p>
            {note !== null && <p>{note}</p>}
          </div>
          {is === 'duty-check' && (
            <button
              class="request-key"
              type="button"
              aria-disabled={isBusy}
              onClick={() => void giveOrder({ ask: 'duty-answer' })}
            >
              {t('duty.answer')}
            </button>
          )}
        </section>
      ))}
    </div>
  );
}
