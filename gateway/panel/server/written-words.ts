/**
 * What people have written about people: notes, who arrived, who is on duty, calls as they were typed, users of the panel. From level Ⅱ on, and
 * at the box's own screen, where it is written without signing in (decision 0060), it is told; to all others it is not: read-only tokens and
 * level Ⅰ beyond the box see that something was noted, when, and by which account.
 */
import type { EntryKind, Words } from '../../../config/vocabulary.js';
import type { HistoryEntry } from '../api/history.js';
import type { Incident, PanelState, Patch } from '../api/state.js';
import type { Who } from './people-gate.js';

/** Somebody, whose name is not told. */
export const somebody = '***';
const callWords: Words = { zh: '电话报警', en: 'a call by phone' };
const userWords: Words = { zh: '面板用户', en: 'users of the panel' };

/** In the details of these, and in the words of some of them, stands what people have written. Null: their words say nothing of it. */
const written: Readonly<Partial<Record<EntryKind, Words | null>>> = {
  ...{
    'drill.noted': null,
    'shift.taken': null,
    'incident.noted': null,
    'incident.arrived': null,
    'commissioning.noted': null,
  },
  'call.reported': callWords,
  'call.closed': { zh: '电话报警已结束', en: 'the call is closed' },
  ...{
    'user.signed_in': userWords,
    'user.signed_out': userWords,
    'user.refused': userWords,
    'user.throttled': userWords,
  },
  ...{
    'user.set': userWords,
    'user.removed': userWords,
    'user.token_made': userWords,
    'user.token_removed': userWords,
  },
  ...{ 'user.map_changed': userWords, 'user.file_damaged': userWords },
};

export function seesWritten({ level, isOwnScreen, isToken }: Pick<Who, 'level' | 'isOwnScreen' | 'isToken'>): boolean {
  return !isToken && (level >= 2 || (isOwnScreen && level >= 1));
}

/** The same object where there is nothing to be left out. */
export function entryWithoutWritten(entry: HistoryEntry): HistoryEntry {
  // The id of a call stands in the detail of all that is said about it, and the name of one is what somebody said.
  const { call } = entry.detail;
  const kept = call === undefined ? {} : { call };
  const words = written[entry.kind];
  if (words !== undefined) return { ...entry, words: words ?? entry.words, detail: kept };
  if (entry.kind !== 'incident.verdict' || call === undefined) return entry;
  return { ...entry, words: callWords };
}

export function stateWithoutWritten(state: PanelState): PanelState {
  const incidents = Object.entries(state.incidents).map(([key, row]) => [key, incidentWithoutWritten(row)] as const);
  return { ...state, shift: shiftWithoutWritten(state.shift), incidents: Object.fromEntries(incidents) };
}

/** The same list where there is nothing to be left out. */
export function patchesWithoutWritten(patches: readonly Patch[]): readonly Patch[] {
  return patches.some(({ topic }) => topic === 'shift' || topic === 'incidents')
    ? patches.map(patchWithoutWritten)
    : patches;
}

function patchWithoutWritten(patch: Patch): Patch {
  if (patch.topic === 'shift') return { ...patch, value: shiftWithoutWritten(patch.value) };
  if (patch.topic !== 'incidents' || patch.value === null) return patch;
  return { ...patch, value: incidentWithoutWritten(patch.value) };
}

function shiftWithoutWritten({ person, sinceWall }: PanelState['shift']): PanelState['shift'] {
  return { person: person === null ? null : somebody, sinceWall, note: null };
}

function incidentWithoutWritten(row: Incident): Incident {
  const notes = row.notes.map((note) => (note.what === 'verdict' ? note : { ...note, text: '' }));
  return row.kind === 'call' ? { ...row, name: callWords, place: null, notes } : { ...row, notes };
}
