/** What this page should sound now, and what it should say: pure. */
import type { AlarmRow } from '../../../api/state.js';
import { byPrecedence } from '../first/precedence.js';
import type { Live } from '../live/contact.js';
import type { SoundName } from './cadences.js';

export interface Wanted {
  readonly sound: SoundName;
  /** With another cause it begins at once, whenever the next round would have been. */
  readonly cause: string;
  /** What is read aloud; null: the tone says it all. */
  readonly alarm: AlarmRow | null;
}

/**
 * Loud is what nobody has silenced; below fire, an acknowledgement is enough. Fire and warning are above the duty check, and
 * everything else waits for its answer.
 */
export function wantedSound(live: Live): Wanted | null {
  if (live.contact === 'lost') return { sound: 'lost', cause: '', alarm: null };
  if (live.contact === 'connecting') return null;
  if (live.state === null) return soundOfBrief(live);
  const loud = byPrecedence(live.state.alarms).filter(isLoud);
  const [first] = loud;
  const check = Object.values(live.state.requests).find(({ is }) => is === 'duty-check');
  const isUrgent = first?.class === 'fire' || first?.class === 'warning';
  if (check !== undefined && !isUrgent) return { sound: 'duty-check', cause: check.id, alarm: null };
  if (first === undefined) return null;
  const newest = loud
    .filter((row) => row.class === first.class)
    .reduce((one, other) => (other.order > one.order ? other : one));
  return { sound: first.class, cause: newest.alarm, alarm: first };
}

function isLoud(row: AlarmRow): boolean {
  return row.sounder === 'sounding' && (row.class === 'fire' || row.acknowledged === null);
}

function soundOfBrief({ brief }: Live): Wanted | null {
  if (brief === null || !brief.isSounding) return null;
  const { state } = brief;
  const isOwn = state === 'fire' || state === 'warning' || state === 'supervisory' || state === 'fault';
  return isOwn ? { sound: state, cause: '', alarm: null } : null;
}
