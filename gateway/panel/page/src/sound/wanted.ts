/** What this page should sound now, and what it should say: pure. */
import type { AlarmRow } from '../../../api/state.js';
import { byPrecedence } from '../first/precedence.js';
import type { Live } from '../live/contact.js';
import type { SoundName } from './cadences.js';

/** Fire is above the duty check; everything else waits for the answer to it. A silenced alarm is quiet here, too. */
export function wantedSound(live: Live): SoundName | null {
  if (live.contact === 'lost') return 'lost';
  if (live.contact === 'connecting') return null;
  if (live.state === null) return soundOfBrief(live);
  const loud = byPrecedence(live.state.alarms).find(({ sounder }) => sounder === 'sounding');
  const isAsked = Object.values(live.state.requests).some(({ is }) => is === 'duty-check');
  if (loud?.class === 'fire') return 'fire';
  return isAsked ? 'duty-check' : (loud?.class ?? null);
}

function soundOfBrief({ brief }: Live): SoundName | null {
  if (brief === null || !brief.isSounding) return null;
  const { state } = brief;
  return state === 'fire' || state === 'warning' || state === 'supervisory' || state === 'fault' ? state : null;
}

/** The alarm to read aloud: the first that sounds; null: nothing sounds. */
export function alarmToSay(live: Live): AlarmRow | null {
  if (live.contact !== 'live' || live.state === null) return null;
  return byPrecedence(live.state.alarms).find(({ sounder }) => sounder === 'sounding') ?? null;
}
