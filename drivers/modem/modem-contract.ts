/** What the modem of short messages is to whoever sends them. */
import type { ModemFigures } from '../../config/modem-states.js';
import type { DriverError } from '../driver-error.js';

/** `trying`: the network has not given up. */
export type DeliveryOutcome = 'delivered' | 'trying' | 'failed';

/** One message on its way; it remembers what of it has gone, so that another try goes on there. */
export interface SmsJob {
  readonly number: string;
  readonly text: string;
  readonly validityMin: number;
  /** 0 to 255: ties its parts together. */
  readonly reference: number;
  /** Of each part that the network took: what its delivery report will name. */
  readonly sent: number[];
}

export interface SmsModem {
  /** As it was when it was last asked. */
  readonly figures: ModemFigures;
  /** Once; it opens its port, and opens it again for ever. */
  start(events: ModemEvents): void;
  /** One at a time. Resolves when the network took every part; rejects with MODEM-… or LINK-…, and the job says how far it came. */
  send(job: SmsJob): Promise<void>;
  /** Somebody waits: if it is resting, the next try comes now, at most once per 10 s. */
  hurry(): void;
  /** Lets go of the port within 2 s; a message under way rejects. */
  stop(): Promise<void>;
}

export interface ModemEvents {
  /** Messages can be sent. */
  onReady(): void;
  /** They can not, and why; told again when the reason changes. */
  onTrouble(error: DriverError): void;
  onReport(report: { readonly reference: number; readonly to: string; readonly outcome: DeliveryOutcome }): void;
  onMessage(message: { readonly from: string; readonly text: string }): void;
  /** The network's time, ms since 1970: a hint, no more. */
  onTime(wall: number): void;
}
