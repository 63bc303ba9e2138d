/**
 * The contract of the judges. A checker knows the world as it is and what the gateway was seen to do, and nothing of how the gateway
 * does it. It is told every fact in order, may look around every virtual second, and has the last word after everything healed.
 */
import type { OutputId, PointId, SpeakerId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import type { Observation } from '../../gateway/observation.js';
import type { Runtime } from '../../gateway/runtime.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import type { AduObject } from '../centre26875/adu.js';
import type { HornHeard } from '../sim-horns.js';
import type { Afflictions, Part } from './afflictions.js';

/** How a gateway ended. `power-cut`: the box, with whatever its disk had not made durable; `killed`: the process only. */
export type LifeEnd = 'killed' | 'power-cut' | 'stopped';

/** What people at the box did. */
export interface BoxOrder {
  readonly what: string;
  readonly origin: string;
  /** Newest alarm that the person had seen, where the order names one. */
  readonly upTo: { readonly boot: string; readonly order: number } | null;
  readonly isAccepted: boolean;
}

/** An order of the district, or what looks like one; each time that it is published. */
export interface CentreOrder {
  /** Empty: it has none. */
  readonly id: string;
  readonly order: string;
  readonly issuedWall: number;
  readonly expiresWall: number;
  /** Must never take effect: forged, expired, replayed, for somebody else. Null: a good one. */
  readonly hostile: string | null;
}

/** A report or pack as the centre read it. */
export interface CentreHeard {
  readonly topic: string;
  readonly lane: 'fire' | 'journal' | 'telemetry';
  readonly epoch: string;
  readonly id: string;
  /** Null: told from memory. */
  readonly sequence: number | null;
  readonly previous: number | null;
  readonly isDuplicate: boolean;
  /** Kind of the entry; null for telemetry. */
  readonly entryKind: string | null;
  readonly subject: string | null;
  /** The same content has the same; null: a part was too large for the way. */
  readonly fingerprint: string | null;
  /** Rows that the box says will never come, by their sequence in this epoch or another. */
  readonly passedOver: readonly { readonly epoch: string; readonly sequence: number }[];
}

/** An upload as the city's centre of GB/T 26875.3 read it. */
export interface CityHeard {
  readonly type: number;
  readonly objects: readonly AduObject[];
  /** Same serial and content as one before. */
  readonly isResend: boolean;
  /** It is confirmed; what is denied or left without a word need not be known there. */
  readonly isTaken: boolean;
}

/** `mono` counts in the world, over all lives of the gateway. */
export type Fact = { readonly mono: number } & (
  | { readonly kind: 'phase'; readonly phase: 'safety' | 'liveness' }
  | { readonly kind: 'life.began'; readonly life: number }
  /** Every line was scanned once. */
  | { readonly kind: 'life.watching'; readonly life: number }
  | { readonly kind: 'life.ended'; readonly life: number; readonly how: LifeEnd }
  | { readonly kind: 'seen'; readonly life: number; readonly seen: Observation }
  /** The world moved a point: smoke, water, a key. */
  | { readonly kind: 'point'; readonly point: PointId; readonly to: string | number }
  /** An output really went on or off. */
  | { readonly kind: 'output'; readonly output: OutputId; readonly on: boolean }
  | { readonly kind: 'heard'; readonly heard: HornHeard }
  | {
      readonly kind: 'fault.began' | 'fault.ended';
      readonly fault: string;
      readonly parts: readonly Part[];
      readonly note: string;
    }
  | { readonly kind: 'ordered'; readonly order: BoxOrder }
  | { readonly kind: 'centre.sent'; readonly order: CentreOrder }
  /** `id` null: the order was not believed. `atWall`: when the box says that it gave the answer. */
  | {
      readonly kind: 'centre.result';
      readonly id: string | null;
      readonly state: string;
      readonly reason: string | null;
      readonly atWall: number;
    }
  | { readonly kind: 'centre.heard'; readonly heard: CentreHeard }
  | { readonly kind: 'city.heard'; readonly heard: CityHeard }
);

/** A plain omit would make one object of the union. */
export type FactDraft = Fact extends infer F ? (F extends Fact ? Omit<F, 'mono'> : never) : never;

/** The gateway that runs now, as a person at its screen sees it. */
export interface GatewayView {
  readonly life: number;
  readonly beganMono: number;
  /** When every line had been scanned once; null before. */
  readonly watchingMono: number | null;
  readonly runtime: Pick<Runtime, 'alarms' | 'points' | 'uplinks' | 'journal'>;
}

export interface DiskView {
  /** What is durable now above that position (default 0), all lanes, by position. Costs no time of the drive. */
  readAll(after?: number): Promise<readonly StoredEntry[]>;
  readonly counts: { readonly operations: number; readonly appended: number; readonly durable: number };
}

export interface BrokerView {
  /** Published by the gateway and not confirmed yet. */
  readonly unconfirmed: number;
  readonly unconfirmedBytes: number;
  /** How often the gateway tried to connect so far. */
  readonly tries: number;
}

export interface CityView {
  /** How often the gateway tried to connect so far. */
  readonly tries: number;
}

export interface CentreView {
  /** It was told as durable, and the centre has not lost it since. */
  keepsDurable(id: string): boolean;
}

export interface WorldView {
  readonly config: SiteConfig;
  readonly seed: number;
  readonly phase: 'safety' | 'liveness';
  readonly afflictions: Afflictions;
  mono(): number;
  wall(): number;
  /** What the world last moved a point to; null: as it hung on the wall. */
  pointIs(point: PointId): string | number | null;
  outputIsOn(output: OutputId): boolean;
  /** What people hear from a horn; null: nothing. */
  hornSays(speaker: SpeakerId): string | null;
  /** Null while none runs. */
  readonly gateway: GatewayView | null;
  readonly disk: DiskView;
  readonly broker: BrokerView;
  readonly centre: CentreView;
  /** Null: this site tells none. */
  readonly city: CityView | null;
  /** Timers that wait in the virtual clock. */
  readonly timers: number;
  /** When the pin for the watchdog relay last changed; null: it never did. */
  readonly beatMono: number | null;
}

/** Says what must never be. Each is told once. */
export type Accuse = (what: string) => void;

export interface Checker {
  see?(fact: Fact, world: WorldView): void;
  /** Every virtual second. */
  look?(world: WorldView): void;
  /** After the liveness phase; everything was healed long enough ago. */
  conclude?(world: WorldView): void | Promise<void>;
}

export interface CheckerKind {
  /** As in `test/swarm/README.md`: `fire-sounds`. */
  readonly name: string;
  /** What it holds the gateway to, one sentence. */
  readonly promise: string;
  make(config: SiteConfig, accuse: Accuse): Checker;
}
