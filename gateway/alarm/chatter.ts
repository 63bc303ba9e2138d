/**
 * What flickers is written a few times and then counted: a detector that comes and goes every two seconds would fill the
 * journal, the district's list and the card. ISA-18.2 calls three raisings within a minute chattering [M]. Pure.
 *
 *   calm ──too many entries within a minute, or of the whole site──▶ counting ──a quiet minute──▶ calm
 *
 * Only entries are limited, never the alarm. Whoever reads entries alone still ends with the truth: what was counted is told
 * after a minute at the latest, by one `alarm.counted` that says how the subject stands, and before anything else that is
 * written about it. The first raising after a quiet minute is always written, and one that ends somebody's acknowledgement or
 * silence: so every alarm that stands goes by the id of an entry. A raising that is counted goes on under the id of the one
 * before.
 */
import type { EntryId } from '../../config/ids.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { Subject } from './subject.js';

/** Raisings and returns of one subject that are written one by one within a minute: three of each. */
export const entriesMax = 6;
/** The same of all subjects of other classes than fire together. Above, each is written once and then counted. */
export const floodMax = 120;
/** Over which both are counted; what was counted waits no longer; a subject is calm again after it without a change. */
export const minuteMs = 60_000;

/** What is to be told within the same so many ms is told by one tick, none of it later than after a minute. */
const tellEveryMs = 1_000;

export type Change = 'raised' | 'returned';

/** Of one subject. */
export interface Chatter {
  readonly of: Subject;
  /** The alarm of the newest entry. */
  readonly alarm: EntryId;
  /** When its newest raisings and returns were written, oldest first, at most `entriesMax`. */
  readonly writtenMono: readonly number[];
  /** Of the newest change, written or counted. */
  readonly changedMono: number;
  readonly isCounting: boolean;
  readonly counted: Counted | null;
  /** Somebody acknowledged or silenced it: the next raising undoes that, and is written. */
  readonly isDealtWith: boolean;
}

/** What was not written and is not told yet. */
export interface Counted extends Readonly<Record<Change, number>> {
  readonly sinceMono: number;
  readonly sinceWall: number;
  /** Of the newest raising, as its entry would have said. */
  readonly last: EntryDraft['detail'] | null;
}

export interface ChatterState {
  readonly subjects: ReadonlyMap<string, Chatter>;
  /** Entries of other classes than fire in the minute that began then. */
  readonly flood: { readonly sinceMono: number; readonly written: number };
}

export const noChatter: ChatterState = {
  subjects: new Map(),
  flood: { sinceMono: Number.NEGATIVE_INFINITY, written: 0 },
};

/** Is this change written? `isFlood`: the site has written too much. */
export function isWritten(
  chatter: Chatter | undefined,
  change: Change,
  { isFlood, mono }: { readonly isFlood: boolean; readonly mono: number },
): boolean {
  if (chatter === undefined || isCalm(chatter, mono)) return true;
  if (change === 'raised' && chatter.isDealtWith) return true;
  return !chatter.isCounting && !isFlood && recent(chatter, mono).length < entriesMax;
}

/** A change was written, under this alarm. */
export function wrote(before: Chatter | undefined, of: Subject, alarm: EntryId, change: Change, mono: number): Chatter {
  const isCounting = before !== undefined && !isCalm(before, mono) && before.isCounting;
  return {
    ...{ of, alarm, isCounting },
    writtenMono: [...(before === undefined ? [] : recent(before, mono)), mono].slice(-entriesMax),
    changedMono: mono,
    counted: before?.counted ?? null,
    isDealtWith: change === 'returned' && before?.isDealtWith === true,
  };
}

/** A change was not written. */
export function count(
  before: Chatter,
  change: Change,
  last: EntryDraft['detail'] | null,
  { mono, wall }: { readonly mono: number; readonly wall: number },
): Chatter {
  const counted = before.counted ?? { raised: 0, returned: 0, sinceMono: mono, sinceWall: wall, last: null };
  return {
    ...before,
    ...{ isCounting: true, changedMono: mono },
    counted: { ...counted, [change]: counted[change] + 1, last: last ?? counted.last },
  };
}

/** When what was counted is told, monotonic ms; null: there is nothing to tell. */
export function nextTellMono({ counted }: Chatter): number | null {
  return counted === null ? null : Math.floor((counted.sinceMono + minuteMs) / tellEveryMs) * tellEveryMs;
}

/** Of a site that writes too much everything but fire is limited. */
export function isFlood({ flood }: ChatterState, mono: number): boolean {
  return mono < flood.sinceMono + minuteMs && flood.written >= floodMax;
}

export function floodWith({ flood }: ChatterState, mono: number): ChatterState['flood'] {
  if (mono >= flood.sinceMono + minuteMs) return { sinceMono: mono, written: 1 };
  return { ...flood, written: flood.written + 1 };
}

function isCalm({ changedMono }: Chatter, mono: number): boolean {
  return mono >= changedMono + minuteMs;
}

function recent({ writtenMono }: Chatter, mono: number): readonly number[] {
  return writtenMono.filter((each) => mono < each + minuteMs);
}
