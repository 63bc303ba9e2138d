/**
 * Where the report of each standing alarm is with each centre: queued when its entry is stamped, carried when the centre's side has
 * confirmed it, kept when a receipt reaches its row. Of alarms raised before this start nothing is known, and nothing is said.
 */
import type { EntryId, UplinkId } from '../../../config/ids.js';
import type { UplinkConfig } from '../../../config/site.js';
import type { Lane } from '../../../config/vocabulary.js';
import type { Entry } from '../../../sync/journal/entry.js';
import { isTold } from '../../../sync/tell-filter.js';
import type { AlarmRow } from '../api/state.js';

export type Told = AlarmRow['told'];

/** Alarms whose reports are followed; above it the oldest are forgotten. */
const alarmsMax = 5000;

interface Report {
  readonly lane: Lane;
  /** Of its row; null until it is durable. */
  position: number | null;
  told: Told;
}

const nothing: Told = [];

export class ToldBook {
  readonly #reports = new Map<EntryId, Report>();

  /** A new array whenever it has changed. */
  of(alarm: EntryId): Told {
    return this.#reports.get(alarm)?.told ?? nothing;
  }

  /** An entry as it is stamped: if it is the first raising of an alarm, these centres are to be told. */
  see(entry: Entry, uplinks: readonly Pick<UplinkConfig, 'id' | 'tell'>[]): void {
    if (entry.kind !== 'alarm.raised' || entry.alarm !== entry.id) return;
    const told = uplinks
      .filter(({ tell }) => isTold(tell, entry))
      .map(({ id }) => ({ uplink: id, how: 'queued' as const, wall: null }));
    this.#reports.set(entry.id, { lane: entry.lane, position: null, told });
    for (const id of this.#reports.keys()) {
      if (this.#reports.size <= alarmsMax) break;
      this.#reports.delete(id);
    }
  }

  durable(id: EntryId, position: number): void {
    const report = this.#reports.get(id);
    if (report !== undefined) report.position = position;
  }

  carried(id: EntryId, uplink: UplinkId, wall: number): void {
    const report = this.#reports.get(id);
    // What is told again was carried, or kept, before.
    if (report !== undefined && this.#howOf(report, uplink) !== 'kept') {
      const before = report.told.find((each) => each.uplink === uplink);
      if (before?.how !== 'carried') this.#set(report, { uplink, how: 'carried', wall });
    }
  }

  /** Everything up to that row of the lane. */
  kept(uplink: UplinkId, lane: Lane, position: number, wall: number): void {
    for (const report of this.#reports.values()) {
      const isKept = report.lane === lane && report.position !== null && report.position <= position;
      const how = this.#howOf(report, uplink);
      if (isKept && how !== null && how !== 'kept') this.#set(report, { uplink, how: 'kept', wall });
    }
  }

  /** This centre will not be told: it has refused it for good, or it was too large. */
  passedOver(id: EntryId, uplink: UplinkId): void {
    const report = this.#reports.get(id);
    if (report !== undefined) report.told = report.told.filter((each) => each.uplink !== uplink);
  }

  /** Lets go of all others. */
  keepOnly(standing: ReadonlySet<string>): void {
    for (const id of this.#reports.keys()) if (!standing.has(id)) this.#reports.delete(id);
  }

  #howOf({ told }: Report, uplink: UplinkId): Told[number]['how'] | null {
    return told.find((each) => each.uplink === uplink)?.how ?? null;
  }

  #set(report: Report, row: Told[number]): void {
    const others = report.told.filter(({ uplink }) => uplink !== row.uplink);
    report.told = [...others, row].sort((one, other) => (one.uplink < other.uplink ? -1 : 1));
  }
}
