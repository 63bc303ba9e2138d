import type { JSX } from 'preact';
import { live, nowWall, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';

/** Which centres can be reached, and what waits for them. */
export function UplinkTable(): JSX.Element {
  const { t, say, age } = useWords();
  const uplinks = useStore(live, (now) => now.state?.uplinks ?? null);
  const named = useStore(site, (now) => now?.uplinks ?? null);
  const wall = useStore(nowWall, (now) => now);
  const rows = Object.values(uplinks ?? {});
  return (
    <section class="card" aria-labelledby="uplinks-title">
      <h2 id="uplinks-title">{t('first.uplinks')}</h2>
      {rows.length === 0 && <p>{t('first.uplinks.none')}</p>}
      {rows.length > 0 && (
        <table class="cards-table">
          <thead>
            <tr>
              <th scope="col">{t('health.uplink')}</th>
              <th scope="col">{t('health.contact')}</th>
              <th scope="col">{t('health.backlog')}</th>
              <th scope="col">{t('health.oldest')}</th>
              <th scope="col">{t('health.unkept')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, isUp, error, queued, oldestWall, unkept }) => (
              <tr key={id} data-faulty={!isUp}>
                <th scope="row">{say(named?.find((each) => each.id === id)?.name) || id}</th>
                <td data-name={t('health.contact')}>
                  {t(isUp ? 'health.up' : 'health.down')} {say(error)}
                </td>
                <td data-name={t('health.backlog')}>{t('health.queued', queued)}</td>
                <td data-name={t('health.oldest')}>{oldestWall === null ? '–' : age(wall - oldestWall)}</td>
                <td data-name={t('health.unkept')}>{unkept}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
