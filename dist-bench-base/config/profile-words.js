/** Pieces that the schemas of all kinds of profiles share. */
import { z } from 'zod';
import { wanted } from './schema-messages.js';
import { about, calibrateMonths, replaceYears, textMaxChars } from './schema-words.js';
import { alarmClasses, classOfRole } from './vocabulary.js';
export const bothWords = z.strictObject({
    zh: z.string().min(1).max(textMaxChars).meta(about('中文', 'the text in Chinese')),
    en: z.string().min(1).max(textMaxChars).meta(about('英文', 'the text in English')),
});
export const u16 = z.number().int().min(0).max(0xffff);
export const delayMs = z.number().int().min(0).max(60_000);
export const roles = Object.keys(classOfRole);
export const stateKey = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, wanted.stateKey.en);
/** `smoke`, or `di[1..8]` for a row of channels whose registers follow each other. */
export const pointKey = z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,31}(?:\[1\.\.[1-9][0-9]?\])?$/, 'a key, or a row such as di[1..8]');
/** Bytes as they travel, check sum included. */
export const frame = z.string().regex(/^[0-9A-F]{2}(?: [0-9A-F]{2})+$/, wanted.frame.en);
export const severity = z
    .enum(['normal', 'info', ...alarmClasses])
    .meta(about('等级', "normal, info, fault, or the class of the point's role"));
/** A fact that stands on the box's label, not in the paper: `{option: range}`, or by table `{option: medium, of: {…}}`. */
export function orOption(value) {
    return z.union([
        value,
        z.strictObject({
            option: stateKey.meta(about('选项', 'key of the option that decides')),
            of: z.record(z.string(), value).optional().meta(about('对照', 'option value → value; the option itself without')),
        }),
    ]);
}
export const optionSchema = z.strictObject({
    key: stateKey.meta(about('键', 'name of the option in the site file')),
    type: z
        .enum(['number', 'choice', 'flag'])
        .meta(about('类型', 'what is written: a number, one of a list, true or false')),
    values: z.array(z.string().min(1).max(40)).min(1).max(32).optional().meta(about('可选值', 'of a choice')),
    min: z
        .number()
        .optional()
        .meta(about('最小', 'of a number', 'number')),
    max: z
        .number()
        .optional()
        .meta(about('最大', 'of a number', 'number')),
    unit: z.string().max(16).optional().meta(about('单位', 'of a number')),
    default: z.union([z.number(), z.string(), z.boolean()]).optional().meta(about('默认', 'required when left out')),
    names: bothWords.meta(about('名称', 'what the installer is asked')),
});
export const lifetimeSchema = z.strictObject({
    calibrate_months: calibrateMonths.optional().meta(about('校准周期', 'calibrate every', 'month')),
    replace_years: replaceYears.optional().meta(about('更换年限', 'replace after', 'year')),
    warm_up_s: z
        .number()
        .int()
        .min(0)
        .max(3600)
        .default(0)
        .meta(about('预热', 'no value before', 's')),
});
export const evidenceSchema = z.strictObject({
    grade: z.enum(['A', 'B', 'C']).meta(about('等级', 'A vendor paper, B two independent sources, C one source')),
    source: z.string().min(1).max(300).meta(about('来源', 'public repository or paper')),
    note: z.string().max(500).optional().meta(about('说明', 'what it says, where it contradicts another')),
});
