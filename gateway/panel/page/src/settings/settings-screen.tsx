import type { JSX } from 'preact';
import { pathOf } from '../api/client.js';
import { Switch } from '../design/switch.js';
import { live } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { PlanTable } from '../sound/plan-table.js';
import { TestSoundKey } from '../sound/sound-bar.js';
import { useWords } from '../words/use-words.js';
import { choose, settings } from './settings.js';

export function SettingsScreen(): JSX.Element {
  const { t, age, language } = useWords();
  const now = useStore(settings, (value) => value);
  const head = useStore(live, ({ state }) => state?.head ?? null);
  return (
    <div class="settings">
      <h1>{t('settings.title')}</h1>
      <section>
        <h2>{t('settings.language')}</h2>
        <div class="choices">
          {(['zh-CN', 'en'] as const).map((each) => (
            <button
              key={each}
              class="button"
              type="button"
              lang={each}
              aria-pressed={language === each}
              onClick={() => choose({ language: each })}
            >
              {t(each === 'en' ? 'language.en' : 'language.zh')}
            </button>
          ))}
        </div>
      </section>
      <section>
        <h2>{t('settings.look')}</h2>
        <Switch label={t('settings.large')} isOn={now.isLarge} onTurn={(isLarge) => choose({ isLarge })} />
        <Switch
          label={t('settings.contrast')}
          isOn={now.isHighContrast}
          onTurn={(isHighContrast) => choose({ isHighContrast })}
        />
      </section>
      <section>
        <h2>{t('settings.sound')}</h2>
        <TestSoundKey />
        <PlanTable />
      </section>
      <section>
        <h2>{t('settings.about')}</h2>
        {head !== null && <p>{t('settings.version', { version: head.version, age: age(head.upMs) })}</p>}
        <p>
          <a href={pathOf('docs')}>{t('settings.api')}</a>
        </p>
      </section>
    </div>
  );
}
