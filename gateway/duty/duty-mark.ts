/** What outlives a restart of the duty book: one mark in the journal. */
import { z } from 'zod';
import { alarmClasses } from '../../config/vocabulary.js';
import type { Mark } from '../exercise/outlets.js';
import { incident, type PanelState, shiftState } from '../panel/api/state.js';
import type { KeptIncident } from './incident-list.js';

export const dutyMarkName = 'duty';

const shape = z.object({ shift: shiftState, incidents: z.array(z.unknown()) });
const incidentShape = z.object({
  shown: incident,
  class: z.enum(alarmClasses),
  subject: z.string(),
  closedWall: z.number().nullable(),
  isWallSure: z.boolean().default(false),
});

export interface SavedDuty {
  readonly shift: PanelState['shift'];
  readonly incidents: readonly (Omit<KeptIncident, 'closed'> & {
    readonly closedWall: number | null;
    /** Of `closedWall`. */
    readonly isWallSure: boolean;
  })[];
}

export function dutyMark(shift: PanelState['shift'], kept: readonly KeptIncident[], wall: number): Mark {
  const incidents = kept.map(({ closed, ...each }) => ({
    ...each,
    ...{ closedWall: closed?.wall ?? null, isWallSure: closed?.isWallSure ?? false },
  }));
  return { name: dutyMarkName, wall, detail: JSON.stringify({ shift, incidents }) };
}

/** Null when there is none, or none that can be read. An incident that another release wrote in another form is left out. */
export function savedDuty(mark: Mark | null): SavedDuty | null {
  const parsed = shape.safeParse(read(mark));
  if (!parsed.success) return null;
  const { shift, incidents } = parsed.data;
  return {
    shift,
    incidents: incidents.flatMap((each) => {
      const one = incidentShape.safeParse(each);
      return one.success ? [one.data] : [];
    }),
  };
}

function read(mark: Mark | null): unknown {
  if (mark === null) return null;
  try {
    return JSON.parse(mark.detail);
  } catch {
    return null;
  }
}
