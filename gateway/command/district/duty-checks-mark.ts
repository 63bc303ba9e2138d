/** What outlives a restart of the duty checks: one mark in the journal. */
import { z } from 'zod';
import type { MarkRow } from '../../../sync/journal/store.js';

export const dutyChecksMarkName = 'duty.checks';

const openCheck = z.object({
  check: z.string(),
  by: z.string(),
  uplink: z.string().nullable(),
  command: z.string().nullable(),
  sinceWall: z.number(),
  withinMs: z.number().min(0),
  /** The clock could be believed then. */
  isWallSure: z.boolean(),
});
const shape = z.object({
  open: z.array(openCheck),
  over: z.array(
    z.object({ wall: z.number(), is: z.enum(['answered', 'missed', 'unknown']), afterS: z.number().nullable() }),
  ),
  shiftWall: z.number().nullable(),
});

export type SavedCheck = z.infer<typeof openCheck>;
export type SavedChecks = z.infer<typeof shape>;

export function dutyChecksMark(saved: SavedChecks, wall: number): MarkRow {
  return { name: dutyChecksMarkName, wall, detail: JSON.stringify(saved) };
}

/** Null when there is none, or none that can be read. */
export function savedChecks(mark: MarkRow | null): SavedChecks | null {
  if (mark === null) return null;
  try {
    return shape.parse(JSON.parse(mark.detail));
  } catch {
    return null;
  }
}
