/** The seam to the disk. SqliteStore implements it in a worker; tests put a disk that refuses or hangs behind it. */
import type { BootId, EntryId, EpochId, UplinkId, ZoneId } from '../../config/ids.js';
import type { RetryClass } from '../../config/problem.js';
import type { AlarmClass, Lane, Words } from '../../config/vocabulary.js';
import type { Entry, StoredEntry } from './entry.js';

/** The saved facets of one alarm subject: plain columns, so that they can be read without the program. */
export interface FacetRow {
  readonly subject: string;
  readonly class: AlarmClass;
  readonly zone: ZoneId | null;
  /** What people call it; kept so that an alarm of a point that left the config can still be shown and reset. */
  readonly name: Words;
  readonly condition: 'normal' | 'pending' | 'active' | 'clearing';
  /** The latched (or present) alarm: id of its `alarm.raised` entry. Null when there is none. */
  readonly alarm: EntryId | null;
  readonly raisedWall: number | null;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedWall: number | null;
  /** From the raising to the acknowledgement, ms; null when there is none. */
  readonly acknowledgedAfterMs: number | null;
  readonly sounder: 'quiet' | 'sounding' | 'silenced';
  /** When it was silenced, if the wall clock could be believed then: a silence ends in time over restarts too. Else null. */
  readonly silencedWall: number | null;
  readonly service: 'in-service' | 'shelved' | 'out-of-service' | 'under-test';
  readonly serviceUntilWall: number | null;
  readonly serviceBy: string | null;
  /** Frames that showed the alarm, separated by spaces. */
  readonly frames: string;
  /** Why the alarm is more than the word of one detector, or null. */
  readonly confirmed: string | null;
  /** The alarm whose newest changes were counted and are not told yet (gateway/alarm/chatter.ts); null when all is told. */
  readonly untold: EntryId | null;
}

/** `row: null` = nothing to remember about the subject any more. */
export interface FacetChange {
  readonly subject: string;
  readonly row: FacetRow | null;
}

/** A fact that outlives restarts and belongs to no alarm, by name: when the last drill was. */
export interface MarkRow {
  readonly name: string;
  /** Wall time of the fact, ms since 1970. */
  readonly wall: number;
  /** What whoever made it wants to know again; no longer than a page. */
  readonly detail: string;
}

/** Everything up to and including `position` of this lane is confirmed by this uplink. */
export interface PositionRow {
  readonly uplink: UplinkId;
  readonly lane: Lane;
  readonly position: number;
}

/** Entries and the facets and marks that changed with them: one transaction, one fsync. */
export interface Batch {
  readonly entries: readonly Entry[];
  readonly facets: readonly FacetChange[];
  /** Each replaces the one of its name. */
  readonly marks?: readonly MarkRow[];
}

export interface StoreOpened {
  /** The epoch that the file is in. */
  readonly epoch: EpochId;
  /** True when the file was made by this call: `newEpoch` is now its epoch. */
  readonly fresh: boolean;
  readonly facets: readonly FacetRow[];
  readonly positions: readonly PositionRow[];
  readonly marks: readonly MarkRow[];
  /** Highest position in the file, 0 when empty. */
  readonly lastPosition: number;
  /** Boot id of the newest entry, or null. */
  readonly lastBoot: BootId | null;
}

export interface Store {
  /**
   * Opens or makes the journal. Never changes a file that it can not read (corrupt, foreign, newer): rejects instead.
   * May be called again after a rejection. Rejects with StoreError.
   */
  open(newEpoch: EpochId): Promise<StoreOpened>;
  /** Resolves when all of it is durable, with the stored entries in the order given; rejects when none of it is kept.
   * An entry of an epoch that differs from the file's begins that epoch in the file (its sequence starts at 1). */
  append(batch: Batch): Promise<readonly StoredEntry[]>;
  /** Entries of one lane with position > after, oldest first, at most `limit` (1 to 1000). */
  readAfter(lane: Lane, after: number, limit: number): Promise<readonly StoredEntry[]>;
  savePositions(rows: readonly PositionRow[]): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** Why the disk said no, declared once. */
export const storeErrors = {
  'STORE-001': { zh: '数据文件损坏或不是本程序的', en: 'the journal is damaged or not ours', retry: 'never' },
  'STORE-002': { zh: '数据文件由更新的版本写成', en: 'the journal was written by a newer release', retry: 'never' },
  'STORE-003': { zh: '磁盘已满', en: 'the disk is full', retry: 'later' },
  'STORE-004': { zh: '无法打开数据文件', en: 'the journal can not be opened', retry: 'later' },
  'STORE-005': { zh: '磁盘读写错误', en: 'the disk failed', retry: 'later' },
  'STORE-006': { zh: '数据文件未打开', en: 'the journal is not open', retry: 'later' },
  'STORE-007': { zh: '磁盘在限定时间内没有应答', en: 'the disk did not answer in time', retry: 'later' },
  'STORE-008': { zh: '等待写盘的记录过多', en: 'too many entries wait for the disk', retry: 'later' },
} as const satisfies Record<string, { zh: string; en: string; retry: RetryClass }>;
export type StoreErrorCode = keyof typeof storeErrors;

export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    readonly got: string | null = null,
    cause?: unknown,
  ) {
    super(`journal: ${storeErrors[code].en}${got === null ? '' : ` (${got})`} [${code}]`, { cause });
    this.name = 'StoreError';
  }
}
