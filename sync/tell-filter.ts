/**
 * What one centre is told of the journal (`tell` of an uplink). Pure.
 *
 * An entry without a zone passes a filter of zones. An operation without a class passes a filter of classes with the fires
 * when it travels in their lane (outputs, words, service), and when it belongs to an alarm; what the gateway tells about
 * itself does not. What a receiver needs to make sense of the rest always passes.
 */
import type { TellConfig } from '../config/site.js';
import type { EntryKind } from '../config/vocabulary.js';
import type { Entry } from './journal/entry.js';

const alwaysTold: ReadonlySet<EntryKind> = new Set([
  ...(['journal.begun', 'journal.dropped', 'journal.lost', 'journal.salvaged', 'clock.corrected'] as const),
  // Whoever has asked is owed the answer.
  ...(['duty.answered', 'duty.missed'] as const),
]);

export type TellRule = Pick<TellConfig, 'classes' | 'zones' | 'kinds'>;

/** No filter at all. */
export const tellAll: TellConfig = { classes: null, zones: null, kinds: null, withPrivate: false };

export function isTold(rule: TellRule, entry: Pick<Entry, 'kind' | 'class' | 'zone' | 'lane' | 'alarm'>): boolean {
  if (alwaysTold.has(entry.kind)) return true;
  const { classes, zones, kinds } = rule;
  return (
    (classes === null || isOfClass(classes, entry)) &&
    (zones === null || entry.zone === null || zones.includes(entry.zone)) &&
    (kinds === null || kinds.includes(entry.kind) || kinds.includes(entry.kind.slice(0, entry.kind.indexOf('.'))))
  );
}

function isOfClass(
  classes: NonNullable<TellRule['classes']>,
  { class: own, lane, alarm }: Pick<Entry, 'class' | 'lane' | 'alarm'>,
): boolean {
  if (own !== null) return classes.includes(own);
  return lane === 'fire' ? classes.includes('fire') : alarm !== null;
}
