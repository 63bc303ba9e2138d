/** What travels between a gateway and its district, as an AsyncAPI 3.0 document. The schemas are those that the code checks with. */
import { stringify } from 'yaml';
import { z } from 'zod';
import * as examples from './asyncapi-examples.js';
import { commandSchema, resultSchema } from './messages/command.js';
import { receiptSchema } from './messages/receipt.js';
import { reportSchema } from './messages/report.js';
import { statusSchema } from './messages/status.js';
import { senmlPackSchema } from './messages/telemetry.js';
import { envelopePurposes, envelopeSchema } from './signed-envelope.js';

type Json = Readonly<Record<string, unknown>>;

/** Every kind of payload; `command` and `receipt` are inside an envelope. */
export const messageSchemas = {
  status: statusSchema,
  report: reportSchema,
  telemetry: senmlPackSchema,
  envelope: envelopeSchema,
  command: commandSchema,
  result: resultSchema,
  receipt: receiptSchema,
} as const satisfies Record<string, z.ZodType>;
export type SchemaName = keyof typeof messageSchemas;

interface Message {
  readonly title: string;
  readonly summary: string;
  readonly contentType: string;
  readonly schema: SchemaName;
  /** What the text in the envelope is. */
  readonly signed?: SchemaName;
  readonly examples: readonly { readonly name: string; readonly summary: string; readonly payload: unknown }[];
}

export const messages = {
  status: {
    title: '在线状态 / status',
    summary: 'Whether the gateway can be heard. `lost` is its last will.',
    contentType: 'application/json',
    schema: 'status',
    examples: [
      { name: 'online', summary: 'sent before any report of a connection', payload: examples.exampleOnline },
      { name: 'lost', summary: 'published by the broker when nobody said goodbye', payload: examples.exampleLost },
    ],
  },
  report: {
    title: '上报 / report',
    summary:
      'One entry of the journal as a CloudEvent 1.0. `id` names it for ever in its site; what comes twice is the same fact, also in another epoch.',
    contentType: 'application/cloudevents+json; charset=utf-8',
    schema: 'report',
    examples: [
      { name: 'fire', summary: 'a fire, durable on the box', payload: examples.exampleReport },
      {
        name: 'fireFromMemory',
        summary: 'the same while no disk answers; it comes again with its sequence',
        payload: examples.exampleReportFromMemory,
      },
    ],
  },
  telemetry: {
    title: '监测数据 / measurements',
    summary: 'Samples of at most a minute as SenML (RFC 8428): JSON, or CBOR where the site file says so.',
    contentType: 'application/senml+json',
    schema: 'telemetry',
    examples: [{ name: 'pack', summary: 'three samples', payload: examples.exampleTelemetry }],
  },
  command: {
    title: '命令 / command',
    summary: 'An order of the district, signed. Once only by its id, good for at most 24 hours.',
    contentType: 'application/json',
    schema: 'envelope',
    signed: 'command',
    examples: [{ name: 'broadcast', summary: 'words on the loudspeakers', payload: examples.exampleCommandEnvelope }],
  },
  result: {
    title: '命令结果 / result',
    summary: 'What became of a command: accepted or refused, then done, failed or expired.',
    contentType: 'application/json',
    schema: 'result',
    examples: [{ name: 'accepted', summary: 'it is durable and will be done', payload: examples.exampleResult }],
  },
  receipt: {
    title: '回执 / receipt',
    summary: 'Up to where the district has kept what it was told. Unsigned: `keyId` and `signature` are null.',
    contentType: 'application/json',
    schema: 'envelope',
    signed: 'receipt',
    examples: [{ name: 'kept', summary: 'in two lanes', payload: examples.exampleReceiptEnvelope }],
  },
} as const satisfies Record<string, Message>;
export type MessageName = keyof typeof messages;

interface Channel {
  readonly address: string;
  readonly description: string;
  readonly message: MessageName;
  /** As the gateway sees it. */
  readonly action: 'send' | 'receive';
  readonly isRetained?: true;
  readonly extraParameter?: string;
}

const root = 'gengfu/v1/{district}/{site}';

export const channels = {
  status: {
    address: `${root}/status`,
    description: 'Retained: whoever subscribes hears at once how it is.',
    message: 'status',
    action: 'send',
    isRetained: true,
  },
  report: {
    address: `${root}/report/{class}`,
    description:
      'Reports by alarm class; `operation` is what has none: acknowledge, silence, reset, outputs, the gateway itself.',
    message: 'report',
    action: 'send',
    extraParameter: 'class',
  },
  telemetry: { address: `${root}/telemetry`, description: 'Measurements.', message: 'telemetry', action: 'send' },
  command: {
    address: `${root}/command`,
    description: 'Orders of the district.',
    message: 'command',
    action: 'receive',
  },
  result: { address: `${root}/result`, description: 'Answers to orders.', message: 'result', action: 'send' },
  receipt: {
    address: `${root}/receipt`,
    description: 'What the district has kept.',
    message: 'receipt',
    action: 'receive',
  },
} as const satisfies Record<MessageName, Channel>;

const parameters = {
  district: { description: 'The district, as the site file names it: lower-case letters, digits and hyphens.' },
  site: { description: 'The site within it.' },
  class: { enum: ['fire', 'warning', 'supervisory', 'fault', 'technical', 'operation'], description: 'Alarm class.' },
} as const;

const description = [
  `Everything below \`${root}\`, seen from the gateway (\`send\`: the gateway publishes). QoS 1 throughout; nothing relies on`,
  'properties of MQTT 5. `sync/receiver/` is the reference consumer. Commands and receipts are envelopes: `payload` is a text, and',
  '`signature` is Ed25519 (RFC 8032) in base64 over',
  `${JSON.stringify(envelopePurposes.command)} or ${JSON.stringify(envelopePurposes.receipt)} followed by exactly that text in UTF-8.`,
  `The examples are signed with the test key of RFC 8032 §7.1, test 1 (public: ${examples.testPublicKey}).`,
].join(' ');

export function asyncApiDocument(): Json {
  return {
    asyncapi: '3.0.0',
    info: { title: '更夫 Gengfu', version: '1.0.0', description, license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/json',
    servers: {
      district: { host: 'broker.example:8883', protocol: 'secure-mqtt', description: 'The broker of the district.' },
    },
    channels: mapped(channels, (name, channel) => channelObject(name, channel)),
    operations: Object.fromEntries(
      Object.entries(channels).map(([name, channel]) => [operationName(name, channel), operationObject(name, channel)]),
    ),
    components: {
      parameters,
      messages: mapped(messages, (_name, message) => messageObject(message)),
      schemas: mapped(messageSchemas, (_name, schema) => jsonSchemaOf(schema)),
    },
  };
}

export function asyncApiText(): string {
  const head = '# Generated from the schemas of sync/messages/: npm run asyncapi\n';
  return head + stringify(asyncApiDocument(), { lineWidth: 120, aliasDuplicateObjects: false });
}

function channelObject(name: string, channel: Channel): Json {
  const used = ['district', 'site', ...(channel.extraParameter === undefined ? [] : [channel.extraParameter])];
  return {
    address: channel.address,
    description: channel.description,
    messages: { [channel.message]: { $ref: `#/components/messages/${channel.message}` } },
    parameters: Object.fromEntries(used.map((each) => [each, { $ref: `#/components/parameters/${each}` }])),
    ...(name === channel.message ? {} : { title: name }),
  };
}

function operationName(name: string, { action }: Channel): string {
  return `${action}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function operationObject(name: string, channel: Channel): Json {
  const of = (channelName: string, message: string) => ({ $ref: `#/channels/${channelName}/messages/${message}` });
  return {
    action: channel.action,
    channel: { $ref: `#/channels/${name}` },
    messages: [of(name, channel.message)],
    bindings: { mqtt: { qos: 1, retain: channel.isRetained === true, bindingVersion: '0.2.0' } },
    ...(name === 'command'
      ? { reply: { channel: { $ref: '#/channels/result' }, messages: [of('result', 'result')] } }
      : {}),
  };
}

function messageObject(message: Message): Json {
  const { title, summary, contentType, schema, signed, examples: given } = message;
  return {
    title,
    summary,
    contentType,
    payload: { $ref: `#/components/schemas/${schema}` },
    ...(signed === undefined ? {} : { 'x-envelope-payload': { $ref: `#/components/schemas/${signed}` } }),
    examples: given,
  };
}

/** Draft 7 is what AsyncAPI's own Schema Object is. */
function jsonSchemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return rest;
}

function mapped<T>(from: Readonly<Record<string, T>>, make: (name: string, value: T) => Json): Json {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, make(name, value)]));
}
