/** What the centre has heard, as judges see it. */
import type { Json } from './read-json.js';

export type HeardLane = 'fire' | 'journal' | 'telemetry';

/** The row that was told before the first one of an epoch. */
export interface After {
  readonly epoch: string;
  readonly sequence: number;
}

/** A row of a lane of an epoch, by its place. */
export interface Link {
  readonly lane: HeardLane;
  readonly epoch: string;
  readonly sequence: number;
  readonly previous: number;
  /** Echoed in receipts; 0: not known. */
  readonly position: number;
}

/** A report or a pack of measurements. */
export interface HeardRow {
  readonly what: 'report' | 'telemetry';
  readonly id: string;
  readonly epoch: string;
  readonly lane: HeardLane;
  /** `alarm.raised`, …; `telemetry`. */
  readonly kind: string;
  readonly class: string | null;
  readonly durable: boolean;
  /** Null while it is not durable. */
  readonly sequence: number | null;
  readonly previous: number | null;
  readonly position: number | null;
  readonly after: After | null;
  readonly uplink: string | null;
  readonly isHistorical: boolean;
  readonly subject: string | null;
  readonly alarm: string | null;
  readonly zone: string | null;
  readonly boot: string;
  /** Of that boot, ms. */
  readonly boxMono: number;
  readonly wall: number;
  readonly clock: string;
  /** Null: it was too large for the way; of a pack, its samples are in `parsed`. */
  readonly detail: Json;
  /** Rows that the box says will never come. */
  readonly passedOver: readonly Link[];
  /** The same fact has this, however and whenever it is told. */
  readonly fingerprint: string;
  /** Of the detail; null when it was left out. */
  readonly detailFingerprint: string | null;
}

export interface HeardStatus {
  readonly what: 'status';
  readonly state: 'online' | 'offline';
  readonly reason: string | null;
}

export interface HeardResult {
  readonly what: 'result';
  /** Null: the command was not believed. */
  readonly command: string | null;
  readonly state: ResultState;
  readonly reason: string | null;
  readonly detail: Json;
}

export const resultStates = ['accepted', 'refused', 'done', 'failed', 'expired', 'unknown'] as const;
export type ResultState = (typeof resultStates)[number];

/** Not as sync/asyncapi.yaml says. */
export interface Unreadable {
  readonly what: 'unreadable';
  readonly why: string;
}

export type Heard = (HeardRow | HeardStatus | HeardResult | Unreadable) & {
  readonly topic: string;
  /** The whole message as JSON; null when it is none. */
  readonly parsed: Json;
  readonly atMono: number;
  /** Kept by the broker from before. */
  readonly isRetained: boolean;
  /** A row whose id was heard before, from memory or durable. */
  readonly isDuplicate: boolean;
  /** A row that was heard from memory only, and is durable now. */
  readonly makesDurable: boolean;
};
