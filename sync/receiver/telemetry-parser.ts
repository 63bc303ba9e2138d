/** How a receiver reads packs of measurements. Whoever starts it hands the reader in. */
import type { Reading } from '../../config/reading.js';

export interface ReceivedSample {
  readonly pointId: string;
  /** As registered for SenML; null for states, and where none is registered. */
  readonly unit: string | null;
  /** After the first sample of its pack, ms. */
  readonly afterMs: number;
  /** Null with the reason beside it: the point is bad. */
  readonly value: Reading['value'];
  readonly reason: string | null;
}

export interface ReceivedPack {
  /** Where it says it comes from; must be what its topic says. */
  readonly district: string;
  readonly site: string;
  /** The uplink that carried it; null where it did not say. */
  readonly uplink: string | null;
  readonly epoch: string;
  /** Place among the packs of its epoch, from 1. */
  readonly sequence: number;
  /** The pack that this uplink was told before it; 0: it is the first. */
  readonly previous: number;
  /** To be echoed in receipts. */
  readonly position: number;
  readonly isHistorical: boolean;
  readonly samples: readonly ReceivedSample[];
}

/** Null: it is none. Must not throw, whatever the bytes are; a throw counts as null. */
export type TelemetryParser = (bytes: Uint8Array) => ReceivedPack | null;
