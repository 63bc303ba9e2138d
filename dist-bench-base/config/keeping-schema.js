/** What the site file says of what is kept on the box: the journal, and samples of measurements. */
import { z } from 'zod';
import { about } from './schema-words.js';
export const journalSchema = z.strictObject({
    size_max_mb: z
        .number()
        .int()
        .min(8)
        .max(100_000)
        .default(1024)
        .meta(about('容量上限', 'of the journal file; the last tenth belongs to fire and operations', 'MB')),
    keep_days: z
        .number()
        .int()
        .min(30)
        .max(3650)
        .default(1095)
        .meta(about('保存天数', 'older entries go once every centre has them', 'day')),
    telemetry_keep_days: z
        .number()
        .int()
        .min(1)
        .max(3650)
        .default(90)
        .meta(about('遥测保存天数', 'older samples go', 'day')),
    card_mb_per_day: z
        .number()
        .int()
        .min(1)
        .max(100_000)
        .default(50)
        .meta(about('写入预算', 'what may be written to the card in a day; `gengfu doctor` tells how much it is', 'MB')),
});
/** When a point is sampled: on a change of more than its deadband, and at least once per heartbeat. */
export const samplingSchema = z.strictObject({
    deadband: z
        .number()
        .min(0)
        .max(1_000_000)
        .optional()
        .meta(about('死区', 'a smaller change is no sample; by the quantity when left out', "the point's unit")),
    heartbeat_min: z
        .number()
        .int()
        .min(1)
        .max(10_080)
        .optional()
        .meta(about('心跳', "a sample at least so often; the site's when left out", 'min')),
    off: z.boolean().default(false).meta(about('不采样', 'this point is never sampled')),
});
export const telemetrySchema = z.strictObject({
    heartbeat_min: z
        .number()
        .int()
        .min(1)
        .max(10_080)
        .default(240)
        .meta(about('心跳', 'every point is sampled at least so often', 'min')),
    min_interval_s: z
        .number()
        .int()
        .min(0)
        .max(86_400)
        // 120 s: with 60 s a village of 100 devices would need more than the 30 MB of a usual SIM (decision 0031).
        .default(120)
        .meta(about('最小间隔', 'a number is sampled at most so often, whatever it does; its newest value goes then', 's')),
    off: z.boolean().default(false).meta(about('不采样', 'nothing is sampled')),
});
