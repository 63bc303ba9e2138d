/** What can go wrong between one client and the broker. Each is switched on and off at any time. */
import type { UplinkErrorCode } from '../../sync/uplink.js';
import type { PathTraits } from './delay-path.js';

/**
 * What happens to somebody who wants to connect. `refused`: nobody listens there. `unreachable`: no answer, and the client gives up.
 * `stuck`: no answer, and the client never says so. `storm`: let in and hung up on again, soon. `denies`: a CONNACK with that meaning.
 */
export type BrokerDoor =
  | 'open'
  | 'refused'
  | 'unreachable'
  | 'stuck'
  | 'storm'
  | { readonly denies: Extract<UplinkErrorCode, 'UPLINK-002' | 'UPLINK-017' | 'UPLINK-019' | 'UPLINK-021'> };

/** `denied`: no right to this topic. `failed`: another reason, such as a quota. */
export type PublishRefusal = 'denied' | 'failed';

export interface LinkFaults {
  door: BrokerDoor;
  /** Storm: each connection is hung up on after so long at most, ms. */
  stormMs: number;
  /** Both directions. A slow link is other traits. */
  traits: PathTraits;
  /** 0 … 1: of what the client publishes, so much is taken, and the connection breaks before its PUBACK. */
  ackLossShare: number;
  /** 0 … 1: of what this client publishes or hears, so much is handed on twice. */
  duplicateShare: number;
  /** Null: it may. MQTT 3.1.1 can not refuse; there the connection ends. */
  refusesPublish: (topic: string) => PublishRefusal | null;
  refusesSubscribe: (filter: string) => boolean;
}

/** A line of the town's: 20 to 120 ms each way, 1 Mbit/s. */
export const usualTraits: PathTraits = { minMs: 20, maxMs: 120, bytesPerS: 125_000 };
/** The slowest link that the time budgets promise something for (GB 26875.1: 8 kbit/s). */
export const slowTraits: PathTraits = { minMs: 300, maxMs: 900, bytesPerS: 1_000 };
/** In the same room as the broker. */
export const nearTraits: PathTraits = { minMs: 1, maxMs: 3, bytesPerS: 12_500_000 };

export function noFaults(traits: PathTraits): LinkFaults {
  return {
    ...{ door: 'open', stormMs: 2_000, traits, ackLossShare: 0, duplicateShare: 0 },
    refusesPublish: () => null,
    refusesSubscribe: () => false,
  };
}
