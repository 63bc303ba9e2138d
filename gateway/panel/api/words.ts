/** What the panel's thread, its page and every program outside read and write: shapes that all of them share. */
import { z } from 'zod';
import { alarmClasses } from '../../../config/vocabulary.js';

export const words = z.strictObject({ zh: z.string(), en: z.string() }).meta({ id: 'Words' });
export const alarmClass = z.enum(alarmClasses).meta({ id: 'AlarmClass' });
/** Wall time, ms since 1970. */
export const wall = z.number();
export const id = z.string().min(1).max(200);
/** Ⅰ view, silence, acknowledge · Ⅱ duty · Ⅲ installer; 0: nobody has signed in away from the box's own screen. */
export const level = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).meta({ id: 'Level' });
export type PanelLevel = z.infer<typeof level>;
