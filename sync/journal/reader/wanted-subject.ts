/** Whether an entry is about one of the devices, or in one of the places, that are asked for. */
import { partsOfSubject } from '../history-index.js';
import type { EntryFilter } from './reading.js';

/** Subjects that are remembered with their answer; beyond it all are forgotten. */
const rememberedMax = 10_000;

export type IsWanted = (subject: string, zone: string | null) => boolean;

export function wantedSubject({ devices, named }: Pick<EntryFilter, 'devices' | 'named'>): IsWanted {
  const isOfDevices = devices.length === 0 ? null : aboutAny(devices);
  if (named === null) return isOfDevices ?? (() => true);
  const zones = new Set(named.zones);
  const isNamed = aboutAny(named.devices);
  return (subject, zone) =>
    (isOfDevices?.(subject) ?? true) && ((zone !== null && zones.has(zone)) || isNamed(subject));
}

/** An id stands in a subject as a run of its pieces: `smoke-1` and `smoke-1/smoke` in `fault:point:smoke-1/smoke`. */
function aboutAny(ids: readonly string[]): (subject: string) => boolean {
  const sought = new Set(ids.map((id) => partsOfSubject(id).join(':')));
  const known = new Map<string, boolean>();
  return (subject) => {
    const before = known.get(subject);
    if (before !== undefined) return before;
    const isAbout = sought.size > 0 && runsOf(partsOfSubject(subject)).some((run) => sought.has(run));
    if (known.size >= rememberedMax) known.clear();
    known.set(subject, isAbout);
    return isAbout;
  };
}

function runsOf(parts: readonly string[]): readonly string[] {
  return parts.flatMap((_, from) =>
    parts.slice(from).map((_part, length) => parts.slice(from, from + length + 1).join(':')),
  );
}
