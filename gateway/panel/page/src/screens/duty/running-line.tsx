import type { JSX } from 'preact';
import type { PanelState } from '../../../../api/state.js';
import { nowWall } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { useWho } from '../parts/use-who.js';

export interface RunningLineProps {
  readonly sounding: PanelState['soundings'][string];
  readonly look: 'drill' | 'test';
}

/** What is practised now: what, where, by whom, until when. */
export function RunningLine({ sounding, look }: RunningLineProps): JSX.Element {
  const { t, say, age } = useWords();
  const who = useWho();
  const wall = useStore(nowWall, (now) => now);
  const { words, where, origin, untilWall } = sounding;
  return (
    <p class={`running of-${look}`} role="status">
      <b>{say(words)}</b> {where.map(say).join('、')}
      {origin !== null && ` · ${t('voice.by', { who: who(origin) })}`}
      <span aria-live="off">{untilWall !== null && ` · ${t('duty.endsIn', { age: age(untilWall - wall) })}`}</span>
    </p>
  );
}
