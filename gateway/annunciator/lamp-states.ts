/** What each lamp shows: a pure function of the alarms and of the reports on their way. */
import type { LampMeaning } from '../../config/site.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import type { Facets } from '../alarm/facets.js';

/** `beep`: twice, and a pause; nothing else does so. */
export type LampState = 'off' | 'on' | 'flash' | 'beep';
export type LampStates = Readonly<Record<LampMeaning, LampState>>;

/** Reports of the fire lane: some are not confirmed by a centre, the last one was a while ago, or nothing to tell. */
export type Transmission = 'idle' | 'sending' | 'sent';

/** GB 26875.1-2011 4.1.2.1 [V*]: after success the lamp stays lit for at least 5 min. */
export const sentShownMs = 300_000;

/** What one uplink owes of the fire lane, and when it last carried something of it (monotonic ms; null: not since the start). */
export interface FireDebt {
  readonly isOwed: boolean;
  readonly carriedMono: number | null;
}

/** Of all uplinks together: what one of them still owes is not told. */
export function transmissionOf(uplinks: readonly FireDebt[], nowMono: number): Transmission {
  if (uplinks.some(({ isOwed }) => isOwed)) return 'sending';
  const isFresh = ({ carriedMono }: FireDebt): boolean => carriedMono !== null && nowMono - carriedMono < sentShownMs;
  return uplinks.some(isFresh) ? 'sent' : 'idle';
}

/** With one of these, whether in service or not, nobody may read "all is well" off the green lamp. */
const notNormal: ReadonlySet<AlarmClass> = new Set(['fire', 'warning', 'supervisory', 'fault']);

const transmissionLamp: Readonly<Record<Transmission, LampState>> = { idle: 'off', sending: 'flash', sent: 'on' };

/**
 * `isScanned` = everything was looked at once: before that nothing is known to be normal.
 * Red flashes until a person acknowledges and is lit until the reset (GB 4717-2024 5.4.1.1 [V*]); yellow follows its faults
 * (5.4.3.2 [V*]); a lamp of its own says that something is taken out of the watch (5.4.4.7 [V*]). Nobody is asked to
 * acknowledge a fire of what is out of service, so that one does not flash.
 * A duty check has a lamp and a sound of its own; a fire or warning that sounds has the ear, and the lamp goes on saying it.
 */
export function lampStates(
  subjects: Iterable<Facets>,
  transmission: Transmission,
  isScanned: boolean,
  isDutyAsked = false,
): LampStates {
  let fire: LampState = 'off';
  let fault: LampState = 'off';
  let service: LampState = 'off';
  let isNormal = isScanned;
  let isEarFree = true;
  for (const each of subjects) {
    if (each.service !== null) service = 'on';
    if (each.alarm === null) continue;
    if (notNormal.has(each.class)) isNormal = false;
    if (each.class === 'fault') fault = 'on';
    if (isHeard(each)) isEarFree = false;
    if (each.class !== 'fire') continue;
    if (each.acknowledged === null && each.service === null) fire = 'flash';
    else if (fire === 'off') fire = 'on';
  }
  return {
    ...{ fire, fault, service, normal: isNormal ? 'on' : 'off', transmission: transmissionLamp[transmission] },
    duty: isDutyAsked ? 'flash' : 'off',
    duty_sound: isDutyAsked && isEarFree ? 'beep' : 'off',
  };
}

function isHeard({ class: alarmClass, sounder, service }: Facets): boolean {
  return (alarmClass === 'fire' || alarmClass === 'warning') && sounder === 'sounding' && service === null;
}
