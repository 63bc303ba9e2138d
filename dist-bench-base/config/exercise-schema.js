/** The part of the site file about how sirens sound, and about what sounds although nothing is in alarm. */
import { z } from 'zod';
import { about, clockTime, idText } from './schema-words.js';
import { saySchema, weekdays } from './voice-schema.js';
function cadenceOf([burstLeast, burstMost], [voiceLeast, voiceMost]) {
    return z.strictObject({
        burst_s: z
            .number()
            .min(burstLeast)
            .max(burstMost)
            .optional()
            .meta(about('单次鸣响', 'one burst of the sirens', 's')),
        pause_s: z
            .number()
            .min(0)
            .max(60)
            .optional()
            .meta(about('间歇', 'quiet behind a burst where nobody speaks', 's')),
        voice_s: z
            .number()
            .min(voiceLeast)
            .max(voiceMost)
            .optional()
            .meta(about('语音时长', 'one turn of the voice lasts no longer', 's')),
        times: z
            .literal([1, 2])
            .optional()
            .meta(about('遍数', 'how often a message is said in one turn', 'number')),
        sounds_s: z
            .number()
            .min(30)
            .max(1800)
            .optional()
            .meta(about('持续', 'bursts and voice go on for so long', 's')),
        rests_s: z
            .number()
            .min(0)
            .max(600)
            .optional()
            .meta(about('休止', 'all is quiet then for so long; 0: no rest', 's')),
        resound_s: z
            .number()
            .min(60)
            .max(3600)
            .optional()
            .meta(about('重响', 'a silenced alarm that is still active sounds again after', 's')),
    });
}
/** GB 50116-2013 4.8.6: a burst of 8 to 20 s, then 10 to 30 s of voice [V*]. */
const fireCadence = cadenceOf([8, 20], [10, 30]);
const otherCadence = cadenceOf([1, 60], [1, 60]);
export const cadencesSchema = z.strictObject({
    fire: fireCadence
        .optional()
        .meta(about('火警', 'of fires; GB 50116-2013 4.8.6: bursts of 8 to 20 s, voice of 10 to 30 s')),
    warning: otherCadence.optional().meta(about('预警', 'of warnings')),
    supervisory: otherCadence.optional().meta(about('监管', 'of supervisory alarms')),
    fault: otherCadence.optional().meta(about('故障', 'of faults')),
    technical: otherCadence.optional().meta(about('提示', 'of technical alarms')),
});
export const drillSchema = z.strictObject({
    lasts_min: z
        .number()
        .int()
        .min(1)
        .max(60)
        .default(10)
        .meta(about('时长', 'a drill that nobody ends lasts so long', 'min')),
    begins: saySchema.optional().meta(about('开始播报', 'said before anything sounds, and in turn with the sirens')),
    ends: saySchema.optional().meta(about('结束播报', 'said at its end')),
    due_after_days: z
        .number()
        .int()
        .min(1)
        .max(3650)
        .default(365)
        .meta(about('演练周期', 'so long after the last drill the next one is due', 'day')),
});
export const sirenTestSchema = z.strictObject({
    day: z.enum(weekdays).meta(about('星期', 'day of the week')),
    at: clockTime.meta(about('时间', 'local time')),
    begins: saySchema.optional().meta(about('开始播报', 'said before')),
    outputs: z.array(idText).min(1).max(64).optional().meta(about('输出', 'sirens that are tested; all when left out')),
    sounds_s: z
        .number()
        .min(1)
        .max(10)
        .default(2)
        .meta(about('鸣响', 'sirens have no volume: they sound shortly', 's')),
    volume: z
        .number()
        .int()
        .min(0)
        .max(100)
        .default(30)
        .meta(about('音量', 'of the loudspeakers', '%')),
});
export const walkTestSchema = z.strictObject({
    on: z
        .array(idText)
        .max(16)
        .default([])
        .meta(about('喇叭', 'loudspeakers that name each detector seen; only players that speak can')),
    chirp_ms: z
        .number()
        .int()
        .min(200)
        .max(3000)
        .default(500)
        .meta(about('短鸣', 'how long a siren chirps for each detector seen', 'ms')),
});
