/** What happened in one alarm, in order: pure. */
import type { HistoryEntry } from '../../../../api/history.js';
import type { AlarmRow, Incident } from '../../../../api/state.js';

type Words = HistoryEntry['words'];

type EntryKind = HistoryEntry['kind'];

export interface Happening {
  readonly key: string;
  readonly wall: number;
  readonly kind: EntryKind;
  readonly words: Words;
  /** Who did it; null: nobody, or it is not known. */
  readonly by: string | null;
}

const noted = { note: 'noted', arrived: 'arrived', verdict: 'verdict' } as const;

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
      ...{ wall, kind, words },
      by: origin,
    }),
  );
  const known = told.length > 0 ? told : ofRow(row);
  const notes = (incident?.notes ?? [])
    .filter((note) => !(entries ?? []).some((entry) => isSame(note, entry)))
    .map(
      ({ wall, by, what, text }, at): Happening => ({
        key: `note ${at}`,
        wall,
        kind:
          what === 'closed' ? (incident?.kind === 'call' ? 'call.closed' : 'alarm.reset') : `incident.${noted[what]}`,
        words: { zh: text, en: text },
        by,
      }),
    );
  return [...known, ...notes].sort((one, other) => one.wall - other.wall);
}

function isSame({ wall, text, by }: Incident['notes'][number], entry: HistoryEntry): boolean {
  if (Math.abs(entry.wall - wall) > sameMs) return false;
  return entry.words.zh.includes(text) || (entry.origin === by && Object.values(entry.detail).includes(text));
}

function ofRow(row: AlarmRow | null): readonly Happening[] {
  if (row === null) return [];
  const { alarm, raisedWall, name, acknowledged, words } = row;
  const raised: Happening = { key: alarm, wall: raisedWall, kind: 'alarm.raised', words: words ?? name, by: null };
  if (acknowledged === null) return [raised];
  return [
    raised,
    { key: 'ack', wall: acknowledged.wall, kind: 'alarm.acknowledged', words: name, by: acknowledged.by },
  ];
}
