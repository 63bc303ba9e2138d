/**
 * Which way each alarm went: where its report is with each centre, and why a centre is not told. Queued when its entry is stamped, carried
 * when the centre's side has confirmed it, kept when a receipt reaches its row. Alarms that are over, and calls that came by phone, stay
 * for whoever asks afterwards; those of class fire and warning outlive a restart in one mark. So do the others while they stand, if some centre
 * was never told: by its position alone it would count as told (`hasConfirmed` of uplink-watch.ts), and whoever sends messages would be silent.
 */
import type { EntryId, UplinkId } from '../config/ids.js';
import type { UplinkConfig } from '../config/site.js';
import type { Lane } from '../config/vocabulary.js';
import type { Cancel, Clock } from '../drivers/clock.js';
import type { Entry, EntryDraft, StoredEntry } from '../sync/journal/entry.js';
import type { MarkRow } from '../sync/journal/store.js';
import { isTold } from '../sync/tell-filter.js';
import type { WhyNotTold } from '../sync/uplink.js';
import { type SavedWay, savedWays, type WayRow, waysMark } from './way-mark.js';

export type { WayRow } from './way-mark.js';
export type Way = readonly WayRow[];

/** Alarms that are followed; above it the oldest are forgotten, those that are over first. */
const followedMax = 5000;
/** Fires, warnings and calls that are over, or not of this start; above it the oldest are forgotten. */
const overMax = 80;
/** Alarms of other classes that some centre was never told of: so many are saved, the newest. */
const untoldMax = 40;
/** Saved within this time, all that has changed meanwhile at once. */
const saveWithinMs = 10_000;

interface Followed extends SavedWay {
  /** Monotonic ms of the raising; null: of an earlier start. */
  readonly mono: number | null;
}

export interface WayBookOptions {
  readonly clock: Clock;
  readonly uplinks: readonly Pick<UplinkConfig, 'id' | 'kind' | 'tell' | 'receipts'>[];
  readonly record: (drafts: readonly EntryDraft[], marks: readonly MarkRow[]) => void;
}

const nothing: Way = [];

export class WayBook {
  readonly #followed = new Map<string, Followed>();
  /** Calls by the entry that reported them. */
  readonly #calls = new Map<string, string>();
  #isRestored = false;
  #cancelSave: Cancel | null = null;

  constructor(private readonly options: WayBookOptions) {}

  /** By the id of an alarm, or of a call. A new array whenever it has changed. */
  of(id: string): Way {
    return this.#followed.get(id)?.told ?? nothing;
  }

  /** Of alarms that are over, and of all calls. */
  get kept(): ReadonlyMap<string, Way> {
    const kept = [...this.#followed.values()].filter((each) => each.isOver || each.isCall);
    return new Map(kept.map(({ id, told }) => [id, told]));
  }

  /** It knows the way of this entry: an alarm's first, or a call. */
  follows(entry: EntryId): boolean {
    return this.#ofEntry(entry) !== undefined;
  }

  /** Another centre than this one has confirmed that alarm: with a receipt where it sends receipts. Short messages are no centre. */
  isConfirmed(entry: EntryId, except: UplinkId): boolean {
    return this.of(this.#calls.get(entry) ?? entry).some(({ uplink, how }) => {
      const config = this.options.uplinks.find(({ id }) => id === uplink);
      if (config === undefined || uplink === except || config.kind === 'sms') return false;
      return how === 'kept' || (how === 'carried' && config.receipts === 'none');
    });
  }

  /** An entry as it is stamped: if it is the first raising of an alarm, or a call, these centres are to be told. */
  see(entry: Entry): void {
    const call = entry.kind === 'call.reported' ? entry.detail['call'] : null;
    if (typeof call === 'string') this.#follow(call, entry, true);
    else if (entry.kind === 'alarm.raised' && entry.alarm === entry.id) this.#follow(entry.id, entry, false);
    else if (entry.alarm !== null && (entry.kind === 'alarm.reset' || entry.kind === 'alarm.returned'))
      this.#over(entry.alarm, entry);
  }

  /** Rows that have become durable. */
  durable(entries: readonly StoredEntry[]): void {
    for (const { id, position } of entries) {
      const followed = this.#ofEntry(id);
      if (followed !== undefined) followed.position = position;
    }
  }

  /** `why`: it needed no telling there, and is settled. */
  carried(id: EntryId, uplink: UplinkId, why: WhyNotTold | null): void {
    const followed = this.#ofEntry(id);
    const before = followed?.told.find((each) => each.uplink === uplink);
    // What is told again was carried, or kept, before.
    if (followed === undefined || before === undefined || before.carriedWall !== null || before.how === 'kept') return;
    const { clock } = this.options;
    const wall = clock.wall();
    if (why !== null) this.#set(followed, { ...before, how: why, wall });
    else {
      const afterMs = followed.mono === null ? null : Math.max(0, Math.round(clock.mono() - followed.mono));
      this.#set(followed, { uplink, how: 'carried', wall, carriedWall: wall, afterMs });
    }
  }

  /** Everything up to that row of the lane. */
  receipted(uplink: UplinkId, lane: Lane, position: number): void {
    const wall = this.options.clock.wall();
    for (const followed of this.#followed.values()) {
      if (followed.lane !== lane || followed.position === null || followed.position > position) continue;
      const before = followed.told.find((each) => each.uplink === uplink);
      if (before?.how === 'carried' || before?.how === 'queued') this.#set(followed, { ...before, how: 'kept', wall });
    }
  }

  /** This centre will not be told: it has refused it for good, or it was too large. */
  passedOver(id: EntryId, uplink: UplinkId): void {
    const followed = this.#ofEntry(id);
    const before = followed?.told.find((each) => each.uplink === uplink);
    if (followed === undefined || before === undefined || before.how === 'kept') return;
    this.#set(followed, { ...before, how: 'refused', wall: this.options.clock.wall() });
  }

  /** What an earlier start had saved; null: nothing. Once only. */
  restore(mark: MarkRow | null): void {
    if (this.#isRestored) return;
    this.#isRestored = true;
    const ours = [...this.#followed];
    this.#followed.clear();
    for (const saved of savedWays(mark)) {
      this.#followed.set(saved.id, { ...saved, mono: null });
    }
    for (const [id, followed] of ours) this.#followed.set(id, followed);
    this.#forgetOldest();
  }

  /** Saves what is not saved yet. */
  stop(): void {
    if (this.#cancelSave === null) return;
    this.#cancelSave();
    this.#save();
  }

  #follow(id: string, entry: Entry, isCall: boolean): void {
    const { uplinks } = this.options;
    const told = uplinks
      .map(({ id: uplink, tell }): WayRow => {
        const how = isTold(tell, entry) ? 'queued' : 'filtered';
        return { uplink, how, wall: null, carriedWall: null, afterMs: null };
      })
      .sort(byUplink);
    const isKept = isCall || entry.class === 'fire' || entry.class === 'warning';
    const { lane, mono } = entry;
    this.#followed.set(id, { id, lane, position: null, isCall, isOver: false, told, mono, isKept });
    if (isCall) this.#calls.set(entry.id, id);
    this.#forgetOldest();
    if (isKept) this.#saveSoon();
  }

  /** A fault is over when it returns; what latches, when somebody resets it. */
  #over(id: EntryId, { kind, class: alarmClass }: Entry): void {
    const followed = this.#followed.get(id);
    if (followed === undefined) return;
    if (followed.isKept) {
      if (kind !== 'alarm.reset') return;
      this.#followed.set(id, { ...followed, isOver: true });
      this.#forgetOldest();
      this.#saveSoon();
    } else if (kind === 'alarm.reset' || alarmClass === 'fault' || alarmClass === 'technical') {
      this.#followed.delete(id);
    }
  }

  #ofEntry(id: EntryId): Followed | undefined {
    return this.#followed.get(this.#calls.get(id) ?? id);
  }

  #set(followed: Followed, row: WayRow): void {
    const others = followed.told.filter(({ uplink }) => uplink !== row.uplink);
    followed.told = [...others, row].sort(byUplink);
    if (followed.isKept || isUntold(followed)) this.#saveSoon();
  }

  #forgetOldest(): void {
    let over = 0;
    for (const each of this.#followed.values()) if (each.isOver || each.isCall || each.mono === null) over += 1;
    for (const [id, each] of this.#followed) {
      const isOver = each.isOver || each.isCall || each.mono === null;
      if (isOver ? over <= overMax && this.#followed.size <= followedMax : this.#followed.size <= followedMax) continue;
      if (isOver) over -= 1;
      this.#followed.delete(id);
    }
    for (const [entry, id] of this.#calls) if (!this.#followed.has(id)) this.#calls.delete(entry);
  }

  #saveSoon(): void {
    this.#cancelSave ??= this.options.clock.after(saveWithinMs, () => this.#save());
  }

  /** Until the disk has told what it had, nothing is put in its place. */
  #save(): void {
    this.#cancelSave = null;
    if (!this.#isRestored) {
      this.#saveSoon();
      return;
    }
    const all = [...this.#followed.values()];
    const untold = all.filter((each) => !each.isKept && isUntold(each)).slice(-untoldMax);
    const saved = [...untold, ...all.filter(({ isKept }) => isKept).slice(-overMax)];
    this.options.record([], [waysMark(saved, this.options.clock.wall())]);
  }
}

/** Its row is behind the position of a centre that was not told of it. */
function isUntold({ told }: SavedWay): boolean {
  return told.some(({ how }) => how === 'refused' || how === 'no-word');
}

function byUplink(one: WayRow, other: WayRow): number {
  return one.uplink < other.uplink ? -1 : 1;
}
