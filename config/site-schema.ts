/**
 * The site file (gateway.yaml), version 1. Strict: an unknown key is refused. What one key alone can tell is checked
 * here; what needs two of them is checked in checks/. The tables in README.md are generated from this file.
 */
import { z } from 'zod';
import { about, filePath, idText, words } from './schema-words.js';
import { alarmClasses } from './vocabulary.js';

export const lineSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the line')),
  name: words.optional().meta(about('名称', 'what people call it; the id when left out')),
  transport: z
    .literal('serial')
    .default('serial')
    .meta(about('传输', 'how the line is reached: a serial port with Modbus RTU')),
  path: filePath
    .regex(/^\//, 'an absolute path')
    .meta(about('串口', 'the serial device; names under /dev/serial/by-id survive replugging')),
  baud: z
    .literal([1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200])
    .default(9600)
    .meta(about('波特率', 'speed of the line', 'bit/s')),
  parity: z.enum(['none', 'even', 'odd']).default('none').meta(about('校验', 'parity bit')),
  data_bits: z
    .literal([7, 8])
    .default(8)
    .meta(about('数据位', 'data bits; Modbus RTU needs 8', 'bit')),
  stop_bits: z
    .literal([1, 2])
    .default(1)
    .meta(about('停止位', 'stop bits', 'bit')),
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
});

export const zoneSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the zone')),
  name: words.optional().meta(about('名称', 'what people call it; the id when left out')),
});

const pinNumber = z.number().int().min(0).max(511);
const channelNumber = z.number().int().min(1).max(64);

export const inputSchema = z.strictObject({
  device: idText.optional().meta(about('模块', 'the unit with inputs that the contact is wired to')),
  channel: channelNumber.optional().meta(about('通道', 'its input, counted from 1 as printed', 'number')),
  gpio: pinNumber.optional().meta(about('引脚', "instead of device: the chip's own pin number (GPIO4 is 4)", 'number')),
  closed_level: z
    .enum(['low', 'high'])
    .optional()
    .meta(about('闭合电平', 'level of the pin while the contact is closed; low (contact to ground) when left out')),
});

export const deviceSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the device')),
  profile: idText.meta(about('型号文件', 'file name in config/profiles without .yaml')),
  name: words.optional().meta(about('名称', "what people call it; the profile's name and the id when left out")),
  line: idText.optional().meta(about('线路', 'the line it is on (units only)')),
  unit: z
    .number()
    .int()
    .min(1)
    .max(247)
    .optional()
    .meta(about('地址', 'its address on the line', 'number')),
  input: inputSchema.optional().meta(about('输入', 'where a dry contact is wired to (dry contacts only)')),
  contact: z
    .enum(['normally_open', 'normally_closed'])
    .optional()
    .meta(about('触点', "contact while all is well (dry contacts only); the profile's usual one when left out")),
  zone: idText.optional().meta(about('防区', 'the zone it watches')),
  place: words.optional().meta(about('位置', 'where it hangs, for those who run there')),
  allow_draft: z
    .boolean()
    .default(false)
    .meta(about('允许草稿', 'accept a profile that was never proven on a real unit')),
});

export const outputSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the output')),
  name: words.optional().meta(about('名称', 'what people call it; the id when left out')),
  kind: z.enum(['siren', 'strobe', 'lamp']).meta(about('种类', 'what is switched')),
  zone: idText.optional().meta(about('防区', 'the zone where it is heard or seen')),
  relay: z
    .strictObject({
      device: idText.meta(about('模块', 'the relay unit')),
      channel: channelNumber.meta(about('通道', 'its relay, counted from 1 as printed', 'number')),
    })
    .optional()
    .meta(about('继电器', 'the relay that switches it; exactly one of relay and gpio')),
  gpio: z
    .strictObject({
      pin: pinNumber.meta(about('引脚', "the chip's own number (GPIO17 is 17)", 'number')),
      active_low: z.boolean().default(false).meta(about('低有效', 'on = low level')),
    })
    .optional()
    .meta(about('引脚', 'the pin that switches it; exactly one of relay and gpio')),
  on_control_lost: z
    .enum(['keep_sounding', 'go_quiet'])
    .meta(about('失控时', 'what a sounding output does when the gateway stops or loses it')),
});

export const planSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the response plan')),
  when: z
    .strictObject({
      class: z.enum(alarmClasses).meta(about('类别', 'class of the alarm')),
      zones: z
        .union([z.array(idText).min(1).max(64), z.literal('all')])
        .meta(about('防区', 'zones whose alarms count, or all')),
    })
    .meta(about('条件', 'which alarms start the plan')),
  sound: z.array(idText).min(1).max(64).meta(about('输出', 'outputs that sound at once')),
});

export const uplinkSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the uplink')),
  kind: z.literal('mqtt').meta(about('方式', 'how reports travel')),
  url: z
    .string()
    .max(300)
    .regex(
      /^mqtts?:\/\/(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?\/?$/,
      'mqtt://host:port or mqtts://host:port, without name and password',
    )
    .meta(about('地址', 'mqtt://host:port, or mqtts://host:port with TLS')),
  mqtt_version: z.literal([5, '5', '3.1.1']).default(5).meta(about('协议版本', '3.1.1 for older platforms')),
  username: z.string().min(1).max(200).optional().meta(about('账号', 'name to sign in with')),
  password_file: filePath.optional().meta(about('密码文件', 'file that holds the password; never in the site file')),
  ca_file: filePath
    .optional()
    .meta(about('CA 证书', "certificate that signs the broker's; the system's when left out")),
  cert_file: filePath.optional().meta(about('客户端证书', 'own certificate; together with key_file')),
  key_file: filePath.optional().meta(about('客户端私钥', 'own key; together with cert_file')),
});

export const siteSchema = z.strictObject({
  version: z.literal(1).meta(about('版本', 'version of this file format', 'number')),
  site: z
    .strictObject({
      id: idText.meta(about('编号', 'id of the site, part of every topic and report')),
      district: idText.meta(about('区县', 'id of the district that listens')),
      name: words.meta(about('名称', 'what people call the site')),
    })
    .meta(about('站点', 'which site this is')),
  data_dir: filePath.default('./data').meta(about('数据目录', 'directory of the journal; relative to the site file')),
  daily_report_at: z
    .string()
    .regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, 'HH:MM, 00:00 to 23:59, in quotes')
    .optional()
    .meta(about('日报时间', 'local time of the daily entry; none when left out')),
  lines: z.array(lineSchema).max(16).default([]).meta(about('线路', 'RS-485 lines')),
  zones: z.array(zoneSchema).max(64).default([]).meta(about('防区', 'parts of the site that sound together')),
  devices: z.array(deviceSchema).min(1).max(1000).meta(about('设备', 'units on lines, and dry contacts')),
  outputs: z.array(outputSchema).max(64).default([]).meta(about('输出', 'sirens, strobes, lamps')),
  plans: z.array(planSchema).max(64).default([]).meta(about('预案', 'who hears what when')),
  uplinks: z.array(uplinkSchema).max(8).default([]).meta(about('上联', 'centres that are told')),
  gpio: z
    .strictObject({
      driver: z.enum(['sysfs', 'simulated']).meta(about('驱动', 'sysfs on a box; simulated in the demo and in tests')),
    })
    .optional()
    .meta(about('引脚', 'how pins are reached; needed when a pin is used')),
});

export type WordsYaml = z.infer<typeof words>;
export type LineYaml = z.infer<typeof lineSchema>;
export type ZoneYaml = z.infer<typeof zoneSchema>;
export type InputYaml = z.infer<typeof inputSchema>;
export type DeviceYaml = z.infer<typeof deviceSchema>;
export type OutputYaml = z.infer<typeof outputSchema>;
export type PlanYaml = z.infer<typeof planSchema>;
export type UplinkYaml = z.infer<typeof uplinkSchema>;
export type SiteYaml = z.infer<typeof siteSchema>;
