/** The seam to the disk of a receiver: what it must remember to lose nothing and to hand nothing on twice. */
import type { RetryClass } from '../../config/problem.js';
import type { Chain, Link } from './chain.js';
import type { InvalidWhy, ReceivedRow, RowPlace } from './read-message.js';
import type { SiteName } from './topics.js';

/** The rows of one lane of one epoch of one site. */
export interface StoredChain extends SiteName {
  /** Rising in the order in which chains were met: of one lane, an older epoch has the lower one. */
  readonly chain: number;
  readonly epoch: string;
  readonly lane: RowPlace['lane'];
  readonly state: Chain;
}

/** One row to be handed on. `durable`: an event that was told from memory is durable now. `time`: when an event happened is known better. */
export interface StoredRow extends SiteName {
  /** Strictly rising in the order of handing on, for ever. */
  readonly number: number;
  readonly what: 'event' | 'durable' | 'time' | 'telemetry';
  readonly epoch: string;
  readonly id: string;
  readonly place: (Link & { readonly chain: number }) | null;
  /** Ms since 1970; null: as it was told. */
  readonly correctedWall: number | null;
  /** Empty for `durable` and `time`. */
  readonly body: string;
}

export interface InvalidMessage {
  readonly topic: string;
  readonly why: InvalidWhy;
  readonly bytes: Uint8Array;
}

export interface KeepBatch {
  readonly rows: readonly ReceivedRow[];
  readonly invalid: readonly InvalidMessage[];
  readonly wall: number;
  /** A site that was never met begins with the first row seen instead of with the first row of its epoch. */
  readonly joins: boolean;
}

/** A durable row that was here before, told anew; or one that such a row says will never come. */
export interface AgainRow extends Link {
  readonly chain: number;
  /** Of the row that is here; 0: it was handed on and forgotten long ago. */
  readonly number: number;
}

export interface KeptBatch {
  /** So many rows are new, updates included. */
  readonly added: number;
  readonly again: readonly AgainRow[];
  readonly newChains: readonly StoredChain[];
}

export interface ReceiverOpened {
  /** Random, made with the store: whoever keeps numbers of rows keeps it beside them. */
  readonly receiver: string;
  /** Everything up to this number was handed on. */
  readonly handed: number;
  readonly chains: readonly StoredChain[];
  readonly uplinks: readonly (SiteName & { readonly uplink: string })[];
}

export interface ReceiverStore {
  /** Rejects with ReceiverError; so do all others. */
  open(): Promise<ReceiverOpened>;
  /** One transaction, durable when it resolves. What is here already is not written again. */
  keep(batch: KeepBatch): Promise<KeptBatch>;
  /** Rows with a higher number, in order, at most `limit`. */
  readAfter(number: number, limit: number): Promise<readonly StoredRow[]>;
  /** Everything up to `handed` was handed on, and that is how far these chains have come. Durable when it resolves. */
  settle(handed: number, chains: readonly StoredChain[]): Promise<void>;
  /** Forgets rows that were handed on, are older and stand before the head of their chain; at most `limit`. How many went. */
  forget(beforeWall: number, limit: number): Promise<number>;
  close(): Promise<void>;
}

export const receiverErrors = {
  'RECEIVER-001': { zh: '文件不是接收端的数据文件', en: 'the file is no store of a receiver', retry: 'never' },
  'RECEIVER-002': { zh: '数据文件由更新的版本写成', en: 'the store was written by a newer release', retry: 'never' },
  'RECEIVER-003': { zh: '另一个接收端正在使用该文件', en: 'another receiver uses the store', retry: 'later' },
  'RECEIVER-004': { zh: '数据文件读写出错', en: 'the store can not be read or written', retry: 'later' },
  'RECEIVER-005': { zh: '等待写盘的消息过多', en: 'too many messages wait for the disk', retry: 'later' },
  'RECEIVER-006': { zh: '接收端已停止', en: 'the receiver has stopped', retry: 'never' },
} as const satisfies Record<string, { zh: string; en: string; retry: RetryClass }>;
export type ReceiverErrorCode = keyof typeof receiverErrors;

export class ReceiverError extends Error {
  constructor(
    readonly code: ReceiverErrorCode,
    readonly got: string | null = null,
    cause?: unknown,
  ) {
    super(`receiver: ${receiverErrors[code].en}${got === null ? '' : ` (${got})`} [${code}]`, { cause });
    this.name = 'ReceiverError';
  }
}
