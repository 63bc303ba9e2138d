/**
 * The site file (gateway.yaml), version 1. Strict: an unknown key is refused. What one key alone can tell is checked
 * here; what needs two of them is checked in checks/. The tables in README.md are generated from this file.
 */
import { isIP } from 'node:net';
import { z } from 'zod';
import { cadencesSchema, drillSchema, sirenTestSchema, walkTestSchema } from './exercise-schema.js';
import { journalSchema, samplingSchema, telemetrySchema } from './keeping-schema.js';
import { limitsSchema } from './limits-schema.js';
import { householdSchema, panelSchema } from './panel-schema.js';
import { wanted } from './schema-messages.js';
import {
  about,
  calibrateMonths,
  channelNumber,
  clockTime,
  devicePath,
  filePath,
  hostMaxChars,
  idText,
  isHostName,
  pinNumber,
  replaceYears,
  words,
} from './schema-words.js';
import { outputSchema, planSchema } from './sounding-schema.js';
import { commandKeySchema, externalCode, uplinkSchema } from './uplinks/uplink-schema.js';
import { upsSchema } from './ups-schema.js';
import { messageSchema, programmeSchema, quietHoursSchema, speakerSchema } from './voice-schema.js';

/** RFC 1123, 2.1: labels of letters, digits and hyphens; a name whose last label is a number would be an IP address. */
function isHost(text: string): boolean {
  return isIP(text) !== 0 || isHostName(text);
}

/** Switching of an RS-485 transceiver that does not do so by itself. */
const rs485Schema = z.strictObject({
  mode: z
    .enum(['kernel', 'rts'])
    .meta(
      about('方式', 'kernel: the UART driver switches; rts: the program sets and clears RTS, late by milliseconds'),
    ),
  rts_on_send: z.enum(['high', 'low']).default('high').meta(about('发送电平', 'level of RTS while sending')),
  delay_before_ms: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(0)
    .meta(about('发送前等待', 'from switching to the first byte', 'ms')),
  delay_after_ms: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(0)
    .meta(about('发送后等待', 'from the last byte to switching back', 'ms')),
  receives_own: z.boolean().default(false).meta(about('回读', 'the receiver stays on while sending (kernel only)')),
});

export const lineSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the line')),
  name: words.optional().meta(about('名称', 'what people call it; the id when left out')),
  transport: z
    .enum(['serial', 'rtu_over_tcp', 'tcp'])
    .default('serial')
    .meta(
      about('传输', 'serial: a serial port; rtu_over_tcp: a serial server that passes bytes through; tcp: Modbus TCP'),
    ),
  path: devicePath
    .optional()
    .meta(about('串口', 'the serial device (serial only); names under /dev/serial/by-id survive replugging')),
  host: z
    .string()
    .max(hostMaxChars)
    .regex(/^[A-Za-z0-9.:-]+$/, { error: wanted.host.en, abort: true })
    .refine(isHost, wanted.host.en)
    .optional()
    .meta(about('主机', 'host name or IP address (rtu_over_tcp and tcp only)')),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .meta(about('端口', 'TCP port; 502 when left out with tcp, required with rtu_over_tcp', 'number')),
  in_flight: z
    .number()
    .int()
    .min(1)
    .max(8)
    .optional()
    .meta(about('并发', 'requests under way at once (tcp only); 1 when left out', 'number')),
  baud: z
    .literal([1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200])
    .optional()
    .meta(about('波特率', 'speed of the line; 9600 when left out. With tcp: only for a serial gateway', 'bit/s')),
  parity: z.enum(['none', 'even', 'odd']).optional().meta(about('校验', 'parity bit; none when left out')),
  data_bits: z
    .literal([7, 8])
    .optional()
    .meta(about('数据位', 'data bits; 8 when left out, and Modbus RTU needs 8', 'bit')),
  stop_bits: z
    .literal([1, 2])
    .optional()
    .meta(about('停止位', 'stop bits; 1 when left out', 'bit')),
  timeout_ms: z
    .number()
    .int()
    .min(10)
    .max(5000)
    .default(200)
    .meta(
      about('超时', "from the request's last byte to the reply's first byte; the reply's wire time is added", 'ms'),
    ),
  quarantine_ms: z
    .number()
    .int()
    .min(0)
    .max(5000)
    .default(100)
    .meta(about('隔离', 'quiet after a time-out, in which late bytes are dropped', 'ms')),
  fire_deadline_ms: z
    .number()
    .int()
    .min(500)
    .max(10_000)
    .default(2000)
    .meta(about('火警时限', 'a fire point must be seen within; a line that can not is refused', 'ms')),
  rs485: rs485Schema
    .optional()
    .meta(about('收发切换', 'for a transceiver that does not switch by itself (serial only)')),
});

export const zoneSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the zone')),
  name: words.optional().meta(about('名称', 'what people call it; the id when left out')),
  code: externalCode
    .optional()
    .meta(about('平台编码', "the building's code at the district platform; told in every report")),
});

export const inputSchema = z.strictObject({
  device: idText.optional().meta(about('模块', 'the unit with inputs that the contact is wired to')),
  channel: channelNumber.optional().meta(about('通道', 'its input, counted from 1 as printed', 'number')),
  gpio: pinNumber.optional().meta(about('引脚', "instead of device: the chip's own pin number (GPIO4 is 4)", 'number')),
  closed_level: z
    .enum(['low', 'high'])
    .optional()
    .meta(about('闭合电平', 'level of the pin while the contact is closed; low (contact to ground) when left out')),
});

export const objectSchema = z.strictObject({
  address: z.string().min(1).max(40).meta(about('部位号', 'as the panel writes it, in quotes, e.g. "1-1-2"')),
  id: idText.meta(about('编号', "id of its point: the device's id and this one")),
  name: words.optional().meta(about('名称', "what people call it; the panel's name and the address when left out")),
  zone: idText.optional().meta(about('防区', "the zone it watches; the panel's when left out")),
  place: words.optional().meta(about('位置', "where it hangs; the panel's place when left out")),
  code: externalCode.optional().meta(about('平台编码', 'its code at the district platform')),
});

const date = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, wanted.date.en);

/** Papers differ from batch to batch, and most are silent: the label decides. */
const upkeepSchema = z.strictObject({
  calibrate_months: calibrateMonths.optional().meta(about('校准周期', 'calibrate so often', 'month')),
  replace_years: replaceYears.optional().meta(about('更换年限', 'replace so long after installed', 'year')),
  calibrated: date.optional().meta(about('校准日期', 'the day of its last calibration; installed when left out')),
});

export const deviceSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the device')),
  profile: idText.meta(about('型号文件', 'file name in config/profiles without .yaml')),
  name: words.optional().meta(about('名称', "what people call it; the profile's name and the id when left out")),
  line: idText.optional().meta(about('线路', 'the line it is on (units only)')),
  unit: z
    .number()
    .int()
    .min(0)
    .max(255)
    .optional()
    .meta(about('地址', 'its address on the line: 1 to 247; with transport tcp 0 to 255', 'number')),
  variant: idText
    .optional()
    .meta(about('变体', "which firmware or hardware of the model; the profile's first one when left out")),
  options: z
    .record(z.string().max(40), z.union([z.number(), z.string().max(40), z.boolean()]))
    .default({})
    .meta(about('选项', 'facts of this one box (its label, its mounting) that the profile asks for')),
  limits: z
    .record(z.string().max(40), limitsSchema)
    .default({})
    .meta(about('报警值', 'when a number is in alarm, by the key of the point; each replaces what the profile says')),
  input: inputSchema.optional().meta(about('输入', 'where a dry contact or an analog sensor is wired to')),
  contact: z
    .enum(['normally_open', 'normally_closed'])
    .optional()
    .meta(about('触点', "contact while all is well (dry contacts only); the profile's usual one when left out")),
  excludes: idText
    .optional()
    .meta(about('互斥', 'another contact on the same module that can never be active together with this one')),
  objects: z
    .array(objectSchema)
    .max(1000)
    .default([])
    .meta(about('部位', 'single detectors behind a fire panel that get points of their own')),
  zone: idText.optional().meta(about('防区', 'the zone it watches')),
  place: words.optional().meta(about('位置', 'where it hangs, for those who run there')),
  allow_draft: z
    .boolean()
    .default(false)
    .meta(about('允许草稿', 'accept a profile that was never proven on a real unit')),
  code: externalCode.optional().meta(about('平台编码', 'its code at the district platform; told in every report')),
  sampling: z
    .record(z.string().max(40), samplingSchema)
    .default({})
    .meta(about('采样', 'how points are sampled for the district, by the key of the point')),
  installed: date.optional().meta(about('安装日期', 'the day from which its upkeep counts, e.g. 2024-05-01')),
  upkeep: upkeepSchema
    .optional()
    .meta(about('维护', 'when it wants to be looked after; each key replaces the one of its profile')),
});

export const boxSchema = z.strictObject({
  limits: z
    .record(z.string().max(40), limitsSchema)
    .default({})
    .meta(
      about(
        '报警值',
        'temperature (°C), disk_free (%), battery_voltage (V), battery_charge (%), battery_cell (V), loop_delay (ms), commit (ms); ' +
          'each replaces the one built in',
        'the box',
      ),
    ),
  ups: upsSchema
    .optional()
    .meta(about('UPS 板', 'a UPS board on I2C; left out: only what the kernel itself tells about mains and battery')),
});

/** Ways to the box's own pins. */
export const pinDrivers = ['auto', 'sysfs', 'chip', 'simulated'] as const;
export type PinDriver = (typeof pinDrivers)[number];

export const siteSchema = z.strictObject({
  version: z.literal(1).meta(about('版本', 'version of this file format', 'number')),
  site: z
    .strictObject({
      id: idText.meta(about('编号', 'id of the site, part of every topic and report')),
      district: idText.meta(about('区县', 'id of the district that listens')),
      name: words.meta(about('名称', 'what people call the site')),
      code: externalCode
        .optional()
        .meta(about('平台编码', "the site's code at the district platform; told in every report")),
    })
    .meta(about('站点', 'which site this is')),
  data_dir: filePath.default('./data').meta(about('数据目录', 'directory of the journal; relative to the site file')),
  daily_report_at: clockTime.optional().meta(about('日报时间', 'local time of the daily entry; none when left out')),
  lines: z.array(lineSchema).max(64).default([]).meta(about('线路', 'serial lines and network connections')),
  zones: z.array(zoneSchema).max(64).default([]).meta(about('防区', 'parts of the site that sound together')),
  devices: z
    .array(deviceSchema)
    .min(1)
    .max(1100)
    .meta(about('设备', 'units and panels on lines, dry contacts, analog sensors')),
  outputs: z
    .array(outputSchema)
    .max(64)
    .default([])
    .meta(about('输出', 'sirens, strobes, lamps, amplifiers, heartbeats')),
  plans: z.array(planSchema).max(64).default([]).meta(about('预案', 'who hears what when')),
  speakers: z.array(speakerSchema).max(16).default([]).meta(about('喇叭', 'loudspeakers, each with what plays on it')),
  messages: z.array(messageSchema).max(64).default([]).meta(about('语音', 'what can be said')),
  programme: z
    .array(programmeSchema)
    .max(64)
    .default([])
    .meta(about('定时广播', 'what is said day by day when nothing is the matter')),
  quiet_hours: quietHoursSchema
    .optional()
    .meta(about('静默时段', 'no announcement of the programme begins in this part of the day')),
  cadences: cadencesSchema
    .optional()
    .meta(about('鸣响方式', 'how sirens and voice take turns; each key replaces the one built in')),
  drill: drillSchema
    .optional()
    .meta(about('演练', 'fire drills; somebody is reminded of the next one only when this stands here')),
  siren_test: sirenTestSchema
    .optional()
    .meta(about('警铃试鸣', 'sirens sound shortly once a week; left out: they are not tested by themselves')),
  walk_test: walkTestSchema.optional().meta(about('走测', 'what is heard while every detector is tried')),
  panel: panelSchema.optional().meta(about('值班面板', 'the page for people on duty; none when left out')),
  households: z
    .array(householdSchema)
    .max(500)
    .default([])
    .meta(about('帮扶户', 'households with special care; personal data, told to nobody outside')),
  uplinks: z.array(uplinkSchema).max(8).default([]).meta(about('上联', 'centres that are told')),
  command_keys: z
    .array(commandKeySchema)
    .max(16)
    .default([])
    .meta(about('指令密钥', 'who may order something from outside; nobody when left out')),
  journal: journalSchema.optional().meta(about('记录', 'how much is kept on the box, and for how long')),
  telemetry: telemetrySchema.optional().meta(about('采样', 'samples of all points for the district')),
  gpio: z
    .strictObject({
      driver: z
        .enum(pinDrivers)
        .default('auto')
        .meta(
          about(
            '驱动',
            'sysfs: outputs keep their level when the program ends; chip: the character device, outputs are let go; auto: sysfs ' +
              'where it is there, else chip (inputs only); simulated in the demo and in tests',
          ),
        ),
    })
    .optional()
    .meta(about('引脚', 'how pins are reached; needed when a pin is used')),
  box: boxSchema.optional().meta(about('网关本机', 'what the box is watched for beside its devices')),
});

export type WordsYaml = z.infer<typeof words>;
export type LineYaml = z.infer<typeof lineSchema>;
export type ZoneYaml = z.infer<typeof zoneSchema>;
export type ObjectYaml = z.infer<typeof objectSchema>;
export type InputYaml = z.infer<typeof inputSchema>;
export type DeviceYaml = z.infer<typeof deviceSchema>;
export type BoxYaml = z.infer<typeof boxSchema>;
export type SiteYaml = z.infer<typeof siteSchema>;
