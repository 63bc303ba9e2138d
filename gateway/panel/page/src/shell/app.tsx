/** What stands around every screen: head, navigation, what must never be missed, the three keys. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { bigStateOf } from '../design/big-state.js';
import { AnswerBar } from '../first/answer-bar.js';
import { CheckOver } from '../first/check-over.js';
import { DutyCheck } from '../first/duty-check.js';
import { Keys } from '../first/keys.js';
import { VerdictAsk } from '../first/verdict-ask.js';
import { live } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { me } from '../session/session.js';
import { SoundBar } from '../sound/sound-bar.js';
import { useWords } from '../words/use-words.js';
import { AlarmStrip } from './alarm-strip.js';
import { Announcer } from './announcer.js';
import { Guard, ScreenFailed } from './guard.js';
import { HeadBar } from './head-bar.js';
import { LostBanner } from './lost-banner.js';
import { Navigation } from './navigation.js';
import { Notices } from './notices.js';
import { NeedsLevel, NotFound } from './other-screens.js';
import { PaperHead } from './paper-head.js';
import { route } from './route.js';
import { screens } from './screens.js';

export function App(): JSX.Element {
  const { t } = useWords();
  const contact = useStore(live, (now) => now.contact);
  const state = useStore(live, bigStateOf);
  const path = useStore(route, (value) => value.path);
  const level = useStore(me, (value) => value?.level ?? 0);
  const screen = screens.find((each) => each.path === path);
  const main = useRef<HTMLElement>(null);
  const drawnPath = useRef(path);

  // Whoever goes to another screen by keyboard or reader begins at its top.
  useEffect(() => {
    if (drawnPath.current === path) return;
    drawnPath.current = path;
    main.current?.focus();
    main.current?.scrollTo(0, 0);
  }, [path]);

  const View = screen?.view;
  return (
    <div class="shell" data-contact={contact} data-state={state}>
      <button class="skip" type="button" onClick={() => main.current?.focus()}>
        {t('app.skip')}
      </button>
      <HeadBar />
      <Navigation />
      <div class="middle">
        <LostBanner />
        <AlarmStrip isHidden={path === '/'} />
        <DutyCheck />
        <CheckOver />
        <VerdictAsk isShort={path !== '/' && path !== '/incident'} />
        <SoundBar />
        <Notices />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and whoever has no mouse scrolls it by keys */}
        <main class="main" id="main" tabIndex={0} ref={main}>
          <PaperHead />
          {View === undefined && <NotFound />}
          {View !== undefined && screen !== undefined && level < screen.level && <NeedsLevel level={screen.level} />}
          {View !== undefined && screen !== undefined && level >= screen.level && (
            <Guard key={path} whenFailed={<ScreenFailed />}>
              <View />
            </Guard>
          )}
        </main>
      </div>
      <div class="foot">
        <AnswerBar />
        <Keys />
      </div>
      <Announcer />
    </div>
  );
}
