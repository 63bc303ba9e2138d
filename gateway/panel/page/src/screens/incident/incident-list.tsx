import type { JSX } from 'preact';
import { Shape } from '../../design/shape.js';
import { live } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';

/** The newest first. */
export function IncidentList(): JSX.Element {
  const { t, say, day } = useWords();
  const incidents = useStore(live, (now) => now.state?.incidents ?? null);
  const rows = Object.values(incidents ?? {}).sort((one, other) => other.beganWall - one.beganWall);
  return (
    <section class="card">
      <h1>{t('nav.incident')}</h1>
      {rows.length === 0 && <p>{t('incident.none')}</p>}
      <ul class="open-list">
        {rows.map(({ id, kind, name, place, beganWall, verdict, isClosed }) => (
          <li key={id} class="open-item">
            <Shape name={kind === 'call' ? 'phone' : 'duty'} />
            <span>
              <a href={href('/incident', [id])}>
                {place} {say(name)}
              </a>
              <small>
                {' '}
                {t(isClosed ? 'incident.closed' : 'incident.open')}
                {verdict !== null && ` · ${t(`verdict.${verdict}`)}`}
              </small>
            </span>
            <time>{day(beganWall)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}
