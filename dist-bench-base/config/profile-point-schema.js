/** One readable value of a profile: where it stands, how it is coded, what it means, and when it must not be believed. */
import { z } from 'zod';
import { limitsSchema } from './limits-schema.js';
import { bothWords, delayMs, orOption, pointKey, roles, severity, stateKey, u16 } from './profile-words.js';
import { about } from './schema-words.js';
export const stateSchema = z.strictObject({
    raw: z
        .number()
        .int()
        .min(-0x8000_0000)
        .max(0xffff_ffff)
        .meta(about('原始值', 'raw value (after bits) that means this state', 'number')),
    key: stateKey.meta(about('键', 'name of the state in the program')),
    names: bothWords.meta(about('名称', 'what people call it')),
    severity,
});
export const contactStateSchema = stateSchema.omit({ raw: true });
/** What a value is read as; names its registers: 16-bit types one, 32-bit two, 64-bit four. */
export const registerTypes = ['bool', 'u16', 's16', 'u32', 's32', 'u64', 'f32', 'f64', 'bcd16', 'bcd32'];
export const pointSchema = z.strictObject({
    key: pointKey.meta(about('键', 'name of the point in its device')),
    names: bothWords.meta(about('名称', 'what people call it')),
    role: orOption(z.enum(roles)).meta(about('角色', 'what it is; decides the class')),
    table: z.enum(['coil', 'discrete', 'input', 'holding']).meta(about('表', 'Modbus table')),
    addr: u16.meta(about('地址', 'wire address, 0-based; of the first one in a row', 'number')),
    doc_addr: z.string().max(40).optional().meta(about('文档地址', 'the number in the paper')),
    type: z.enum(registerTypes).meta(about('类型', 'bool for coils and discrete inputs, else a register')),
    order: z
        .enum(['ABCD', 'CDAB', 'BADC', 'DCBA'])
        .default('ABCD')
        .meta(about('字节序', 'CDAB: low word first; BADC: bytes swapped in each word; DCBA: both')),
    bits: z
        .tuple([z.number().int().min(0).max(31), z.number().int().min(0).max(31)])
        .optional()
        .meta(about('位', 'highest and lowest bit of the field, counted from 0 at the low end')),
    scan: z
        .enum(['fast', 'normal', 'slow', 'once'])
        .optional()
        .meta(about('扫描', 'fast: always; normal: 5 s; slow: 60 s; once; left out: fast for class fire and states, normal for numbers')),
    force_break: z.boolean().default(false).meta(about('单独读', 'never in one request with what stands before it')),
    scale: orOption(z.number())
        .default(1)
        .meta(about('倍率', 'value = raw × scale + offset', 'number')),
    offset: orOption(z.number())
        .default(0)
        .meta(about('偏移', 'value = raw × scale + offset', 'number')),
    scale_from: z
        .strictObject({
        point: stateKey.meta(about('点', 'the point that tells n')),
        mode: z
            .enum(['pow10_neg', 'pow10_minus'])
            .meta(about('方式', 'pow10_neg: × 10^-n; pow10_minus: × 10^(n - bias)')),
        bias: z
            .number()
            .int()
            .min(-9)
            .max(9)
            .default(0)
            .meta(about('偏置', 'see mode', 'number')),
    })
        .optional()
        .meta(about('小数位来自', 'decimals that stand in another register')),
    unit: orOption(z.string().max(16)).optional().meta(about('单位', 'physical unit of a number')),
    unit_from: z
        .strictObject({
        point: stateKey.meta(about('点', 'the point that tells the code')),
        units: z
            .array(z.strictObject({
            raw: u16.meta(about('原始值', 'code', 'number')),
            unit: z.string().max(16).meta(about('单位', 'its unit')),
        }))
            .min(1)
            .meta(about('对照', 'code → unit; any other code is bad')),
    })
        .optional()
        .meta(about('单位来自', 'the unit that stands in another register')),
    invalid: z
        .array(z.number().int().min(-0x8000_0000).max(0xffff_ffff))
        .default([])
        .meta(about('无效值', 'raw values that mean "no value"')),
    valid_range: z
        .tuple([z.number(), z.number()])
        .optional()
        .meta(about('有效范围', 'smallest and largest believable value; others are bad, never clamped')),
    fault_below: z
        .number()
        .optional()
        .meta(about('断线阈值', 'a value below is a broken wire', "the point's unit")),
    fault_above: z
        .number()
        .optional()
        .meta(about('短路阈值', 'a value above is a short circuit', "the point's unit")),
    max_step: z
        .number()
        .positive()
        .optional()
        .meta(about('最大跳变', 'largest believable change from one look to the next', "the point's unit")),
    valid_if: z
        .strictObject({
        point: stateKey.meta(about('点', 'the point that decides')),
        mask: u16.default(0xffff).meta(about('掩码', 'bits that count', 'number')),
        equals: u16.meta(about('等于', 'what they must be', 'number')),
    })
        .optional()
        .meta(about('有效条件', 'counts only while another register says so')),
    agrees_with: z
        .strictObject({
        point: stateKey.meta(about('点', "the device's own full scale")),
        option: stateKey.meta(about('选项', 'what stands on the label')),
        factor: z
            .number()
            .min(1)
            .default(2)
            .meta(about('倍数', 'further apart than this: wrong scale', 'number')),
    })
        .optional()
        .meta(about('与标签核对', 'full scale and label must agree, else the value is bad')),
    within_label: z
        .strictObject({
        option: stateKey.meta(about('选项', "what stands on the label, in the point's unit")),
        low: z.number().meta(about('下限倍数', 'label × this is the smallest believable value', 'number')),
        high: z.number().meta(about('上限倍数', 'label × this is the largest believable value', 'number')),
    })
        .optional()
        .meta(about('铭牌范围', 'what is believable hangs on the label; counts together with valid_range')),
    states: z.array(stateSchema).min(1).max(64).optional().meta(about('状态', 'named states; a number when left out')),
    limits: limitsSchema
        .optional()
        .meta(about('报警值', 'when a number is in alarm, unless the site file says otherwise; only where evidence names it')),
    on_delay_ms: delayMs.default(0).meta(about('动作延时', 'how long an abnormal state must last', 'ms')),
    off_delay_ms: delayMs.default(0).meta(about('恢复延时', 'how long a normal state must last', 'ms')),
});
/** Keys of a point that a variant may change. */
export const pointPatchSchema = pointSchema
    .omit({
    key: true,
    order: true,
    force_break: true,
    scale: true,
    offset: true,
    invalid: true,
    on_delay_ms: true,
    off_delay_ms: true,
})
    .extend({
    scale: orOption(z.number()).meta(about('倍率', 'value = raw × scale + offset', 'number')),
    offset: orOption(z.number()).meta(about('偏移', 'value = raw × scale + offset', 'number')),
    order: z.enum(['ABCD', 'CDAB', 'BADC', 'DCBA']).meta(about('字节序', 'as in points')),
    invalid: z.array(z.number().int()).meta(about('无效值', 'as in points')),
})
    .partial();
