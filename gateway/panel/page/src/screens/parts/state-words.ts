/** Words for the state keys of the device profiles, where a profile's own did not come along. */
import type { WordKey } from '../../words/words.js';

const keys = [
  'normal',
  'alarm',
  'active',
  'fault',
  'lost',
  'low',
  'high',
  'open',
  'closed',
  'running',
  'stopped',
  'started',
  'on',
  'off',
  'locked',
  'unlocked',
  'pressed',
  'released',
  'present',
  'absent',
  'isolated',
  'none',
  'seen',
  'reported',
  'simulated_fire',
  'low_limit',
  'high_limit',
  'on_mains',
  'on_battery',
  'trusted',
  'hinted',
  'untrusted',
] as const;

/** A closed valve and a closed breaker are not the same in Chinese. */
export function stateWords(key: string, role: string): WordKey | null {
  if (role === 'breaker.state' && key === 'open') return 'is.breakerOpen';
  if (role === 'breaker.state' && key === 'closed') return 'is.breakerClosed';
  const known = keys.find((each) => each === key);
  return known === undefined ? null : `is.${known}`;
}
