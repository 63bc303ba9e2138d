/** What the site file says of its centres, and of who may order something from there. */
import { z } from 'zod';
import { wanted } from './schema-messages.js';
import { about, filePath, idText } from './schema-words.js';
import { alarmClasses } from './vocabulary.js';
import { isWeakKey } from './weak-key.js';

/** A code that a platform gave to a site, a building or a device. */
export const externalCode = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, wanted.code.en);

const publicKey = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, { error: wanted.publicKey.en, abort: true })
  .refine((text) => !isWeakKey(text), wanted.strongKey.en);

/** Shapes of messages that are built in: our own, and what two common platforms take. */
export const messageFormats = ['gengfu', 'thingsboard', 'onenet'] as const;
export type MessageFormat = (typeof messageFormats)[number];

/** What a key of the district may order. */
export const commandRights = [
  'silence',
  'reset',
  'test',
  'broadcast',
  'duty_check',
  'read',
  'shelve',
  'time',
  'config',
  'receipt',
] as const;
export type CommandRight = (typeof commandRights)[number];

const template = z.strictObject({
  topic: z.string().min(1).max(300).meta(about('主题', 'where it is published; {{…}} is filled in')),
  payload: z.string().min(1).max(8000).meta(about('内容', 'text with {{…}}, filled in as JSON values')),
});

const tellSchema = z.strictObject({
  classes: z
    .array(z.enum(alarmClasses))
    .min(1)
    .optional()
    .meta(about('类别', 'only alarms of these classes, and what belongs to them; all when left out')),
  zones: z
    .array(idText)
    .min(1)
    .max(64)
    .optional()
    .meta(about('防区', 'only these zones, and what has none; all when left out')),
  kinds: z
    .array(z.string().regex(/^[a-z_]+(?:\.[a-z_]+)?$/, wanted.kind.en))
    .min(1)
    .max(64)
    .optional()
    .meta(
      about('种类', 'only these kinds of entries: `alarm` for all of `alarm.…`, or `alarm.raised`; all when left out'),
    ),
  private: z
    .boolean()
    .default(false)
    .meta(
      about(
        '个人信息',
        'also tells who ordered or noted something by name; only where the centre has the right to know',
      ),
    ),
});

export const uplinkSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the uplink')),
  kind: z.literal('mqtt').meta(about('方式', 'how reports travel')),
  url: z
    .string()
    .max(300)
    .regex(
      /^(?:mqtts?:\/\/(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?\/?|wss?:\/\/(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~/-]*)?)$/,
      wanted.url.en,
    )
    .meta(about('地址', 'mqtt://host:port, ws://host:port/path (websocket), or mqtts:// and wss:// with TLS')),
  mqtt_version: z.literal([5, '5', '3.1.1']).default(5).meta(about('协议版本', '3.1.1 for older platforms')),
  client_id: z
    .string()
    .regex(/^[A-Za-z0-9._:&|,=-]{1,128}$/, wanted.clientId.en)
    .optional()
    .meta(about('客户端标识', 'where the platform prescribes it; made of district, site and uplink when left out')),
  username: z.string().min(1).max(200).optional().meta(about('账号', 'name to sign in with')),
  password_file: filePath.optional().meta(about('密码文件', 'file that holds the password; never in the site file')),
  ca_file: filePath
    .optional()
    .meta(about('CA 证书', "certificate that signs the broker's; the system's when left out")),
  cert_file: filePath.optional().meta(about('客户端证书', 'own certificate; together with key_file')),
  key_file: filePath.optional().meta(about('客户端私钥', 'own key; together with cert_file')),
  keepalive_s: z
    .number()
    .int()
    .min(20)
    .max(1200)
    .default(110)
    .meta(about('保活间隔', 'a sign of life on a silent link; each one costs data', 's')),
  tell: tellSchema.optional().meta(about('上报范围', 'what this centre is told; everything when left out')),
  format: z
    .enum(messageFormats)
    .default('gengfu')
    .meta(about('报文格式', 'gengfu: CloudEvents and SenML; thingsboard and onenet: as these platforms take them')),
  templates: z
    .strictObject({
      report: template.optional().meta(about('报警报文', 'for each entry')),
      telemetry: template.optional().meta(about('数据报文', 'for each pack of samples')),
      status: template.optional().meta(about('在线报文', 'when the link comes up and goes')),
    })
    .optional()
    .meta(about('报文模板', 'topics and payloads of a platform that has its own; each replaces the one of the format')),
  telemetry: z
    .enum(['json', 'cbor', 'none'])
    .default('json')
    .meta(about('遥测', 'SenML as JSON or CBOR; none: this centre gets no measurements')),
  pace_per_s: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(50)
    .meta(about('补报速率', 'messages of a backlog in a second; a fire never waits for it', 'message/s')),
  data_budget_mb: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta(
      about(
        '流量预算',
        'of the SIM in a month: measurements rest when it is nearly used up; no limit when left out',
        'MB',
      ),
    ),
  receipts: z
    .enum(['none', 'unsigned', 'signed'])
    .default('none')
    .meta(
      about('回执', 'what counts as kept: none: the broker has it; otherwise the district says that it has kept it'),
    ),
  receipt_within_h: z
    .number()
    .int()
    .min(1)
    .max(720)
    .default(24)
    .meta(about('回执时限', 'a fault says so when what was carried is not receipted for so long', 'h')),
  commands: z
    .boolean()
    .default(false)
    .meta(about('接受指令', 'orders signed by one of command_keys may come this way')),
});

/** Who may order something from outside. Public keys are no secret. */
export const commandKeySchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the key; every order names it')),
  public_key: publicKey.meta(about('公钥', 'Ed25519, 32 bytes in base64, as `gengfu command keygen` prints it')),
  rights: z.array(z.enum(commandRights)).min(1).meta(about('权限', 'what it may order')),
  zones: z.array(idText).min(1).max(64).optional().meta(about('防区', 'only there; everywhere when left out')),
  not_after: z
    .string()
    .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, wanted.date.en)
    .meta(about('有效期至', 'the last day it is good for (UTC)')),
});

export type UplinkYaml = z.infer<typeof uplinkSchema>;
export type CommandKeyYaml = z.infer<typeof commandKeySchema>;
