/** One alarm or call: what happened and when, what it was, who arrived, notes. */
import type { JSX } from 'preact';
import type { HistoryPage } from '../../../../api/history.js';
import { ask, type Outcome } from '../../api/client.js';
import { ProblemNote } from '../../design/problem-note.js';
import { Shape } from '../../design/shape.js';
import { PlaceLink, PlacePhoto } from '../../first/place-photo.js';
import { live, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { dayAndTime } from '../history/entry-line.js';
import { whereOf } from '../map/photos.js';
import { ExportKeys } from '../parts/export-keys.js';
import { useAsked } from '../parts/use-asked.js';
import { useWho } from '../parts/use-who.js';
import { IncidentNotes } from './incident-notes.js';
import { kindShapes } from './kind-shapes.js';
import { timelineOf } from './timeline.js';
import { WayTable } from './way-table.js';

/** Of one alarm; more are in the history. */
const entriesMax = 200;

export function OneIncident({ id }: { readonly id: string }): JSX.Element {
  const { t, say, day, time } = useWords();
  const who = useWho();
  const incident = useStore(live, (now) => now.state?.incidents[id] ?? null);
  const alarms = useStore(live, (now) => now.state?.alarms ?? null);
  const zones = useStore(site, (now) => now?.zones ?? null);
  const points = useStore(site, (now) => now?.points ?? null);
  const row = Object.values(alarms ?? {}).find(({ alarm }) => alarm === id) ?? null;
  // Asked again whenever something about it has happened.
  const turn = `${row?.acknowledged?.wall ?? 0} ${row?.isActive} ${row?.sounder} ${incident?.notes.length ?? 0}`;
  const { value, problem, isBusy } = useAsked(`${id} ${turn}`, (signal) => askEntries(id, signal));
  const entries = value?.entries ?? null;
  const happenings = timelineOf(entries, row, incident);
  const first = entries?.findLast(({ kind }) => kind === 'alarm.raised') ?? null;
  const beganWall = incident?.beganWall ?? row?.raisedWall ?? first?.wall ?? null;
  const zone = zones?.find((each) => each.id === (incident?.zone ?? row?.zone ?? first?.zone));
  const where = row ?? whereOf(first?.subject ?? null, zone?.id ?? null, points ?? []);
  const name = say(incident?.name ?? row?.name ?? first?.words);
  return (
    <article class="incident">
      <header class="card">
        <h1>{name === '' ? t('nav.incident') : name}</h1>
        <p>
          {[say(zone?.name), incident?.place ?? say(row?.place)]
            .filter((each) => each !== '' && each !== null)
            .join(' · ')}
        </p>
        <p>
          {[
            beganWall === null ? '' : t('incident.began', { time: dayAndTime(day(beganWall), time(beganWall)) }),
            t(row !== null ? 'incident.stands' : 'incident.over'),
            incident?.verdict == null ? '' : t(`verdict.${incident.verdict}`),
          ]
            .filter((each) => each !== '')
            .join(' · ')}
        </p>
        <div class="choices">
          <PlacePhoto where={where} name={name} />
          <PlaceLink where={where} />
        </div>
      </header>
      {/* While it is not settled, what is to be added stands above the fold. */}
      {incident !== null && incident.verdict === null && <IncidentNotes incident={incident} />}
      <section class="card" aria-labelledby="timeline-title">
        <h2 id="timeline-title">{t('incident.timeline')}</h2>
        {isBusy && happenings.length === 0 && <p role="status">{t('parts.loading')}</p>}
        <ProblemNote problem={problem} />
        {!isBusy && happenings.length === 0 && <p>{t('history.nothing')}</p>}
        <ol class="timeline">
          {happenings.map(({ key, wall, kind, words, by }) => (
            <li key={key} data-kind={kind}>
              <time>{time(wall)}</time>
              <Shape name={kind === 'alarm.raised' && row !== null ? row.class : kindShapes[kind]} />
              <span>
                <b>{t(`kind.${kind}`)}</b> {say(words)}
                {by !== null && <small> {who(by)}</small>}
              </span>
            </li>
          ))}
        </ol>
      </section>
      <WayTable id={id} standing={row?.told ?? null} />
      {incident !== null && incident.verdict !== null && <IncidentNotes incident={incident} />}
      <section class="card not-printed" aria-labelledby="paper-title">
        <h2 id="paper-title">{t('incident.paper')}</h2>
        <div class="choices">
          <button class="button" type="button" onClick={() => print()}>
            {t('parts.print')}
          </button>
          <ExportKeys span={() => ({ filter: { alarm: id }, text: null })} name="gengfu-incident" />
        </div>
      </section>
    </article>
  );
}

function askEntries(id: string, signal: AbortSignal): Promise<Outcome<HistoryPage>> {
  return ask('history', { body: { filter: { alarm: id }, limit: entriesMax }, signal });
}
