/** When a number is in alarm: the same keys in the site file and in a profile, in the unit in which the profile writes the point. */
import { z } from 'zod';
import { about } from './schema-words.js';
/** No quantity of a village is told in numbers beyond these. */
const sizeMax = 1_000_000;
const size = z.number().min(-sizeMax).max(sizeMax);
const delaySeconds = z.number().int().min(0).max(3600);
/** What the keys say together is checked in number-limits.ts. */
export const limitsSchema = z.strictObject({
    low: size.optional().meta(about('下限', 'in alarm at this value and below', "the point's unit")),
    high: size.optional().meta(about('上限', 'in alarm at this value and above', "the point's unit")),
    deadband: z
        .number()
        .min(0)
        .max(sizeMax)
        .default(0)
        .meta(about('回差', 'back to normal only when further than this from the limit', "the point's unit")),
    on_delay_s: delaySeconds
        .optional()
        .meta(about('动作延时', "how long it must last before it is an alarm; the profile's when left out", 's')),
    off_delay_s: delaySeconds
        .optional()
        .meta(about('恢复延时', "how long it must be normal again; the profile's when left out", 's')),
});
