/** Says when an alarm would not be heard here, with one key that mends it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Shape } from '../design/shape.js';
import { useStore } from '../live/store.js';
import { choose, settings } from '../settings/settings.js';
import { useWords } from '../words/use-words.js';
import { soundState, testSound, wakeSound } from './sound.js';

export function SoundBar(): JSX.Element | null {
  const { t } = useWords();
  const { hearing, hasVoice } = useStore(soundState, (now) => now);
  const knowsNoVoice = useStore(settings, (now) => now.knowsNoVoice);
  if (hearing !== 'on') {
    return (
      <section class="sound-bar" role="alert">
        <Shape name="mute" />
        <p>{t(hearing === 'none' ? 'sound.none' : 'sound.blocked')}</p>
        {hearing === 'blocked' && (
          <button class="button" type="button" onClick={() => void wakeSound()}>
            {t('sound.switchOn')}
          </button>
        )}
      </section>
    );
  }
  if (hasVoice || knowsNoVoice) return null;
  return (
    <section class="sound-bar is-soft" role="status">
      <Shape name="voice" />
      <p>{t('sound.noVoice')}</p>
      <button class="button" type="button" onClick={() => choose({ knowsNoVoice: true })}>
        {t('sound.understood')}
      </button>
    </section>
  );
}

export function TestSoundKey(): JSX.Element {
  const { t } = useWords();
  const { hearing, hasVoice } = useStore(soundState, (now) => now);
  const [wasTested, setTested] = useState(false);
  return (
    <div class="test-sound">
      <button
        class="button"
        type="button"
        onClick={() => {
          setTested(true);
          void testSound();
        }}
      >
        {t('sound.test')}
      </button>
      <p role="status">
        {wasTested && t(hearing === 'on' ? 'sound.isOn' : hearing === 'none' ? 'sound.none' : 'sound.blocked')}{' '}
        {!hasVoice && t('sound.noVoice')}
      </p>
    </div>
  );
}
