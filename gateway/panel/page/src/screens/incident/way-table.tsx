/** Which way an alarm, or a call, was told: by which path, when it was confirmed there and how soon, or why not. */
import type { JSX } from 'preact';
import type { AlarmRow } from '../../../../api/state.js';
import { Shape } from '../../design/shape.js';
import { wayWord } from '../../first/way-words.js';
import { live, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';

type Told = AlarmRow['told'];

const msPerS = 1000;

/** `standing`: of an alarm that stands; null: it is over, or a call. */
export function WayTable({ id, standing }: { readonly id: string; readonly standing: Told | null }): JSX.Element {
  const { t, say } = useWords();
  const kept = useStore(live, (now) => now.state?.ways[id]?.told ?? null);
  const uplinks = useStore(site, (now) => now?.uplinks ?? null);
  const told = standing ?? kept ?? [];
  const none = uplinks?.length === 0 ? 'first.told.nobody' : 'incident.way.unknown';
  return (
    <section class="card" aria-labelledby="ways-title">
      <h2 id="ways-title">
        <Shape name="send" />
        {t('incident.ways')}
      </h2>
      {told.length === 0 ? (
        <p>{t(none)}</p>
      ) : (
        <table class="cards-table ways" aria-labelledby="ways-title">
          <thead>
            <tr>
              <th scope="col">{t('incident.way.path')}</th>
              <th scope="col">{t('incident.way.kind')}</th>
              <th scope="col">{t('incident.way.how')}</th>
              <th scope="col">{t('incident.way.after')}</th>
            </tr>
          </thead>
          <tbody>
            {told.map((each) => {
              const uplink = uplinks?.find((one) => one.id === each.uplink);
              return (
                <tr key={each.uplink} data-how={each.how}>
                  <th scope="row">{say(uplink?.name) || each.uplink}</th>
                  <td data-name={t('incident.way.kind')}>{uplink === undefined ? '–' : t(`way.${uplink.kind}`)}</td>
                  <td data-name={t('incident.way.how')}>
                    <HowFar told={each} />
                  </td>
                  <td data-name={t('incident.way.after')}>
                    {each.afterMs === null ? '–' : t('incident.way.seconds', { s: (each.afterMs / msPerS).toFixed(1) })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Both steps of a centre that sends receipts; else the one that there is. */
function HowFar({ told: { how, wall, carriedWall } }: { readonly told: Told[number] }): JSX.Element {
  const { t, time } = useWords();
  return (
    <>
      {carriedWall !== null && how !== 'carried' && <>{t('first.told.carried', { time: time(carriedWall) })} · </>}
      {t(wayWord(how), { time: wall === null ? '' : time(wall) })}
    </>
  );
}
