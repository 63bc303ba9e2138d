/** What sounds now and why, speaking to the village, the daily programme. */
import './voice.css';
import type { JSX } from 'preact';
import { Shape } from '../../design/shape.js';
import { site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { Broadcast } from './broadcast.js';
import { Microphone } from './microphone.js';
import { SoundsNow } from './sounds-now.js';

export function VoiceScreen(): JSX.Element {
  const { t, say } = useWords();
  const programme = useStore(site, (now) => now?.programme ?? null);
  const byTime = [...(programme ?? [])].sort((one, other) => (one.at < other.at ? -1 : 1));
  return (
    <div class="voice">
      <h1 class="for-readers">{t('nav.voice')}</h1>
      <SoundsNow />
      <Broadcast />
      <Microphone />
      <section class="card" aria-labelledby="programme-title">
        <h2 id="programme-title">
          <Shape name="history" />
          {t('voice.programme')}
        </h2>
        {byTime.length === 0 && <p>{t('parts.none')}</p>}
        <ul class="programme">
          {byTime.map(({ at, words }) => (
            <li key={`${at} ${words.zh}`}>
              <time>{at}</time> {say(words)}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
