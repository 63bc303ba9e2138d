/** One line: which site, its time, who is signed in and for how long, the other language. */
import type { JSX } from 'preact';
import { live, nowWall, site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { SessionChip } from '../session/session-chip.js';
import { choose } from '../settings/settings.js';
import { isKnownZone, useWords } from '../words/use-words.js';

export function HeadBar(): JSX.Element {
  const { t, say, language } = useWords();
  const name = useStore(site, (now) => now?.name ?? null);
  const isKnown = useStore(live, (now) => now.contact === 'live');
  return (
    <header class="head">
      <p class={`head-site ${name === null ? 'is-nameless' : ''}`}>
        <span class="head-brand">{t('app.name')}</span>
        <span class="head-name">{say(name)}</span>
      </p>
      {isKnown && <Clock />}
      <SessionChip />
      <button
        class="quiet-button head-language"
        type="button"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => choose({ language: language === 'en' ? 'zh-CN' : 'en' })}
      >
        {language === 'en' ? t('language.zh') : t('language.en')}
      </button>
    </header>
  );
}

function Clock(): JSX.Element {
  const { t, time } = useWords();
  const wall = useStore(nowWall, (now) => now);
  const isTrusted = useStore(live, (now) => (now.state?.head.clock ?? 'trusted') !== 'untrusted');
  const isZoneKnown = useStore(site, (now) => now === null || isKnownZone(now.timeZone));
  return (
    <p class="head-clock">
      <span class="for-readers">{t('head.clock')}</span>
      <time>{time(wall)}</time>
      {!isZoneKnown && <span class="head-untrusted">{t('head.ownZone')}</span>}
      {!isTrusted && <span class="head-untrusted">{t('head.untrusted')}</span>}
    </p>
  );
}
