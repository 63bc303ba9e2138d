/** What happened in one alarm, in order: pure. */
import type { HistoryEntry } from '../../../../api/history.js';
import type { AlarmRow, Incident } from '../../../../api/state.js';

type Words = HistoryEntry['words'];

export interface Happening {
  readonly key: string;
  readonly wall: number;
  readonly what:
    | 'raised'
    | 'acknowledged'
    | 'silenced'
    | 'output'
    | 'voice'
    | 'returned'
    | 'reset'
    | 'arrived'
    | 'verdict'
    | 'note'
    | 'other';
  readonly words: Words;
  /** Who did it; null: nobody, or it is not known. */
  readonly by: string | null;
}

const whats: Readonly<Record<string, Happening['what']>> = {
  'alarm.raised': 'raised',
  'alarm.confirmed': 'raised',
  'alarm.resounded': 'raised',
  'alarm.acknowledged': 'acknowledged',
  'alarm.silenced': 'silenced',
  'alarm.returned': 'returned',
  'alarm.withdrawn': 'returned',
  'alarm.reset': 'reset',
  'output.commanded': 'output',
  'output.proven': 'output',
  'output.found_on': 'output',
  'voice.begun': 'voice',
  'voice.ended': 'voice',
};

/** A note is written into the journal as well, so close in time that it is the same one, ms. */
const sameMs = 2000;

/**
 * The oldest first. `entries`: of the alarm, in any order; null: the journal can not be read, and the live state has to do. Notes that
 * the entries do not have are put in between.
 */
export function timelineOf(
  entries: readonly HistoryEntry[] | null,
  row: AlarmRow | null,
  incident: Incident | null,
): readonly Happening[] {
  const told = (entries ?? []).map(
    ({ id, wall, kind, words, origin }): Happening => ({
      key: id,
      wall,
      what: whats[kind] ?? 'other',
      words,
      by: origin,
    }),
  );
  const known = told.length > 0 ? told : ofRow(row);
  const noted = (incident?.notes ?? [])
    .filter((note) => !(entries ?? []).some((entry) => isSame(note, entry)))
    .map(
      ({ wall, by, what, text }, at): Happening => ({
        key: `note ${at}`,
        wall,
        what: what === 'closed' ? 'other' : what,
        words: { zh: text, en: text },
        by,
      }),
    );
  return [...known, ...noted].sort((one, other) => one.wall - other.wall);
}

function isSame({ wall, text, by }: Incident['notes'][number], entry: HistoryEntry): boolean {
  if (Math.abs(entry.wall - wall) > sameMs) return false;
  return entry.words.zh.includes(text) || (entry.origin === by && Object.values(entry.detail).includes(text));
}

function ofRow(row: AlarmRow | null): readonly Happening[] {
  if (row === null) return [];
  const { alarm, raisedWall, name, acknowledged, words } = row;
  const raised: Happening = { key: alarm, wall: raisedWall, what: 'raised', words: words ?? name, by: null };
  if (acknowledged === null) return [raised];
  return [raised, { key: 'ack', wall: acknowledged.wall, what: 'acknowledged', words: name, by: acknowledged.by }];
}
