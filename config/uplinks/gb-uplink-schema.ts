/** A centre that speaks GB/T 26875.3-2011. The standard leaves much open: what platforms made of it are presets, and each part can be set. */
import { z } from 'zod';
import { roles } from '../profile-words.js';
import { wanted } from '../schema-messages.js';
import { about, filePath } from '../schema-words.js';
import { uplinkId, uplinkPace, uplinkTell } from './every-uplink.js';

/** Conventions of platforms and panels; `standard` adds nothing to the standard. */
export const gbPresets = ['standard', 'heartbeat', 'login', 'haikang', 'dahua', 'sanjiang', 'fuan', 'nb_iot'] as const;
export type GbPreset = (typeof gbPresets)[number];

const byte = z.number().int().min(0).max(255);
const word = z.number().int().min(0).max(65_535);
const address = z.string().regex(/^[0-9A-Fa-f]{12}$/, wanted.code.en);

export const gbUplinkSchema = z.strictObject({
  id: uplinkId,
  kind: z.literal('gb26875').meta(about('方式', 'GB/T 26875.3-2011 over TCP')),
  host: z.string().min(1).max(253).meta(about('主机', 'name or address of the centre')),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .meta(about('端口', 'its TCP port; the standard names none', 'number')),
  preset: z
    .enum(gbPresets)
    .default('standard')
    .meta(about('约定', 'what the platform made of the standard; each key below replaces a part of it')),
  address: address.meta(about('本机地址', 'source address: 12 hex digits in the order on the wire')),
  centre_address: address
    .default('000000000000')
    .meta(about('中心地址', 'destination address: 12 hex digits in the order on the wire')),
  time_coding: z.enum(['binary', 'bcd']).optional().meta(about('时间编码', 'of time tags; binary is the standard')),
  serial_order: z.enum(['little', 'big']).optional().meta(about('流水号字节序', 'little is the standard')),
  version: z
    .tuple([
      byte.meta(about('主版本号', '1 is the standard', 'number')),
      byte.meta(about('用户版本号', 'free', 'number')),
    ])
    .optional()
    .meta(about('协议版本', 'main and user version')),
  component_layout: z
    .enum(['zone_point', 'point_zone', 'number'])
    .optional()
    .meta(
      about(
        '部件地址布局',
        'four bytes: zone and point as two words, the other way round, or one number; all low byte first',
      ),
    ),
  fire_state: z
    .union([z.literal(2), z.literal(3)])
    .optional()
    .meta(about('火警状态字', '3: in normal operation and fire; 2: fire alone, as most devices send', 'number')),
  heartbeat: z
    .enum(['none', 'empty', 'sanjiang', 'fuan'])
    .optional()
    .meta(about('心跳', 'form of the sign of life; the standard has none')),
  heartbeat_s: z
    .number()
    .int()
    .min(5)
    .max(600)
    .optional()
    .meta(about('心跳间隔', 'a sign of life so often', 's')),
  handshake: z
    .enum(['none', 'sanjiang', 'login'])
    .optional()
    .meta(about('握手', 'what has to be answered before reports go')),
  username: z.string().min(1).max(64).optional().meta(about('账号', 'for handshake: login')),
  password_file: filePath.optional().meta(about('密码文件', 'file that holds the password of handshake: login')),
  timeout_s: z
    .number()
    .int()
    .min(1)
    .max(60)
    .default(10)
    .meta(about('应答时限', 'a confirmation is awaited so long (6.2: no more than 10 s)', 's')),
  resends: z
    .number()
    .int()
    .min(0)
    .max(10)
    .default(3)
    .meta(about('重发次数', '6.2: 3 are advised', 'number')),
  outstanding_max: z
    .number()
    .int()
    .min(1)
    .max(16)
    .default(1)
    .meta(about('同时未确认', 'exchanges that may be under way at once', 'number')),
  read_unknown: z
    .enum(['deny', 'empty'])
    .default('deny')
    .meta(about('读不存在的部件', 'what a read is answered that matches nothing; the standard does not say')),
  duty_checks: z.boolean().default(true).meta(about('接受查岗', 'the centre may ask who is on duty (type 91)')),
  may_set_clock: z
    .boolean()
    .default(false)
    .meta(about('接受校时', 'its clock counts as a time source (type 90), within the limits of the clock')),
  may_initialise: z
    .boolean()
    .default(false)
    .meta(about('接受初始化', 'type 89 makes us tell all states anew; it never deletes or resets anything')),
  analog: z.boolean().default(true).meta(about('模拟量', 'measurements as type 3')),
  tell: uplinkTell,
  pace_per_s: uplinkPace,
  roles: z
    .array(
      z.strictObject({
        role: z.enum(roles).meta(about('角色', 'of a point')),
        system: byte.optional().meta(about('系统类型', 'Table 4; 128 to 255 are free', 'number')),
        component: byte.optional().meta(about('部件类型', 'Table 5; 128 to 255 are free', 'number')),
        analog: byte.optional().meta(about('模拟量类型', 'Table 6; 128 to 255 are free', 'number')),
        step: z
          .number()
          .min(0.000001)
          .max(1_000_000)
          .optional()
          .meta(about('模拟量单位', 'one count in the unit of the point; for analog from 128 on', 'unit of the point')),
      }),
    )
    .max(128)
    .default([])
    .meta(about('角色映射', 'replaces rows of the built-in table; `gengfu explain gb26875` prints it')),
  points: z
    .array(
      z.strictObject({
        point: z.string().min(1).max(140).meta(about('点', 'id of a point, or of a device for all of its points')),
        system_address: byte.optional().meta(about('系统地址', 'of the system it belongs to', 'number')),
        zone: word.optional().meta(about('区号', 'first word of the component address', 'number')),
        number: word.optional().meta(about('点号', 'second word of the component address', 'number')),
      }),
    )
    .max(2000)
    .default([])
    .meta(about('部件地址', 'where the numbering by zone and order in the file does not fit the platform')),
});

export type GbUplinkYaml = z.infer<typeof gbUplinkSchema>;
