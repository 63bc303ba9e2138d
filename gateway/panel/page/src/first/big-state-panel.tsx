/** The big state, by colour, word and shape; with the first alarm in it when there is one: it never scrolls away. */
import type { JSX } from 'preact';
import type { AlarmRow } from '../../../api/state.js';
import { bigStateOf } from '../design/big-state.js';
import { Shape } from '../design/shape.js';
import { live, site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { useWords } from '../words/use-words.js';
import { AlarmMarks, Since, usePlace } from './alarm-parts.js';
import { PlacePhoto } from './place-photo.js';
import { classes } from './precedence.js';
import { careNear, countOf } from './steps.js';

export function BigStatePanel({ first }: { readonly first: AlarmRow | null }): JSX.Element {
  const { t } = useWords();
  const state = useStore(live, bigStateOf);
  const counts = useStore(live, (now) => now.state?.head.counts ?? null);
  const all = useStore(site, (now) => now?.points.length ?? null);
  // What is out of service or under test is not watched.
  const aside = useStore(live, (now) => Object.keys(now.state?.services ?? {}).length);
  const points = all === null ? null : Math.max(0, all - aside);
  const standing = classes.filter((each) => (counts?.[each] ?? 0) > 0);
  return (
    <section class={`big-state of-${state}`}>
      <div class="big-state-sign">
        <Shape name={state} />
        <p class="big-state-word">{t(`state.${state}`)}</p>
        {standing.length > 0 && (
          <ul class="big-state-counts">
            {standing.map((each) => (
              <li key={each}>{t('first.count', { class: t(`state.${each}`), count: counts?.[each] ?? 0 })}</li>
            ))}
          </ul>
        )}
      </div>
      {first !== null && <FirstAlarm row={first} />}
      {first === null && state === 'normal' && points !== null && (
        <p class="big-state-line">{t('first.quiet', { points })}</p>
      )}
      {first === null && state === 'starting' && <p class="big-state-line">{t('first.starting')}</p>}
    </section>
  );
}

function FirstAlarm({ row }: { readonly row: AlarmRow }): JSX.Element {
  const { say } = useWords();
  const { place, zone } = usePlace(row);
  const info = useStore(site, (now) => now);
  const care = countOf(careNear(info, row));
  return (
    <>
      <PlacePhoto where={row} name={place} />
      <div class="first-alarm">
        <p class="first-alarm-where">
          {place}
          {zone !== '' && zone !== place && <small>{zone}</small>}
        </p>
        <p class="first-alarm-what">{say(row.name)}</p>
        <p class="first-alarm-since">
          <Since row={row} />
        </p>
        <AlarmMarks row={row} care={care} />
      </div>
    </>
  );
}
