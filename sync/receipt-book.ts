/**
 * What the district says it has kept. Nothing in a receipt is believed before it is checked: it must be for this site and
 * uplink, signed where the site file wants it, and name rows by the place that the journal gave them. "Kept" only ever moves
 * forward, and never beyond what is carried: a receipt that comes before its confirmation waits for it.
 */
import type { DistrictId, SiteId, UplinkId } from '../config/ids.js';
import type { CommandKeyConfig } from '../config/site.js';
import type { Clock } from '../drivers/clock.js';
import type { Predecessor } from './journal/store.js';
import { type Receipt, receiptSchema } from './messages/receipt.js';
import { toRfc3339 } from './mqtt/rfc3339.js';
import { type CarriedLaneName, carriedLanes } from './pump/lane-source.js';
import { Pace } from './pump/pace.js';
import { type Envelope, isSignedBy, parseEnvelope } from './signed-envelope.js';

/** Receipts that are looked at in a second; a receiver sends one in some seconds. What is more is ignored. */
const perSMax = 10;
/** Receipts that wait until the journal has answered for those before them; what is more is ignored. */
const waitingMax = 16;

export const receiptFaults = [
  'not-wanted',
  'too-many',
  'malformed',
  'foreign',
  'unsigned',
  'unknown-key',
  'key-expired',
  'no-right',
  'bad-signature',
  'no-such-row',
] as const;
/** Why a receipt, or a lane of it, is ignored. */
export type ReceiptFault = (typeof receiptFaults)[number];

export interface ReceiptRules {
  readonly mode: 'unsigned' | 'signed';
  readonly district: DistrictId;
  readonly site: SiteId;
  readonly keys: readonly CommandKeyConfig[];
}

/** A lane as receipts see it. */
export interface KeptLane {
  readonly position: number;
  readonly kept: number;
  keepUpTo(position: number): void;
}

export interface ReceiptBookOptions {
  /** Null: this uplink wants none. */
  readonly rules: ReceiptRules | null;
  readonly uplink: UplinkId;
  readonly clock: Clock;
  readonly placeAt: (lane: CarriedLaneName, position: number) => Promise<Predecessor | null>;
  readonly laneOf: (lane: CarriedLaneName) => KeptLane | null;
  readonly onKept: (lane: CarriedLaneName) => void;
  readonly onIgnored: (why: ReceiptFault) => void;
}

type Place = NonNullable<Receipt['kept'][CarriedLaneName]>;

export class ReceiptBook {
  readonly #pace: Pace;
  /** Receipted before it was confirmed, by lane. */
  readonly #early = new Map<CarriedLaneName, number>();
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(private readonly options: ReceiptBookOptions) {
    this.#pace = new Pace(perSMax, options.clock.mono());
  }

  /** Bytes from outside. */
  take(bytes: Uint8Array): void {
    const why = this.#accept(bytes);
    if (why !== null) this.options.onIgnored(why);
  }

  /** The lane is carried further: what was receipted early may count now. */
  carried(name: CarriedLaneName): void {
    const early = this.#early.get(name);
    const lane = early === undefined ? null : this.options.laneOf(name);
    if (early === undefined || lane === null || early > lane.position) return;
    this.#early.delete(name);
    this.#keep(name, lane, early);
  }

  #accept(bytes: Uint8Array): ReceiptFault | null {
    const { rules, uplink, clock } = this.options;
    if (rules === null) return 'not-wanted';
    if (this.#waiting >= waitingMax || !this.#pace.has(clock.mono())) return 'too-many';
    this.#pace.take();
    const envelope = parseEnvelope(bytes);
    const receipt = envelope === null ? null : receiptOf(envelope);
    if (envelope === null || receipt === null) return 'malformed';
    if (receipt.district !== rules.district || receipt.site !== rules.site || receipt.uplink !== uplink)
      return 'foreign';
    const why = rules.mode === 'signed' ? signatureFault(envelope, rules.keys, clock.wall()) : null;
    if (why !== null) return why;
    this.#waiting += 1;
    this.#tail = this.#tail
      .then(() => this.#check(receipt))
      .finally(() => {
        this.#waiting -= 1;
      });
    return null;
  }

  async #check({ kept }: Receipt): Promise<void> {
    for (const name of carriedLanes) {
      const place = kept[name];
      if (place !== undefined) await this.#checkLane(name, place);
    }
  }

  /** Never rejects: when the journal can not be asked, the receiver says it again. */
  async #checkLane(name: CarriedLaneName, { epoch, sequence, position }: Place): Promise<void> {
    const lane = this.options.laneOf(name);
    if (lane === null || position <= lane.kept) return;
    let found: Predecessor | null;
    try {
      found = await this.options.placeAt(name, position);
    } catch {
      return;
    }
    // A row that is gone can not be compared any more; one that never was is beyond what is carried.
    const isRight = found === null ? position <= lane.position : found.epoch === epoch && found.sequence === sequence;
    if (!isRight) this.options.onIgnored('no-such-row');
    else if (position <= lane.position) this.#keep(name, lane, position);
    else this.#early.set(name, Math.max(position, this.#early.get(name) ?? 0));
  }

  #keep(name: CarriedLaneName, lane: KeptLane, position: number): void {
    if (position <= lane.kept) return;
    lane.keepUpTo(position);
    this.options.onKept(name);
  }
}

function receiptOf({ payload }: Envelope): Receipt | null {
  try {
    const parsed = receiptSchema.safeParse(JSON.parse(payload));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** A replayed receipt does no harm: "kept" only moves forward. So a clock that lags only lets an old key live longer. */
function signatureFault(envelope: Envelope, keys: readonly CommandKeyConfig[], wall: number): ReceiptFault | null {
  if (envelope.keyId === null || envelope.signature === null) return 'unsigned';
  const key = keys.find(({ id }) => id === envelope.keyId);
  if (key === undefined) return 'unknown-key';
  if (!key.rights.includes('receipt')) return 'no-right';
  if (toRfc3339(wall).slice(0, key.notAfter.length) > key.notAfter) return 'key-expired';
  return isSignedBy(envelope, 'receipt', key.publicKey) ? null : 'bad-signature';
}
