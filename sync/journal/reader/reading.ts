/** What can be asked of the journal's reader, and how it answers. Plain data: it travels between threads. */
import type { AlarmClass, EntryKind, Words } from '../../../config/vocabulary.js';
import type { StoredEntry } from '../entry.js';

/** Rows of one answer. */
export const limitMax = 500;
/** Values of one list of a filter; the lists of `named` may be as long as a site is large. */
export const valuesMax = 64;
export const namedMax = 20_000;

/** All that is said must hold of an entry; an empty list and null say nothing. */
export interface EntryFilter {
  /** Wall time, both included. */
  readonly fromWall: number | null;
  readonly toWall: number | null;
  readonly classes: readonly AlarmClass[];
  readonly kinds: readonly EntryKind[];
  readonly zones: readonly string[];
  /** Ids of devices, points, outputs, lines, uplinks: every subject in which one of them stands. */
  readonly devices: readonly string[];
  readonly alarm: string | null;
  /** What a text was found to name: an entry in one of the zones, or about one of the devices. Null: no text. All lists empty: the
   * text names nothing, and nothing is found. */
  readonly named: { readonly zones: readonly string[]; readonly devices: readonly string[] } | null;
  /** Stands in the words, the subject, the origin or a value of the detail, as it is written but for the case of A to Z. Null: any. */
  readonly text: string | null;
}

export const anyEntry: EntryFilter = {
  ...{ fromWall: null, toWall: null, classes: [], kinds: [], zones: [], devices: [], alarm: null },
  ...{ named: null, text: null },
};

export interface EntriesAsked {
  readonly filter: EntryFilter;
  /** Entries of lower positions only; null: from the newest on. */
  readonly before: number | null;
  readonly limit: number;
  /** It stops looking after so long, and says how far it has come. */
  readonly budgetMs: number;
}

export interface EntriesFound {
  /** Newest first. */
  readonly entries: readonly StoredEntry[];
  /** Ask again with this `before`; null: there is no more. With fewer entries than the limit: the budget was used up. */
  readonly next: number | null;
  /** So many of the newest positions are not yet in the index by which entries are found quickly. */
  readonly unindexed: number;
}

/** With every piece. */
export interface LogState {
  /** The write-ahead log has outgrown its limit: somebody has read in the file whenever it was to be cut back. */
  readonly isLogLong: boolean;
}

export interface TrendAsked {
  readonly point: string;
  readonly fromWall: number;
  /** Not included. */
  readonly toWall: number;
  readonly buckets: number;
  /** Packs of lower positions only; null: from the newest on. */
  readonly before: number | null;
  readonly budgetMs: number;
}

/** A bucket in which there is something: its number, and of its samples the least, the largest, the last and when that was. */
export type TrendBucket = readonly [bucket: number, least: number, largest: number, last: number, lastWall: number];

export interface TrendFound {
  readonly buckets: readonly TrendBucket[];
  readonly next: number | null;
}

/** What the reader's thread does. */
export interface ReaderCalls {
  readonly entries: { readonly args: EntriesAsked; readonly result: EntriesFound & LogState };
  /** By its id. */
  readonly entry: { readonly args: string; readonly result: StoredEntry | null };
  readonly trend: { readonly args: TrendAsked; readonly result: TrendFound & LogState };
}
export type ReaderCall = keyof ReaderCalls;

export type ReaderRequest = {
  readonly [Call in ReaderCall]: { readonly id: number; readonly call: Call; readonly args: ReaderCalls[Call]['args'] };
}[ReaderCall];

export type ReaderAnswer =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly code: ReaderErrorCode; readonly got: string | null };

export interface ReaderSetup {
  readonly path: string;
}

/** Why the journal can not be read now, declared once. */
export const readerErrors = {
  'READER-001': {
    zh: '暂无记录文件；网关启动后会自动建立',
    en: 'there is no journal yet; the gateway makes it when it has started',
  },
  'READER-002': {
    zh: '记录文件正被占用；请稍后再试',
    en: 'the journal is locked by another program; try again soon',
  },
  'READER-003': {
    zh: '记录文件读不出来；请看运行状况页，检查存储卡',
    en: 'the journal does not read; see the health page, look at the card',
  },
  'READER-004': {
    zh: '记录文件不是本程序的，或由更新的版本写成',
    en: 'the journal is not ours, or was written by a newer release',
  },
  'READER-005': {
    zh: '读取记录超时；请缩小时间范围或稍后再试',
    en: 'reading the journal took too long; choose a shorter span or try again later',
  },
  'READER-006': { zh: '同时查询的人太多；请稍后再试', en: 'too many questions at once; try again soon' },
  'READER-007': {
    zh: '记录读取程序已停止；正在重新启动',
    en: "the journal's reader has ended; it is being started again",
  },
} as const satisfies Record<string, Words>;
export type ReaderErrorCode = keyof typeof readerErrors;

export class ReaderError extends Error {
  constructor(
    readonly code: ReaderErrorCode,
    readonly got: string | null = null,
    cause?: unknown,
  ) {
    super(`journal reader: ${readerErrors[code].en}${got === null ? '' : ` (${got})`} [${code}]`, { cause });
    this.name = 'ReaderError';
  }
}
