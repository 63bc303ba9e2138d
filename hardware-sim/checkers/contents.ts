/** What an entry says, as a text to compare: the same fact has the same wherever it is found. */
import type { Entry } from '../../sync/journal/entry.js';

/** Without its epoch: a journal that took another's place is another epoch, and what waited for it goes there. */
export function contentOf(entry: Entry): string {
  const { kind, class: alarmClass, subject, alarm, zone, words, origin, boot, lane, mono, wall, clock, detail } = entry;
  return JSON.stringify([
    ...[kind, alarmClass, subject, alarm, zone, words.zh, words.en, origin, boot, lane, mono, wall, clock],
    detail,
  ]);
}

/** The number that an id ends with: the order in which entries of one boot were made. */
export function counterOf(id: string): number {
  return Number(id.slice(id.lastIndexOf('-') + 1));
}
