/**
 * A device profile, schema 1: facts about a model, never about one box on one wall. Registers are wire addresses
 * (0-based); the paper's own number stands beside them as a label. Raw values that no state names are unknown, never
 * normal, and nothing is clamped. What two keys say together is checked in profile-rules.ts.
 */
import { z } from 'zod';
import { profileHead } from './profile-head.js';
import { contactStateSchema, pointPatchSchema, pointSchema } from './profile-point-schema.js';
import {
  bothWords,
  delayMs,
  frame,
  type optionSchema,
  orOption,
  pointKey,
  roles,
  stateKey,
  u16,
} from './profile-words.js';
import { recipesSchema } from './recipe-schema.js';
import { about, idText } from './schema-words.js';
import type { StreamProfile } from './stream-profile-schema.js';

const writeSchema = z.strictObject({
  table: z.enum(['coil', 'holding']).meta(about('表', 'coil: function 05; holding: function 06')),
  addr: u16.meta(about('地址', 'wire address of channel 1; channel n is n − 1 higher', 'number')),
  value: u16.meta(about('值', 'coil: 0 or 1; register: 0 to 65535', 'number')),
});

const timedSchema = z.strictObject({
  table: z
    .enum(['coil', 'holding'])
    .meta(about('表', 'coil: function 05 with the value as it is; holding: function 06')),
  addr: u16.meta(about('地址', 'wire address of channel 1; channel n is n − 1 higher', 'number')),
  base: u16.default(0).meta(about('基数', 'value for no time at all', 'number')),
  step_ms: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .meta(about('步长', 'each step above base keeps it on so long; divides a second', 'ms')),
  max_s: z
    .number()
    .int()
    .min(1)
    .max(3600)
    .meta(about('最长', 'no longer than this', 's')),
});

export const commandsSchema = z.strictObject({
  row: pointKey.meta(about('通道组', 'the row of points that shows the outputs, such as relay[1..8]')),
  on: writeSchema.meta(about('打开', 'switches one channel on')),
  off: writeSchema.meta(about('关闭', 'switches one channel off')),
  timed: timedSchema.optional().meta(about('定时打开', 'switches one channel on for a while; the unit itself ends it')),
  verify: z
    .strictObject({
      raw_on: u16.meta(about('打开值', 'raw value of the point while the channel is on', 'number')),
      within_ms: delayMs.meta(about('时限', 'how soon the read-back must show it', 'ms')),
    })
    .meta(about('核对', 'how the channel is read back; what is read may differ from what was written')),
});

const stepSchema = z.union([
  z.strictObject({
    write: z
      .strictObject({
        table: z.enum(['coil', 'holding']).meta(about('表', 'Modbus table')),
        addr: u16.meta(about('地址', 'wire address', 'number')),
        value: u16.meta(about('值', 'coil: 0 or 1 (or the raw word of function 05); register: 0 to 65535', 'number')),
        fc: z.literal([5, 6, 15, 16]).meta(about('功能码', 'the function that this device takes', 'number')),
      })
      .meta(about('写', 'one write')),
  }),
  z.strictObject({ wait_ms: delayMs.meta(about('等待', 'pause', 'ms')) }),
]);

/** Something a unit can be told beside its row of outputs: reset, self-test, open a breaker. Data only; the desk decides. */
export const actionSchema = z.strictObject({
  key: z.enum(['reset', 'self_test', 'mute', 'open', 'close', 'clear_energy']).meta(about('键', 'what it does')),
  names: bothWords.meta(about('名称', 'what people call it')),
  risk: z
    .enum(['none', 'audible', 'power', 'dangerous'])
    .meta(about('风险', 'power and dangerous need verify and requires; dangerous is never done remotely')),
  steps: z.array(stepSchema).min(1).max(8).meta(about('步骤', 'in this order')),
  broadcast: z.boolean().default(false).meta(about('广播', 'may go to all units of a line at once')),
  requires: z
    .strictObject({ point: stateKey.meta(about('点', 'the point')), state: stateKey.meta(about('状态', 'its state')) })
    .optional()
    .meta(about('前提', 'refused otherwise')),
  verify: z
    .strictObject({
      point: stateKey.meta(about('点', 'the point')),
      state: stateKey.meta(about('状态', 'what it must then show')),
      within_ms: delayMs.meta(about('时限', 'how soon', 'ms')),
    })
    .optional()
    .meta(about('核对', 'how it is seen to have happened')),
});

export const modbusLinkSchema = z.strictObject({
  kind: z.literal('modbus').meta(about('类别', 'registers on a line')),
  transports: z
    .array(z.enum(['rtu', 'rtu_over_tcp', 'tcp']))
    .min(1)
    .meta(about('传输', 'framings the device speaks')),
});

export const modbusProfileSchema = z.strictObject({
  ...profileHead,
  link: modbusLinkSchema.meta(about('连接', 'how the device is reached')),
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
      parities: z
        .array(z.enum(['none', 'even', 'odd']))
        .optional()
        .meta(about('可用校验', 'all it can be set to, when known')),
    })
    .meta(about('串口', 'serial settings')),
  address_range: z
    .tuple([z.number().int().min(1).max(247), z.number().int().min(1).max(247)])
    .default([1, 247])
    .meta(about('地址范围', 'lowest and highest address it can have')),
  identify: z
    .enum(['none', 'weak', 'strong'])
    .default('none')
    .meta(about('识别', 'how sure a probe can be of the model')),
  timing: z
    .strictObject({
      response_timeout_ms: delayMs.meta(about('应答时间', 'slowest first byte of a reply', 'ms')),
      inter_request_ms: delayMs.meta(about('请求间隔', 'pause between requests to the same unit', 'ms')),
      min_scan_ms: delayMs.meta(about('最短扫描周期', 'shortest period between two scans', 'ms')),
      after_write_ms: delayMs.default(0).meta(about('写后间隔', 'pause after a write', 'ms')),
    })
    .meta(about('时间', 'what the device needs')),
  limits: z
    .strictObject({
      fc: z.array(z.number().int().min(1).max(127)).min(1).meta(about('功能码', 'functions it knows')),
      max_read: z
        .number()
        .int()
        .min(1)
        .max(125)
        .meta(about('最多读取', 'registers in one request', 'number')),
      max_bits: z
        .number()
        .int()
        .min(1)
        .max(2000)
        .optional()
        .meta(about('最多读取位', 'coils or inputs in one request; as many as registers when left out', 'number')),
      max_gap: z
        .number()
        .int()
        .min(0)
        .max(124)
        .default(0)
        .meta(about('最大空隙', 'registers that may be read along to join two blocks', 'number')),
      max_bit_gap: z
        .number()
        .int()
        .min(0)
        .max(1999)
        .default(0)
        .meta(about('最大位空隙', 'bits that may be read along to join two blocks', 'number')),
      forbidden: z
        .array(
          z.strictObject({
            table: z.enum(['coil', 'discrete', 'input', 'holding']).meta(about('表', 'Modbus table')),
            from: u16.meta(about('从', 'first address', 'number')),
            to: u16.meta(about('到', 'last address', 'number')),
          }),
        )
        .default([])
        .meta(about('禁区', 'never read, not even along')),
      forbidden_fc: z
        .array(z.number().int().min(1).max(127))
        .default([])
        .meta(about('禁用功能码', 'never sent (factory calibration)')),
      single_only: z.boolean().default(false).meta(about('只读单个', 'refuses to read more than one at once')),
    })
    .meta(about('限制', 'what it refuses')),
  exceptions: z
    .strictObject({
      style: z.enum(['standard', 'byte80']).meta(about('形式', 'byte80: function byte 80 whatever was asked')),
    })
    .default({ style: 'standard' })
    .meta(about('异常应答', 'how it refuses')),
  variants: z
    .array(
      z.strictObject({
        id: idText.meta(about('编号', 'what the site file names')),
        names: bothWords.meta(about('名称', 'how to tell it')),
        points: z.record(z.string(), pointPatchSchema).default({}).meta(about('点', 'point → keys that differ')),
      }),
    )
    .max(8)
    .default([])
    .meta(
      about('变体', 'firmwares or hardware of one model that differ; the first one unless the device says otherwise'),
    ),
  points: z.array(pointSchema).min(1).max(64).meta(about('点', 'what can be read')),
  commands: commandsSchema.optional().meta(about('命令', 'what can be switched')),
  actions: z.array(actionSchema).max(8).default([]).meta(about('动作', 'what else it can be told')),
  setup: z
    .array(
      z.strictObject({
        read: z
          .strictObject({
            table: z.enum(['holding', 'coil']).meta(about('表', 'Modbus table')),
            addr: u16.meta(about('地址', 'wire address', 'number')),
          })
          .meta(about('读取', 'the setting')),
        want: u16.meta(about('应为', 'raw value that it must have', 'number')),
        ask: z.boolean().default(true).meta(about('询问', 'write it only when a person agreed')),
        why: bothWords.meta(about('原因', 'what happens otherwise')),
        alone_on_line: z.boolean().default(false).meta(about('单独在线', 'only with no other unit on the line')),
      }),
    )
    .default([])
    .meta(about('调试', 'settings to read and compare at commissioning; written once, never at every start')),
  recipes: recipesSchema.optional().meta(about('改址配方', 'how a unit is given another address or baud rate')),
  tests: z
    .array(
      z.strictObject({
        request: frame.meta(about('请求', 'bytes sent')),
        reply: frame.meta(about('应答', 'bytes that come back')),
        expect: z
          .record(z.string(), z.union([stateKey, z.number()]))
          .default({})
          .meta(about('期望', 'point → state or number that the reply means')),
        command: z
          .strictObject({
            key: z.enum(['on', 'off', 'timed']).meta(about('命令', 'which command')),
            for_s: z
              .number()
              .int()
              .min(1)
              .max(3600)
              .optional()
              .meta(about('时长', 'of timed: how long it is on', 's')),
            channel: z
              .number()
              .int()
              .min(1)
              .max(64)
              .meta(about('通道', 'which channel', 'number')),
          })
          .optional()
          .meta(about('命令', 'the command that must give exactly this request')),
        action: z
          .string()
          .optional()
          .meta(about('动作', 'the action whose first write must give exactly this request')),
        expect_error: z.enum(['exception']).optional().meta(about('期望异常', 'the reply is a refusal')),
        expect_bad: z.record(z.string(), z.string()).default({}).meta(about('期望坏值', 'point → reason')),
        variant: idText.optional().meta(about('变体', 'the first when left out')),
        options: z
          .record(z.string(), z.union([z.number(), z.string(), z.boolean()]))
          .default({})
          .meta(about('选项', 'as a site file would give them')),
        with: z
          .record(z.string(), z.number())
          .default({})
          .meta(about('另有', 'setting → raw value read before (decimals, unit code)')),
      }),
    )
    .default([])
    .meta(about('测试', 'frames that prove the profile without hardware')),
});

export const contactProfileSchema = z.strictObject({
  ...profileHead,
  link: z
    .strictObject({ kind: z.literal('contact').meta(about('类别', 'a dry contact at an input')) })
    .meta(about('连接', 'how the device is reached')),
  contact: z
    .strictObject({
      key: stateKey.default('contact').meta(about('键', 'name of the point in its device')),
      role: z.enum(roles).meta(about('角色', 'what it is; decides the class')),
      usual: z
        .enum(['normally_open', 'normally_closed'])
        .meta(about('常态', 'the contact while all is well, unless the device says otherwise')),
      rest: contactStateSchema.meta(about('静止', 'the state while all is well')),
      active: contactStateSchema.meta(about('动作', 'the state otherwise')),
      on_delay_ms: delayMs.meta(about('动作延时', 'how long the active state must last', 'ms')),
      off_delay_ms: delayMs.meta(about('恢复延时', 'how long the rest state must last', 'ms')),
    })
    .meta(about('触点', 'what open and closed mean')),
});

/** A sensor that gives a current or a voltage to an input of an analog module. */
export const signalProfileSchema = z.strictObject({
  ...profileHead,
  link: z
    .strictObject({ kind: z.literal('signal').meta(about('类别', 'an analog signal at an input')) })
    .meta(about('连接', 'how the device is reached')),
  signal: z
    .strictObject({
      key: stateKey.default('value').meta(about('键', 'name of the point in its device')),
      role: orOption(z.enum(roles)).meta(about('角色', 'what it is; decides the class')),
      unit: orOption(z.string().max(16)).meta(about('单位', 'physical unit of the value')),
      signal_unit: z.enum(['mA', 'V']).meta(about('信号单位', 'of the four limits below')),
      from: z
        .tuple([z.number(), z.number()])
        .meta(about('信号范围', 'signal at the low and the high end of the range')),
      to: z
        .tuple([orOption(z.number()), orOption(z.number())])
        .meta(about('量程', 'value at the low and the high end')),
      fault_below: z
        .number()
        .meta(about('断线阈值', 'a signal below is a broken wire (NAMUR NE 43: 3.6 mA)', 'signal_unit')),
      fault_above: z
        .number()
        .meta(about('短路阈值', 'a signal above is a short circuit (NE 43: 21 mA)', 'signal_unit')),
      max_step: z
        .number()
        .positive()
        .optional()
        .meta(about('最大跳变', 'largest believable change from one look to the next', 'unit')),
    })
    .meta(about('信号', 'what the signal means')),
});

export type CommandsYaml = z.infer<typeof commandsSchema>;
export type ModbusProfile = z.infer<typeof modbusProfileSchema>;
export type ContactProfile = z.infer<typeof contactProfileSchema>;
export type SignalProfile = z.infer<typeof signalProfileSchema>;
export type OptionYaml = z.infer<typeof optionSchema>;
export type ActionYaml = z.infer<typeof actionSchema>;
export type DeviceProfile = ModbusProfile | ContactProfile | SignalProfile | StreamProfile;
