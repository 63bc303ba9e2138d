/** How a receiver reads packs of measurements. Whoever starts it hands the reader in (sync/messages/telemetry.ts). */
import type { Sample } from '../telemetry/sample.js';

export interface ReceivedPack {
  readonly epoch: string;
  /** Place among the packs of its epoch, from 1. */
  readonly sequence: number;
  /** The pack that this uplink was told before it; 0: it is the first. */
  readonly previous: number;
  /** To be echoed in receipts. */
  readonly position: number;
  readonly isHistorical: boolean;
  readonly samples: readonly Sample[];
  /** The uplink that carried it, if it says so. */
  readonly uplink?: string | null;
}

/** Null: it is none. Must not throw, whatever the bytes are; a throw counts as null. */
export type TelemetryParser = (bytes: Uint8Array) => ReceivedPack | null;
