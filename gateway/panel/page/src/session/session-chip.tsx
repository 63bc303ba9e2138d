/** Level and time left, in the head; signs out with one touch. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Shape } from '../design/shape.js';
import { nowWall } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { href } from '../shell/route.js';
import { useWords } from '../words/use-words.js';
import { askMe, me, signOut } from './session.js';

/** After the end of a session, ms. */
const askAgainMs = 5000;

export function SessionChip(): JSX.Element | null {
  const { t } = useWords();
  const who = useStore(me, (now) => now);
  if (who === null) return null;
  return (
    <div class="session">
      <p class={`session-who ${who.user === null ? 'is-nobody' : ''}`}>
        <Shape name="person" />
        <span>
          {who.user !== null && <b>{who.user} </b>}
          {t(`session.level${who.level}`)}
          {who.endsWall !== null && <TimeLeft endsWall={who.endsWall} />}
        </span>
      </p>
      {who.user === null ? (
        <a class="quiet-button" href={href('/sign-in')}>
          {t('session.signIn')}
        </a>
      ) : (
        <button class="quiet-button" type="button" onClick={() => void signOut()}>
          {t('session.signOut')}
        </button>
      )}
    </div>
  );
}

/** When it is over the gateway is asked: it alone decides. */
function TimeLeft({ endsWall }: { readonly endsWall: number }): JSX.Element {
  const { t, age } = useWords();
  const left = useStore(nowWall, (now) => now) - endsWall;
  // Asked again until it says so: its clock may be a little behind.
  const asks = left > 0 ? 1 + Math.floor(left / askAgainMs) : 0;
  useEffect(() => {
    if (asks > 0) void askMe();
  }, [asks]);
  return <small class="session-left">{t('session.left', { age: age(-left) })}</small>;
}
