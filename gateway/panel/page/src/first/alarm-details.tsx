/** What to do, who lives there, who was told. */
import type { JSX } from 'preact';
import type { AlarmRow } from '../../../api/state.js';
import { Shape } from '../design/shape.js';
import { site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { useWords } from '../words/use-words.js';
import { CareNear } from './care-near.js';
import { PlaceLink, PlacePhoto } from './place-photo.js';
import { stepsFor } from './steps.js';
import { wayWord } from './way-words.js';

export interface AlarmDetailsProps {
  readonly row: AlarmRow;
  /** Opened in the list; the first alarm has its photo above. */
  readonly isInList?: boolean;
}

export function AlarmDetails({ row, isInList = false }: AlarmDetailsProps): JSX.Element {
  const { t, say } = useWords();
  const info = useStore(site, (now) => now);
  const steps = stepsFor(info, row);
  return (
    <div class="details">
      <section class="card todo">
        <h2>
          <Shape name="duty" />
          {t('first.todo')}
          <PlaceLink where={row} />
        </h2>
        {isInList && <PlacePhoto where={row} name={say(row.place) || say(row.name)} />}
        {row.cause !== null && <p class="cause">{say(row.cause)}</p>}
        {steps.length === 0 ? (
          <p>{t('first.noSteps')}</p>
        ) : (
          <ol class="steps">
            {steps.map((step) => (
              <li key={step.zh}>{say(step)}</li>
            ))}
          </ol>
        )}
      </section>
      <div class="details-side">
        <CareNear row={row} />
        <section class="card">
          <h2>
            <Shape name="send" />
            {t('first.told')}
          </h2>
          <ToldList row={row} />
        </section>
      </div>
    </div>
  );
}

function ToldList({ row }: { readonly row: AlarmRow }): JSX.Element {
  const { t, say, time } = useWords();
  const uplinks = useStore(site, (now) => now?.uplinks ?? null);
  if (row.told.length === 0) {
    if (uplinks === null || uplinks.length === 0) return <p>{t('first.told.nobody')}</p>;
    return <p>{t(row.order === 0 ? 'first.told.before' : 'first.told.none')}</p>;
  }
  return (
    <ul class="told">
      {row.told.map(({ uplink, how, wall }) => (
        <li key={uplink} data-how={how}>
          <span>{say(uplinks?.find(({ id }) => id === uplink)?.name) || uplink}</span>
          <b>{t(wayWord(how), { time: wall === null ? '' : time(wall) })}</b>
        </li>
      ))}
    </ul>
  );
}
