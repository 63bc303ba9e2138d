/** Level and time left, in the head; signs out with one touch. */
import type { JSX } from 'preact';
import { Shape } from '../design/shape.js';
import { nowWall } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { href } from '../shell/route.js';
import { useWords } from '../words/use-words.js';
import { me, signOut } from './session.js';

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

function TimeLeft({ endsWall }: { readonly endsWall: number }): JSX.Element {
  const { t, age } = useWords();
  const left = useStore(nowWall, (now) => now) - endsWall;
  return <small class="session-left">{t('session.left', { age: age(-left) })}</small>;
}
