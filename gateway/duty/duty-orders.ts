/** What people write into the duty book, and what stands in it: the seam between the book and whoever shows it. */
import type { Cancel } from '../../drivers/clock.js';
import type { Level } from '../command/command.js';
import type { DutyOrder, PanelAnswer } from '../panel/api/orders.js';
import type { PanelState, Patch } from '../panel/api/state.js';

export interface DutyOrders {
  /** At once; a refusal says why in words. `origin`: `panel` (the box's own screen, nobody signed in) or `panel:<user>`. */
  take(order: DutyOrder, origin: string, level: Level): PanelAnswer;
  readonly shift: PanelState['shift'];
  /** By id: those that are open, and those closed within the last day. */
  readonly incidents: PanelState['incidents'];
  /** Topics `shift` and `incidents` as they change, also by alarms and by time; several of one moment together. */
  onChange(listener: (patches: readonly DutyPatch[]) => void): Cancel;
}

export type DutyPatch = Extract<Patch, { topic: 'shift' | 'incidents' }>;
