import type { JSX } from 'preact';
import { live, nowWall, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import type { WordKey } from '../../words/words.js';

const dayMs = 86_400_000;

/** Which centres can be reached, and what waits for them. */
export function UplinkTable(): JSX.Element {
  const { t, say, age, day, time } = useWords();
  const uplinks = useStore(live, (now) => now.state?.uplinks ?? null);
  const named = useStore(site, (now) => now?.uplinks ?? null);
  const wall = useStore(nowWall, (now) => now);
  const rows = Object.values(uplinks ?? {});
  const moments = (at: number | null, by: number | null): JSX.Element => (
    <>
      {at === null ? '–' : wall - at < dayMs ? time(at) : day(at)}
      {by !== null && <small> {t('health.dueBy', { time: time(by) })}</small>}
    </>
  );
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
              <th scope="col">{t('health.heard')}</th>
              <th scope="col">{t('health.confirmed')}</th>
              <th scope="col">{t('health.backlog')}</th>
              <th scope="col">{t('health.oldest')}</th>
              <th scope="col">{t('health.unkept')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, isUp, isDead, error, queued, oldestWall, unkept, ...path }) => (
              <tr key={id} data-faulty={!isUp || isDead}>
                <th scope="row">{say(named?.find((each) => each.id === id)?.name) || id}</th>
                <td data-name={t('health.contact')}>
                  <span class="whole">{t(contactWord(isUp, isDead))}</span> {say(error)}
                </td>
                <td data-name={t('health.heard')}>{moments(path.heardWall, path.heardByWall)}</td>
                <td data-name={t('health.confirmed')}>{moments(path.toldWall, path.toldByWall)}</td>
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

function contactWord(isUp: boolean, isDead: boolean): WordKey {
  if (!isUp) return 'health.down';
  return isDead ? 'health.dead' : 'health.up';
}
