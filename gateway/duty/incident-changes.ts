/** What people say about an incident, and what becomes of its alarm, as another value of it. Pure. */
import type { Incident } from '../panel/api/state.js';
import type { KeptIncident } from './incident-list.js';

type Note = Incident['notes'][number];

/** Said later than all before. */
export function withNote(kept: KeptIncident, note: Note): KeptIncident {
  return { ...kept, shown: { ...kept.shown, notes: [...kept.shown.notes, note] } };
}

/** The newest word counts; earlier ones stand in the journal. */
export function withVerdict(kept: KeptIncident, note: Note, verdict: NonNullable<Incident['verdict']>): KeptIncident {
  const notes = [...kept.shown.notes.filter(({ what }) => what !== 'verdict'), note];
  return { ...kept, shown: { ...kept.shown, notes, verdict } };
}

/** Its alarm was out of sight only. */
export function reopened(kept: KeptIncident): KeptIncident {
  const notes = kept.shown.notes.filter(({ what }) => what !== 'closed');
  return { ...kept, shown: { ...kept.shown, notes, isClosed: false }, closed: null };
}
