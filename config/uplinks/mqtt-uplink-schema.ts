/** A broker of MQTT. */
import { z } from 'zod';
import { wanted } from '../schema-messages.js';
import { about } from '../schema-words.js';
import { uplinkId, uplinkPace, uplinkSignIn, uplinkTell } from './every-uplink.js';

/** Shapes of messages that are built in: our own, and what two common platforms take. */
export const messageFormats = ['gengfu', 'thingsboard', 'onenet'] as const;
export type MessageFormat = (typeof messageFormats)[number];

const template = z.strictObject({
  topic: z.string().min(1).max(300).meta(about('主题', 'where it is published; {{…}} is filled in')),
  payload: z.string().min(1).max(8000).meta(about('内容', 'text with {{…}}, filled in as JSON values')),
});

export const mqttUplinkSchema = z.strictObject({
  id: uplinkId,
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
  ...uplinkSignIn,
  keepalive_s: z
    .number()
    .int()
    .min(20)
    .max(1200)
    .default(110)
    .meta(about('保活间隔', 'a sign of life on a silent link; each one costs data', 's')),
  tell: uplinkTell,
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
  pace_per_s: uplinkPace,
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

export type MqttUplinkYaml = z.infer<typeof mqttUplinkSchema>;
