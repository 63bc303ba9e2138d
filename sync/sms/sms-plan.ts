/** Which entries become a message, and for whom. Pure. */
import type { EntryId, UplinkId } from '../../config/ids.js';
import type { SmsRecipient } from '../../config/site-telling.js';
import { latchesUntilReset } from '../../config/vocabulary.js';
import type { Entry } from '../journal/entry.js';

export type SmsPlan =
  | { readonly kind: 'alarm'; readonly alarm: EntryId; readonly recipients: readonly SmsRecipient[] }
  /** Told to whoever was told of the alarm. */
  | { readonly kind: 'end'; readonly alarm: EntryId }
  | { readonly kind: 'test'; readonly alarm: EntryId; readonly recipients: readonly SmsRecipient[] };

/** Null: it is no message for anybody. */
export function planOf(entry: Entry, uplink: UplinkId, recipients: readonly SmsRecipient[]): SmsPlan | null {
  const { kind, detail, class: alarmClass } = entry;
  switch (kind) {
    case 'alarm.raised': {
      // A point under test, shelved or out of service: somebody knows, and is there.
      if (alarmClass === null || detail['service'] !== undefined) return null;
      const told = recipients.filter((each) => isFor(each, entry));
      return told.length === 0 ? null : { kind: 'alarm', alarm: entry.alarm ?? entry.id, recipients: told };
    }
    case 'alarm.returned':
      // What latches stands until somebody resets it.
      if (alarmClass === null || latchesUntilReset[alarmClass] || entry.alarm === null) return null;
      return { kind: 'end', alarm: entry.alarm };
    case 'alarm.reset':
      return entry.alarm === null ? null : { kind: 'end', alarm: entry.alarm };
    case 'test.noted': {
      const isOurs = detail['what'] === 'uplink' && detail['id'] === uplink;
      return isOurs ? { kind: 'test', alarm: entry.id, recipients } : null;
    }
    default:
      return null;
  }
}

/** What has no zone concerns everybody. */
function isFor({ classes, zones }: SmsRecipient, { class: alarmClass, zone }: Entry): boolean {
  const isOfClass = alarmClass !== null && classes.includes(alarmClass);
  return isOfClass && (zones === null || zone === null || zones.includes(zone));
}
