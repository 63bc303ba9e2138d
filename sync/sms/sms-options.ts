/** What an uplink of short messages is handed. */
import type { SmsUplinkConfig } from '../../config/site-telling.js';
import type { Clock } from '../../drivers/clock.js';
import type { SmsModem } from '../../drivers/modem/modem-contract.js';
import type { Entry, EntryDraft, StoredEntry } from '../journal/entry.js';
import type { AgeNow } from '../pump/age.js';
import type { SmsSite } from './sms-words.js';

/** One text that survives the process. */
export interface SmsMemory {
  /** Null: nothing was written yet. */
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
}

export interface SmsUplinkOptions {
  readonly config: SmsUplinkConfig;
  readonly site: SmsSite;
  readonly modem: SmsModem;
  readonly clock: Clock;
  /** 0 ≤ r < 1. */
  readonly random: () => number;
  readonly memory: SmsMemory;
  /** By which the age of a report is known: boot and clocks. */
  readonly now: () => AgeNow;
  readonly record: (drafts: readonly EntryDraft[]) => void;
  /** Another centre has confirmed it: with a receipt where it sends receipts. */
  readonly isConfirmedElsewhere: (entry: Entry | StoredEntry) => boolean;
}
