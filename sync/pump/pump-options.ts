/** What a pump is given, and whom it tells. */
import type { EntryId, UplinkId } from '../../config/ids.js';
import type { TellConfig } from '../../config/site.js';
import type { EntryKind, Lane } from '../../config/vocabulary.js';
import type { Clock } from '../../drivers/clock.js';
import type { ReceiptFault, ReceiptRules } from '../receipt-book.js';
import type { CentreAsked, CentreRequest, Uplink, UplinkError } from '../uplink.js';
import type { Placed } from './carriable.js';
import type { CarriedLaneName, PumpJournal } from './lane-source.js';
import type { PositionKeeper } from './position-keeper.js';

export interface PumpEvents {
  /** The centre's side confirmed it. `tookMs` from sending to confirmation. */
  onCarried(carried: {
    readonly entryId: EntryId;
    readonly uplink: UplinkId;
    readonly durable: boolean;
    readonly tookMs: number;
    readonly lane: Lane;
  }): void;
  /** A pack of samples was confirmed. */
  onPackCarried?(tookMs: number): void;
  /** Nothing can be sent until onUp(). */
  onDown(error: UplinkError): void;
  onUp(): void;
  /** This uplink will never carry it (too large, or memory was full). `place`: of its row, which the next one still names as its
   * predecessor, so that the receiver sees the gap; null: it has none yet, and its row is told by and by. `entryId` null: a pack. */
  onPassedOver?(passed: {
    readonly entryId: EntryId | null;
    readonly kind: EntryKind | null;
    readonly lane: Lane;
    readonly place: Placed | null;
    /** Sequence that it would have named as its predecessor; 0: none, or no row yet. */
    readonly previous: number;
    readonly error: UplinkError;
    readonly total: number;
  }): void;
  /**
   * The link is up, and yet the centre refuses some of the reports, again and again; nothing of them is lost. Told once,
   * then null when one that was refused is carried after all.
   */
  onRefused?(error: UplinkError | null): void;
  /** Up, but orders or receipts can not come; null: it all works (again). */
  onImpaired?(error: UplinkError | null): void;
  /** A command, as it came. Receipts are dealt with here. */
  onRequest?(request: CentreRequest): void;
  onAsked?(asked: CentreAsked): void;
  /** The district has kept more than before. */
  onKept?(lane: CarriedLaneName): void;
  onReceiptIgnored?(why: ReceiptFault): void;
}

export interface PumpOptions {
  readonly uplink: Uplink;
  readonly journal: PumpJournal;
  readonly clock: Clock;
  readonly random: () => number;
  readonly events: PumpEvents;
  /** What this centre is told; default everything, without names. */
  readonly tell?: TellConfig;
  /** False: the telemetry lane holds nothing, whatever the uplink could carry. Default true. */
  readonly withTelemetry?: boolean;
  /** Asked before each pack: whether the data budget still allows it. */
  readonly mayCarryTelemetry?: () => boolean;
  /** History in a second, fire excepted. Default: no limit. */
  readonly pacePerS?: number;
  /** Null (default): "kept" does not count here. */
  readonly receipts?: ReceiptRules | null;
  /** Uplinks of the site file; default only this one. */
  readonly inUse?: ReadonlySet<UplinkId>;
  /** Shared by all pumps of a site, so that their positions are written together. */
  readonly keeper?: PositionKeeper;
}
