/** What the journal says of short messages. Recipients stand there by their id, never by their number. Pure. */
import type { EntryId, UplinkId } from '../../config/ids.js';
import type { EntryKind, Words } from '../../config/vocabulary.js';
import type { EntryDraft } from '../journal/entry.js';

export type SmsOccasion = 'alarm' | 'end' | 'summary' | 'test';

/** `network`: refused; `not-delivered`: taken and not brought; `too-late`: not sent any more; `limit`: too many in an hour. */
export type SmsFailure = 'network' | 'not-delivered' | 'too-late' | 'limit';

const whyWords: Readonly<Record<SmsFailure, Words>> = {
  network: { zh: '网络不收', en: 'the network refused it' },
  'not-delivered': { zh: '没有送达', en: 'it was not delivered' },
  'too-late': { zh: '已过有效期，不再发送', en: 'it was too late to send it' },
  limit: { zh: '已达每小时上限', en: 'the limit of an hour was reached' },
};

interface About {
  readonly uplink: UplinkId;
  readonly alarm: EntryId | null;
}

export function sentDraft(
  about: About,
  { recipient, what, parts, text }: { recipient: string; what: SmsOccasion; parts: number; text: string },
): EntryDraft {
  const words = { zh: `短信已发给 ${recipient}：${text}`, en: `message sent to ${recipient}: ${text}` };
  return draft('sms.sent', about, words, { recipient, what, parts });
}

export function deliveredDraft(about: About, recipient: string): EntryDraft {
  const words = { zh: `短信已送达 ${recipient}`, en: `message delivered to ${recipient}` };
  return draft('sms.delivered', about, words, { recipient });
}

export function failedDraft(about: About, recipient: string, why: SmsFailure, got: string | null): EntryDraft {
  const told = got === null ? '' : ` (${got})`;
  const words = {
    zh: `短信未能发给 ${recipient}：${whyWords[why].zh}${told}`,
    en: `no message to ${recipient}: ${whyWords[why].en}${told}`,
  };
  return draft('sms.failed', about, words, { recipient, why, got });
}

/** Alarms of the past that nobody is told of any more. */
export function pastDraft(
  uplink: UplinkId,
  { count, first, last }: { count: number; first: EntryId; last: EntryId },
): EntryDraft {
  const words = {
    zh: `${count} 条报警已过短信有效期，没有发送`,
    en: `${count} alarms were past the validity of a message and were not sent`,
  };
  return draft('sms.failed', { uplink, alarm: null }, words, { why: 'too-late', count, first, last });
}

/** What was written is not kept; it acknowledges nothing. */
export function answeredDraft(uplink: UplinkId, recipient: string, isAcknowledging: boolean): EntryDraft {
  const words = isAcknowledging
    ? {
        zh: `${recipient} 回短信：收到（不算确认报警）`,
        en: `${recipient} answered: received (this acknowledges no alarm)`,
      }
    : { zh: `${recipient} 回了短信`, en: `${recipient} answered` };
  return draft('sms.answered', { uplink, alarm: null }, words, { recipient, received: isAcknowledging });
}

function draft(kind: EntryKind, { uplink, alarm }: About, words: Words, detail: EntryDraft['detail']): EntryDraft {
  return {
    ...{ kind, class: null, subject: `uplink:${uplink}`, alarm, zone: null, words },
    ...{ origin: `uplink:${uplink}`, detail: { uplink, ...detail } },
  };
}
