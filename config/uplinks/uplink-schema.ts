/** What the site file says of its centres, and of who may order something from there. */
import { z } from 'zod';
import { wanted } from '../schema-messages.js';
import { about, idText } from '../schema-words.js';
import { isWeakKey } from '../weak-key.js';
import { gbUplinkSchema } from './gb-uplink-schema.js';
import { httpUplinkSchema } from './http-uplink-schema.js';
import { mqttUplinkSchema } from './mqtt-uplink-schema.js';
import { smsUplinkSchema } from './sms-uplink-schema.js';

/** A code that a platform gave to a site, a building or a device. */
export const externalCode = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, wanted.code.en);

const publicKey = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, { error: wanted.publicKey.en, abort: true })
  .refine((text) => !isWeakKey(text), wanted.strongKey.en);

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

/** How reports travel. */
export const uplinkSchema = z.discriminatedUnion('kind', [
  mqttUplinkSchema,
  gbUplinkSchema,
  httpUplinkSchema,
  smsUplinkSchema,
]);

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
