/**
 * Which entries another centre has confirmed, so that nobody is woken by a message about them. Bounded: what is forgotten counts as not
 * confirmed, and is told once too often rather than not at all.
 */
import type { EntryId, UplinkId } from '../../config/ids.js';
import type { UplinkConfig } from '../../config/site.js';
import type { Lane } from '../../config/vocabulary.js';
import type { Observation } from '../observation.js';

/** Entries of which it is known who took them; the oldest goes. */
const entriesMax = 2_000;

export class CarriedElsewhere {
  readonly #takers = new Map<EntryId, Set<UplinkId>>();
  /** By uplink and lane: up to which position the district has kept. */
  readonly #kept = new Map<string, number>();

  see(seen: Observation): void {
    if (seen.kind === 'report.kept') this.#kept.set(`${seen.uplink}/${seen.lane}`, seen.position);
    if (seen.kind !== 'report.carried') return;
    const takers = this.#takers.get(seen.entryId) ?? new Set();
    takers.add(seen.uplink);
    this.#takers.delete(seen.entryId);
    this.#takers.set(seen.entryId, takers);
    const [oldest] = this.#takers.keys();
    if (this.#takers.size > entriesMax && oldest !== undefined) this.#takers.delete(oldest);
  }

  /** Taken by a centre; where receipts are wanted, kept by the district as well. Another way of short messages is no centre. */
  isConfirmed(
    { id, lane, position }: { readonly id: EntryId; readonly lane: Lane; readonly position: number | null },
    uplinks: readonly UplinkConfig[],
  ): boolean {
    const takers = this.#takers.get(id);
    if (takers === undefined) return false;
    return uplinks.some((uplink) => {
      if (uplink.kind === 'sms' || !takers.has(uplink.id)) return false;
      if (uplink.receipts === 'none') return true;
      return position !== null && (this.#kept.get(`${uplink.id}/${lane}`) ?? 0) >= position;
    });
  }
}
