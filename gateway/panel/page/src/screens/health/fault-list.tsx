import type { JSX } from 'preact';
import type { AlarmRow } from '../../../../api/state.js';
import { Shape } from '../../design/shape.js';
import { nowWall } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';

/** Drawn at once; the first screen has all of them. */
const shownMax = 50;

/** What is wrong in plain words, since when, and the next step. */
export function FaultList({ faults }: { readonly faults: readonly AlarmRow[] }): JSX.Element {
  const { t, say, age } = useWords();
  const wall = useStore(nowWall, (now) => now);
  return (
    <section class="card" aria-labelledby="faults-title">
      <h2 id="faults-title">{t('health.faults', { count: faults.length })}</h2>
      {faults.length === 0 && <p>{t('health.noFaults')}</p>}
      <ul class="open-list">
        {faults.slice(0, shownMax).map((row) => (
          <li key={row.subject} class={`open-item of-${row.class}`}>
            <Shape name={row.class} />
            <span>
              <a href={href('/incident', [row.alarm])}>
                {row.words === null ? `${say(row.place)} ${say(row.name)}` : say(row.words)}
              </a>
              {row.cause !== null && <span> {say(row.cause)}</span>}
              {row.next !== null && <span class="next-step">{t('health.next', { step: say(row.next) })}</span>}
            </span>
            <time>{t('first.since', { age: age(wall - row.raisedWall) })}</time>
          </li>
        ))}
      </ul>
      {faults.length > shownMax && <p>{t('first.more', { count: faults.length - shownMax })}</p>}
    </section>
  );
}
