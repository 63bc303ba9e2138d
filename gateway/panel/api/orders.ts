/** Everything that somebody at the panel orders, and what is answered. The level is checked by the desk, never by the page. */
import { z } from 'zod';
import { type ExerciseAsk, exerciseAsks } from '../../command/exercise-order.js';
import { type CommissioningAsk, commissioningAsks } from './commissioning.js';
import { id, wall, words } from './words.js';

const text = z.string().trim().min(1).max(500);
export const verdicts = ['real-fire', 'cooking', 'dust-or-steam', 'insects', 'work', 'test', 'unknown'] as const;

const dutyOrders = [
  z.strictObject({ ask: z.literal('duty-answer') }),
  /** What it was: one touch when a fire is closed. `incident`: id of the alarm. */
  z.strictObject({ ask: z.literal('verdict'), incident: id, verdict: z.enum(verdicts) }),
  z.strictObject({ ask: z.literal('note'), incident: id, text }),
  /** Somebody has arrived there. */
  z.strictObject({ ask: z.literal('arrived'), incident: id, who: text }),
  /** Somebody phoned: smoke at house 12. */
  z.strictObject({ ask: z.literal('call'), place: text, zone: id.nullable(), what: text }),
  z.strictObject({ ask: z.literal('close-call'), incident: id }),
  /** Takes over the shift; what stands open is written into the entry, and the name is the signature. `sinceWall`: of the shift that was on the
   * screen (`shift.sinceWall`); when somebody else has taken over meanwhile it is refused. */
  z.strictObject({
    ...{ ask: z.literal('shift'), person: text, note: z.string().max(500).nullable() },
    sinceWall: wall.nullable(),
  }),
] as const;

const alarmOrders = [
  z.strictObject({
    ask: z.enum(['acknowledge', 'silence', 'reset']),
    /** The newest alarm that the person saw: `head.boot` and `head.order` of what is on the screen. */
    boot: z.string().max(64),
    order: z.int().min(0),
  }),
  z.strictObject({
    ask: z.enum(['shelved', 'out-of-service', 'in-service']),
    subjects: z.array(id).min(1).max(64),
    forMs: z.number().min(0).max(1e10),
  }),
] as const;

export const panelOrder = z
  .discriminatedUnion('ask', [...alarmOrders, ...dutyOrders, ...exerciseAsks, ...commissioningAsks])
  .meta({ id: 'Order' });

export type AlarmOrder = z.infer<(typeof alarmOrders)[number]>;
export type DutyOrder = z.infer<(typeof dutyOrders)[number]>;
export type PanelOrder = AlarmOrder | DutyOrder | ExerciseAsk | CommissioningAsk;

export const concerned = z.strictObject({ subject: id, class: z.string(), ...words.shape });
export const orderAnswer = z
  .strictObject({
    accepted: z.boolean(),
    /** Of a refusal: a key for programs. */
    reason: z.string().nullable(),
    /** What was done, or why not, for people. */
    words: words,
    /** What it took effect on, and what a reset had to leave. */
    concerned: z.array(concerned),
    still: z.array(concerned),
    warnings: z.array(words),
    atWall: wall,
  })
  .meta({ id: 'OrderAnswer' });
export type PanelAnswer = z.infer<typeof orderAnswer>;
