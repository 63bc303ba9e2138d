/**
 * Profile of a device with a serial dialect of its own. The dialect is code (`drivers/stream/codecs/<codec>.ts`); what its
 * events mean is data. Only here may a state name any class: a fire panel reports other devices' alarms.
 */
import { z } from 'zod';
import { limitsSchema } from './limits-schema.js';
import { profileHead } from './profile-head.js';
import { bothWords, delayMs, frame, orOption, roles, severity, stateKey } from './profile-words.js';
import { about, idText } from './schema-words.js';
const streamStateSchema = z.strictObject({
    key: stateKey.meta(about('键', 'name of the state in the program')),
    names: bothWords.meta(about('名称', 'what people call it')),
    severity,
});
export const streamPointSchema = z.strictObject({
    key: stateKey.meta(about('键', 'name of the point in its device')),
    names: bothWords.meta(about('名称', 'what people call it')),
    role: orOption(z.enum(roles)).meta(about('角色', 'what it is; decides the class')),
    states: z
        .array(streamStateSchema)
        .min(2)
        .max(32)
        .optional()
        .meta(about('状态', 'the first one is rest; a number when left out')),
    scale: orOption(z.number())
        .default(1)
        .meta(about('倍率', 'value = told × scale + offset', 'number')),
    offset: orOption(z.number())
        .default(0)
        .meta(about('偏移', 'value = told × scale + offset', 'number')),
    unit: z.string().max(16).optional().meta(about('单位', 'physical unit of a number')),
    valid_range: z
        .tuple([z.number(), z.number()])
        .optional()
        .meta(about('有效范围', 'believable values; others are bad')),
    max_step: z
        .number()
        .positive()
        .optional()
        .meta(about('最大跳变', 'largest believable change from one look to the next', "the point's unit")),
    limits: limitsSchema
        .optional()
        .meta(about('报警值', 'when a number is in alarm, unless the site file says otherwise; only where evidence names it')),
    on_delay_ms: delayMs.default(0).meta(about('动作延时', 'how long an abnormal state must last', 'ms')),
    off_delay_ms: delayMs.default(0).meta(about('恢复延时', 'how long a normal state must last', 'ms')),
});
/** What one code of the dialect means: a state of a point, back to rest, a value, or only that the device lives. */
export const eventSchema = z.strictObject({
    code: z.string().min(1).max(40).meta(about('代码', 'as the codec writes it')),
    names: bothWords.optional().meta(about('名称', 'what the paper calls it')),
    point: stateKey.optional().meta(about('点', 'the point it moves')),
    state: stateKey.optional().meta(about('状态', 'into which state; without it the code carries a value')),
    rest: z
        .union([z.array(stateKey).min(1), z.literal('all')])
        .optional()
        .meta(about('复归', 'points that go back to rest')),
});
export const streamProfileSchema = z.strictObject({
    ...profileHead,
    link: z
        .strictObject({
        kind: z.literal('stream').meta(about('类别', 'a serial dialect of its own')),
        codec: idText.meta(about('编解码', 'file name in drivers/stream/codecs without extension')),
        direction: z.enum(['listen', 'poll']).default('listen').meta(about('方向', 'listen: it speaks by itself')),
    })
        .meta(about('连接', 'how the device is reached')),
    codec_options: z
        .record(z.string(), orOption(z.union([z.number(), z.string(), z.boolean()])))
        .default({})
        .meta(about('编解码选项', 'what the codec must know')),
    serial: z
        .strictObject({
        baud: z
            .number()
            .int()
            .min(1200)
            .max(115_200)
            .meta(about('波特率', 'as delivered', 'bit/s')),
        data_bits: z.literal([7, 8]).meta(about('数据位', 'as delivered', 'bit')),
        parity: z.enum(['none', 'even', 'odd']).meta(about('校验', 'as delivered')),
        stop_bits: z.literal([1, 2]).meta(about('停止位', 'as delivered', 'bit')),
        bauds: z.array(z.number().int()).optional().meta(about('可用波特率', 'all it can be set to, when known')),
    })
        .meta(about('串口', 'serial settings')),
    address_range: z
        .tuple([z.number().int().min(0).max(255), z.number().int().min(0).max(255)])
        .optional()
        .meta(about('地址范围', 'hosts that share a line; none when left out')),
    objects: z
        .strictObject({
        pattern: orOption(z.string().max(120)).meta(about('格式', 'regular expression of an object, e.g. controller-loop-address')),
        example: orOption(z.string().max(40)).meta(about('示例', 'one object as the codec writes it; people are shown it')),
        point: orOption(stateKey).meta(about('点', 'the point that a listed object gets as its own')),
    })
        .optional()
        .meta(about('部位', 'single detectors behind a panel that a site file may list')),
    supervision: z
        .strictObject({
        silence_s: z
            .number()
            .int()
            .min(1)
            .max(3600)
            .meta(about('静默', 'nothing heard for so long: silent', 's')),
    })
        .meta(about('监视', 'how its silence is noticed')),
    points: z.array(streamPointSchema).min(1).max(64).meta(about('点', 'what it tells')),
    events: z.array(eventSchema).min(1).max(200).meta(about('事件', 'what its codes mean')),
    unknown: z
        .strictObject({
        point: stateKey.meta(about('点', 'the point that a code without a meaning moves')),
        state: stateKey.meta(about('状态', 'into which state')),
    })
        .optional()
        .meta(about('未知代码', 'codes that no event names; only told to people when left out')),
    tests: z
        .array(z.strictObject({
        bytes: frame.meta(about('字节', 'as they come in')),
        options: z
            .record(z.string(), z.union([z.number(), z.string(), z.boolean()]))
            .default({})
            .meta(about('选项', 'as a site file would give them')),
        expect: z
            .record(z.string(), z.union([stateKey, z.number()]))
            .default({})
            .meta(about('期望', 'point → state or number')),
        expect_bad: z.record(z.string(), z.string()).default({}).meta(about('期望坏值', 'point → reason')),
        object: z.string().max(40).optional().meta(about('部位', 'which object tells it')),
        doubtful: z.boolean().default(false).meta(about('存疑', 'accepted with a reservation')),
        ignored: z.boolean().default(false).meta(about('不计', 'bytes that must give nothing')),
    }))
        .default([])
        .meta(about('测试', 'frames that prove the profile without hardware')),
});
