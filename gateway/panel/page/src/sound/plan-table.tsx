/** What is heard by day and by night, so that nobody has to try it out. */
import type { JSX } from 'preact';
import { site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { useWords } from '../words/use-words.js';
import type { WordKey } from '../words/words.js';
import { type Pause, pauseOf, type SoundName } from './cadences.js';
import { clockOf } from './night.js';

/** The gravest first. */
const sounds: readonly SoundName[] = [
  ...(['fire', 'warning', 'lost', 'duty-check', 'supervisory', 'fault', 'technical'] as const),
];
const minuteMs = 60_000;

export function PlanTable(): JSX.Element | null {
  const { t } = useWords();
  const info = useStore(site, (now) => now);
  if (info === null) return null;
  const { night } = info;
  const span = night === null ? '' : `${clockOf(night.fromMinute)}–${clockOf(night.toMinute)}`;
  const said = (pause: Pause): string =>
    t(pauseWord(pause), { minutes: typeof pause === 'number' ? Math.round(pause / minuteMs) : 0 });
  return (
    <>
      <h3 id="sound-plan">{t('sound.plan')}</h3>
      <table class="cards-table" aria-labelledby="sound-plan">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('sound.day')}</th>
            {night !== null && <th scope="col">{t('sound.night', { span })}</th>}
          </tr>
        </thead>
        <tbody>
          {sounds.map((sound) => (
            <tr key={sound}>
              <th scope="row">{t(sound === 'duty-check' ? 'duty.title' : `state.${sound}`)}</th>
              <td data-name={t('sound.day')}>{said(pauseOf(sound, false))}</td>
              {night !== null && <td data-name={t('sound.night', { span })}>{said(pauseOf(sound, true))}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Shorter than a minute is all the time, for whoever hears it. */
export function pauseWord(pause: Pause): WordKey {
  if (typeof pause !== 'number') return `sound.heard.${pause}`;
  return pause < minuteMs ? 'sound.heard.always' : 'sound.heard.every';
}
