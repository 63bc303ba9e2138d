/** What the panel needs of the duty book: who is on duty, what people have said about alarms, and what they say now. */
import type { Words } from '../../../config/vocabulary.js';
import type { DutyOrder, PanelAnswer } from '../api/orders.js';
import type { PanelState } from '../api/state.js';

export interface DutyDesk {
  /** `origin`: `panel:<user>`. The level is checked before. */
  take(order: DutyOrder, origin: string): PanelAnswer;
  readonly shift: PanelState['shift'];
  readonly incidents: PanelState['incidents'];
}

const notKept: Words = { zh: '本网关没有值班簿', en: 'this gateway keeps no duty book' };

/** Where there is no duty book. */
export function noDutyDesk(wall: () => number): DutyDesk {
  return {
    take: () => ({
      ...{ accepted: false, reason: 'not-here', words: notKept },
      ...{ concerned: [], still: [], warnings: [], atWall: wall() },
    }),
    shift: { person: null, sinceWall: null, note: null },
    incidents: {},
  };
}
