/** What comes back over the air: delivery reports, and what people write. Nobody acknowledges an alarm by it: a sender can be forged. */
import type { SmsRecipient, SmsUplinkConfig } from '../../config/site-telling.js';
import type { Clock } from '../../drivers/clock.js';
import type { ModemEvents } from '../../drivers/modem/modem-contract.js';
import type { EntryDraft } from '../journal/entry.js';
import { isSameNumber } from './phone-number.js';
import type { SmsBook } from './sms-book.js';
import { answeredDraft, deliveredDraft, failedDraft } from './sms-entries.js';

/** Of one recipient an answer is journaled once in so long. */
const answerEveryMs = 60_000;
const acknowledging = /收到|知道|\back\b|\bok\b/i;

export interface SmsInboundOptions {
  readonly config: SmsUplinkConfig;
  readonly book: SmsBook;
  readonly clock: Clock;
  readonly record: (drafts: readonly EntryDraft[]) => void;
}

export class SmsInbound {
  /** Messages from numbers that nobody has listed: counted, and nothing of them is kept. */
  unlisted = 0;
  readonly #answeredMono = new Map<string, number>();

  constructor(private readonly options: SmsInboundOptions) {}

  report({ reference, to, outcome }: Parameters<ModemEvents['onReport']>[0]): void {
    const { book, config, record } = this.options;
    if (outcome === 'trying') return;
    const listed = this.#listed(to)?.id;
    const found = book.reported(reference, (id) => id === listed);
    if (found === null) return;
    const { recipient, alarm } = found.message;
    const about = { uplink: config.id, alarm };
    if (outcome === 'failed') {
      book.dismiss(found.message);
      record([failedDraft(about, recipient, 'not-delivered', null)]);
    } else if (found.isLast) record([deliveredDraft(about, recipient)]);
  }

  message({ from, text }: Parameters<ModemEvents['onMessage']>[0]): void {
    const { config, clock, record } = this.options;
    const recipient = this.#listed(from);
    if (recipient === undefined) {
      this.unlisted += 1;
      return;
    }
    const nowMono = clock.mono();
    if (nowMono - (this.#answeredMono.get(recipient.id) ?? Number.NEGATIVE_INFINITY) < answerEveryMs) return;
    this.#answeredMono.set(recipient.id, nowMono);
    record([answeredDraft(config.id, recipient.id, acknowledging.test(text))]);
  }

  #listed(number: string): SmsRecipient | undefined {
    return this.options.config.recipients.find((each) => isSameNumber(each.number, number));
  }
}
