/**
 * A device profile, schema 1: facts about a model, never about one box on one wall. Registers are wire addresses
 * (0-based); the paper's own number stands beside them as a label. Raw values that no state names are unknown, never
 * normal, and nothing is clamped. What two keys say together is checked in profile-rules.ts.
 */
import { z } from 'zod';
import { about, idText, textMaxChars } from './schema-words.js';
import { alarmClasses, classOfRole, type PointRole } from './vocabulary.js';

const bothWords = z.strictObject({
  zh: z.string().min(1).max(textMaxChars).meta(about('中文', 'the text in Chinese')),
  en: z.string().min(1).max(textMaxChars).meta(about('英文', 'the text in English')),
});
const u16 = z.number().int().min(0).max(0xffff);
const delayMs = z.number().int().min(0).max(60_000);
const roles = Object.keys(classOfRole) as [PointRole, ...PointRole[]];
const stateKey = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, 'lower-case letters, digits and underscores');
/** `smoke`, or `di[1..8]` for a row of channels whose registers follow each other. */
const pointKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,31}(?:\[1\.\.[1-9][0-9]?\])?$/, 'a key, or a row such as di[1..8]');
/** Bytes as they travel, with the CRC of an RTU frame. */
const frame = z.string().regex(/^[0-9A-F]{2}(?: [0-9A-F]{2})+$/, 'bytes such as 01 03 00 10');

const severity = z
  .enum(['normal', 'info', ...alarmClasses])
  .meta(about('等级', "normal, info, fault, or the class of the point's role"));

const stateSchema = z.strictObject({
  raw: u16.meta(about('原始值', 'raw value that means this state', 'number')),
  key: stateKey.meta(about('键', 'name of the state in the program')),
  names: bothWords.meta(about('名称', 'what people call it')),
  severity,
});

const contactStateSchema = stateSchema.omit({ raw: true });

export const pointSchema = z.strictObject({
  key: pointKey.meta(about('键', 'name of the point in its device')),
  names: bothWords.meta(about('名称', 'what people call it')),
  role: z.enum(roles).meta(about('角色', 'what it is; decides the class')),
  table: z.enum(['coil', 'discrete', 'input', 'holding']).meta(about('表', 'Modbus table')),
  addr: u16.meta(about('地址', 'wire address, 0-based; of the first one in a row', 'number')),
  doc_addr: z.string().max(40).optional().meta(about('文档地址', 'the number in the paper')),
  type: z.enum(['bool', 'u16', 's16']).meta(about('类型', 'bool for coils and discrete inputs, else a register')),
  scale: z
    .number()
    .default(1)
    .meta(about('倍率', 'value = raw × scale + offset', 'number')),
  offset: z
    .number()
    .default(0)
    .meta(about('偏移', 'value = raw × scale + offset', 'number')),
  unit: z.string().max(16).optional().meta(about('单位', 'physical unit of a number')),
  invalid: z.array(u16).default([]).meta(about('无效值', 'raw values that mean "no value"')),
  valid_range: z
    .tuple([z.number(), z.number()])
    .optional()
    .meta(about('有效范围', 'smallest and largest believable value; others are bad, never clamped')),
  states: z.array(stateSchema).min(1).max(64).optional().meta(about('状态', 'named states; a number when left out')),
  on_delay_ms: delayMs.default(0).meta(about('动作延时', 'how long an abnormal state must last', 'ms')),
  off_delay_ms: delayMs.default(0).meta(about('恢复延时', 'how long a normal state must last', 'ms')),
});

const writeSchema = z.strictObject({
  table: z.enum(['coil', 'holding']).meta(about('表', 'coil: function 05; holding: function 06')),
  addr: u16.meta(about('地址', 'wire address of channel 1; channel n is n − 1 higher', 'number')),
  value: u16.meta(about('值', 'coil: 0 or 1; register: 0 to 65535', 'number')),
});

export const commandsSchema = z.strictObject({
  row: pointKey.meta(about('通道组', 'the row of points that shows the outputs, such as relay[1..8]')),
  on: writeSchema.meta(about('打开', 'switches one channel on')),
  off: writeSchema.meta(about('关闭', 'switches one channel off')),
  verify: z
    .strictObject({
      raw_on: u16.meta(about('打开值', 'raw value of the point while the channel is on', 'number')),
      within_ms: delayMs.meta(about('时限', 'how soon the read-back must show it', 'ms')),
    })
    .meta(about('核对', 'how the channel is read back; what is read may differ from what was written')),
});

const evidenceSchema = z.strictObject({
  grade: z.enum(['A', 'B', 'C']).meta(about('等级', 'A vendor paper, B two independent sources, C one source')),
  source: z.string().min(1).max(300).meta(about('来源', 'public repository or paper')),
  note: z.string().max(500).optional().meta(about('说明', 'what it says, where it contradicts another')),
});

export const modbusLinkSchema = z.strictObject({
  kind: z.literal('modbus').meta(about('类别', 'registers on a line')),
  transports: z
    .array(z.enum(['rtu']))
    .min(1)
    .meta(about('传输', 'framings the device speaks')),
});

const head = {
  schema: z.literal(1).meta(about('版本', 'version of this format', 'number')),
  id: idText.meta(about('编号', 'id, equal to the file name; never used again for another model')),
  revision: z
    .number()
    .int()
    .min(1)
    .max(9999)
    .meta(about('修订', 'rises with every change of a fact', 'number')),
  names: bothWords.meta(about('名称', 'what people call the model')),
  vendor: z.string().max(80).optional().meta(about('厂家', 'who makes it')),
  models: z.array(z.string().max(80)).default([]).meta(about('型号', 'labels on the box')),
  aliases: z.array(z.string().max(80)).default([]).meta(about('别名', 'other words that installers search for')),
  category: z.enum(['fire', 'io', 'relay', 'water', 'power', 'key', 'other']).meta(about('种类', 'shelf it stands on')),
  safety: z.enum(['life_safety', 'monitoring', 'control']).meta(about('安全', 'what depends on it')),
  status: z
    .enum(['draft', 'community', 'verified-doc', 'bench-tested'])
    .meta(about('状态', 'draft needs allow_draft: true at each device')),
  evidence: z.array(evidenceSchema).default([]).meta(about('依据', 'where the facts come from')),
  wiring: bothWords.optional().meta(about('接线', 'what must be known at the terminals')),
};

export const modbusProfileSchema = z.strictObject({
  ...head,
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
        .meta(about('最多读取', 'registers or bits in one request', 'number')),
      single_only: z.boolean().default(false).meta(about('只读单个', 'refuses to read more than one at once')),
    })
    .meta(about('限制', 'what it refuses')),
  points: z.array(pointSchema).min(1).max(64).meta(about('点', 'what can be read')),
  commands: commandsSchema.optional().meta(about('命令', 'what can be switched')),
  setup: z
    .array(
      z.strictObject({
        read: z
          .strictObject({
            table: z.enum(['holding']).meta(about('表', 'Modbus table')),
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
            key: z.enum(['on', 'off']).meta(about('命令', 'which command')),
            channel: z
              .number()
              .int()
              .min(1)
              .max(64)
              .meta(about('通道', 'which channel', 'number')),
          })
          .optional()
          .meta(about('命令', 'the command that must give exactly this request')),
      }),
    )
    .default([])
    .meta(about('测试', 'frames that prove the profile without hardware')),
});

export const contactProfileSchema = z.strictObject({
  ...head,
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

export type PointYaml = z.infer<typeof pointSchema>;
export type CommandsYaml = z.infer<typeof commandsSchema>;
export type ModbusProfile = z.infer<typeof modbusProfileSchema>;
export type ContactProfile = z.infer<typeof contactProfileSchema>;
export type DeviceProfile = ModbusProfile | ContactProfile;
