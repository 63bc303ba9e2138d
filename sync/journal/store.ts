/** The seam to the disk. SqliteStore implements it in a worker; tests put a disk that refuses or hangs behind it. */
import type { BootId, EntryId, EpochId, UplinkId, ZoneId } from '../../config/ids.js';
import type { RetryClass } from '../../config/problem.js';
import type { AlarmClass, ClockTrust, Lane, Words } from '../../config/vocabulary.js';
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

/** How far one uplink has come in one lane. Positions of lane `telemetry` count in the table of packs, the others in that of entries. */
export interface PositionRow {
  readonly uplink: UplinkId;
  readonly lane: Lane;
  /** Everything up to and including it is carried (or is nothing that this uplink tells). */
  readonly position: number;
  /** Everything up to and including it is kept by the district: what it has receipted, or 0. */
  readonly kept: number;
  /** Of the newest row up to `position` that this uplink told: the next one names it as its predecessor. Null: none. */
  readonly told: Predecessor | null;
  /** Wall time at which the uplink last confirmed anything, ms since 1970; 0 when never. */
  readonly wall: number;
}

/** A row by its place in its epoch. */
export interface Predecessor {
  readonly epoch: EpochId;
  readonly sequence: number;
}

/** Samples of at most a minute, packed and compressed (sync/telemetry/). */
export interface TelemetryPack {
  readonly epoch: EpochId;
  readonly boot: BootId;
  /** Of its first sample. */
  readonly mono: number;
  readonly wall: number;
  readonly clock: ClockTrust;
  readonly samples: number;
  readonly body: Uint8Array;
}

export interface StoredTelemetryPack extends TelemetryPack {
  /** Place in this journal file, strictly rising over epochs; of packs only. */
  readonly position: number;
  /** Place among the packs of its epoch, from 1, without holes. */
  readonly sequence: number;
}

/** An order from outside, remembered so that it takes effect once only. */
export interface CommandRow {
  /** As the sender named it; once only over all its keys. */
  readonly id: string;
  readonly keyId: string;
  /** Wall time at which it expires, ms since 1970: afterwards it would be refused anyway. */
  readonly expiresWall: number;
  /** Of `accepted`, a restart makes `unknown`: nobody can say how far it came. */
  readonly state: 'accepted' | 'done' | 'failed' | 'unknown';
  /** The answer as it was sent (JSON); given again when the same command comes again. */
  readonly answer: string;
}

/** Entries and the facets and marks that changed with them: one transaction, one fsync. */
export interface Batch {
  readonly entries: readonly Entry[];
  readonly facets: readonly FacetChange[];
  /** Each replaces the one of its name. */
  readonly marks?: readonly MarkRow[];
  readonly telemetry?: readonly TelemetryPack[];
  /** Each replaces the one of its id. */
  readonly commands?: readonly CommandRow[];
}

export interface StoreOpened {
  /** The epoch that the file is in. */
  readonly epoch: EpochId;
  /** True when the file was made by this call: `newEpoch` is now its epoch. Told in `begun` when it took the place of another. */
  readonly fresh: boolean;
  readonly facets: readonly FacetRow[];
  readonly positions: readonly PositionRow[];
  readonly marks: readonly MarkRow[];
  readonly commands: readonly CommandRow[];
  /** Why the file could not go on in the epoch it was in before this call; null when it does, or is new. `damaged`: the old file was
   * set aside under `setAside`, and what could be read of it was taken over; `restored`: it is a copy that another box, or an earlier
   * moment, wrote. */
  readonly begun: {
    readonly why: 'damaged' | 'restored';
    readonly previous: EpochId | null;
    readonly setAside: string | null;
    /** Rows taken over from the damaged file; null when it was not damaged. */
    readonly salvaged: { readonly entries: number; readonly packs: number; readonly facets: number } | null;
  } | null;
  /** Highest position ever given out in the file, 0 when none was. */
  readonly lastPosition: number;
  /** The same among the packs. */
  readonly lastPack: number;
  /** Boot id of the newest entry, or null. */
  readonly lastBoot: BootId | null;
}

export interface Store {
  /**
   * Opens or makes the journal. Never touches a file that is not ours or is newer: rejects instead (STORE-001, STORE-002). One of ours
   * that is damaged is set aside and a new one begun; a copy of ours goes on in a new epoch (`begun`). Positions only ever rise,
   * whatever stands there. May be called again after a rejection. Rejects with StoreError.
   */
  open(newEpoch: EpochId): Promise<StoreOpened>;
  /** Resolves when all of it is durable, with the stored entries in the order given; rejects when none of it is kept.
   * An entry of an epoch that differs from the file's begins that epoch in the file (its sequence starts at 1). */
  append(batch: Batch): Promise<readonly StoredEntry[]>;
  /** Entries of one lane with position > after, oldest first, at most `limit` (1 to 1000). */
  readAfter(lane: Lane, after: number, limit: number): Promise<readonly StoredEntry[]>;
  /** Packs with position > after, oldest first, at most `limit` (1 to 1000). */
  readTelemetryAfter(after: number, limit: number): Promise<readonly StoredTelemetryPack[]>;
  /** Rows of one lane with position > after, and the wall time of the first of them (null: there is none). */
  backlogAfter(lane: Lane, after: number): Promise<{ readonly rows: number; readonly oldestWall: number | null }>;
  /** What stands at that position of that lane; null when there is no such row (any more). */
  placeAt(lane: Lane, position: number): Promise<Predecessor | null>;
  /**
   * Makes room by the rules of design.md §3; does a limited amount of work (≤ 50 ms on a quick disk) and says whether there is more.
   * What was dropped before every holder had it is counted. `isFirst`: of a round, not after a call that said there is more.
   */
  tidy(order: TidyOrder, isFirst?: boolean): Promise<Tidied>;
  savePositions(rows: readonly PositionRow[]): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** Who still needs a row. */
export interface RowHolder {
  readonly uplink: UplinkId;
  readonly lanes: readonly Lane[];
  /** What lets go of a row: that it is carried, that it is kept, or that it is kept and 30 days old (an unsigned receipt). */
  readonly frees: 'carried' | 'kept' | 'kept-and-old';
}

export interface TidyOrder {
  /** Uplinks of the site file that are in use. Positions of others hold nothing. */
  readonly holders: readonly RowHolder[];
  /** Wall time now; null while the clock is not trusted: then nothing goes for its age. */
  readonly wall: number | null;
  readonly maxBytes: number;
  readonly keepMs: number;
  readonly telemetryKeepMs: number;
}

export interface Tidied {
  readonly hasMore: boolean;
  /** Of all files of the journal together. */
  readonly bytes: number;
  /** Rows that went before every holder had them, since the last call: entries by class (`none` for those without), packs. */
  readonly droppedUntold: Readonly<Record<AlarmClass | 'none' | 'telemetry', number>>;
  /** Told once, when all that reads of a damaged file (`file`, beside the journal) has been taken over. `lost`: places that do not read. */
  readonly salvaged?: {
    readonly entries: number;
    readonly packs: number;
    readonly lost: number;
    readonly file: string;
  };
}

/** Why the disk said no, declared once. */
export const storeErrors = {
  'STORE-001': { zh: '数据文件损坏或不是本程序的', en: 'the journal is damaged or not ours', retry: 'never' },
  'STORE-002': { zh: '数据文件由更新的版本写成', en: 'the journal was written by a newer release', retry: 'never' },
  'STORE-003': {
    zh: '磁盘已满；清理磁盘，见 gengfu doctor',
    en: 'the disk is full; make room, see gengfu doctor',
    retry: 'later',
  },
  'STORE-004': {
    zh: '无法打开数据文件；检查数据目录（data_dir）是否存在、可写、归运行网关的用户',
    en: 'the journal can not be opened; see that data_dir is there, can be written to and belongs to the user of the gateway',
    retry: 'later',
  },
  'STORE-005': { zh: '磁盘读写错误；检查存储卡', en: 'the disk failed; look at the card', retry: 'later' },
  'STORE-006': { zh: '数据文件未打开', en: 'the journal is not open', retry: 'later' },
  'STORE-007': { zh: '磁盘在限定时间内没有应答', en: 'the disk did not answer in time', retry: 'later' },
  'STORE-009': {
    zh: '数据文件损坏，已另存并换用新文件',
    en: 'the journal is damaged; it is set aside and a new one begun',
    retry: 'later',
  },
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
