/** The name of the zone that this machine's local time is, as every browser and Intl know it. */
import { localOffsetMin } from './clock.js';

export interface LocalZone {
  /** IANA name; never one that Intl refuses. */
  readonly name: string;
  /** False: the machine's own word is no such name (`TZ=` empty, `CST-8`, `GMT-8`), and this is its offset now, or UTC where that has no name. */
  readonly isOwn: boolean;
}

/** As it is at that wall time. */
export function localZone(wall: number): LocalZone {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return zoneOf(timeZone, localOffsetMin(wall));
}

/** `named`: what Intl says; on some machines it is no zone at all. `offsetMin`: how far local time is ahead of UTC. */
export function zoneOf(named: string | undefined, offsetMin: number): LocalZone {
  if (named !== undefined && isZone(named)) return { name: named, isOwn: true };
  // The signs of these names are those of POSIX: Etc/GMT-8 is eight hours ahead.
  const hours = -offsetMin / 60;
  const fixed = hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '+' : ''}${hours}`;
  return { name: isZone(fixed) ? fixed : 'UTC', isOwn: false };
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
