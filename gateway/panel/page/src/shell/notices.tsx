/** What is wrong with the box itself and must be seen on every screen; nobody has a password yet. */
import type { JSX } from 'preact';
import { live } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { me } from '../session/session.js';
import { useWords } from '../words/use-words.js';
import { href } from './route.js';
import { isUpdated } from './update.js';

export function Notices(): JSX.Element | null {
  const { t } = useWords();
  const isRecording = useStore(live, (now) => now.state?.head.isRecording ?? true);
  const needsSetup = useStore(me, (now) => now?.needsSetup ?? false);
  const hasUpdate = useStore(isUpdated, (now) => now);
  if (isRecording && !needsSetup && !hasUpdate) return null;
  return (
    <div class="notices">
      {!isRecording && <p class="notice of-fault">{t('head.notRecording')}</p>}
      {hasUpdate && (
        <p class="notice">
          {t('shell.updated')}{' '}
          <button class="button" type="button" onClick={() => location.reload()}>
            {t('shell.reload')}
          </button>
        </p>
      )}
      {needsSetup && (
        <p class="notice">
          <a href={href('/set-up')}>{t('session.setUpTitle')}</a>
        </p>
      )}
    </div>
  );
}
