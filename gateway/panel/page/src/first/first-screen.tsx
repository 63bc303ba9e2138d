/** The first screen: one look says what is wrong, where, and what to do; nothing else stands on it. */
import type { JSX } from 'preact';
import { live } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { me } from '../session/session.js';
import { useWords } from '../words/use-words.js';
import { AlarmDetails } from './alarm-details.js';
import { BigStatePanel } from './big-state-panel.js';
import { OtherAlarms } from './other-alarms.js';
import { byPrecedence } from './precedence.js';
import { Quiet } from './quiet.js';

export function FirstScreen(): JSX.Element {
  const { t } = useWords();
  const alarms = useStore(live, (now) => now.state?.alarms ?? null);
  const isStranger = useStore(me, (now) => now?.level === 0);
  const [first, ...others] = alarms === null ? [] : byPrecedence(alarms);
  return (
    <div class={`first ${first === undefined ? 'is-quiet' : ''} ${others.length > 0 ? 'has-others' : ''}`}>
      <h1 class="for-readers">{t('first.title')}</h1>
      <BigStatePanel first={first ?? null} />
      {isStranger && <p class="stranger">{t('session.away')}</p>}
      {first === undefined ? <Quiet /> : <AlarmDetails row={first} />}
      {others.length > 0 && <OtherAlarms rows={others} />}
    </div>
  );
}
