/**
 * By what `gengfu find` may know a model: registers to read, and what must stand there. Almost no device tells what it is, so
 * most of it is a suggestion (`weak`) that a person confirms.
 */
import { z } from 'zod';
import { u16 } from './profile-words.js';
import { about } from './schema-words.js';

/** Codes that one register can name speeds by. */
const codesMax = 16;

const span = z.tuple([z.number(), z.number()]);

const expectSchema = z.union([
  z.strictObject({
    range: span.meta(about('范围', 'lowest and highest raw value of each register or bit', 'number')),
  }),
  z.strictObject({
    set: z
      .array(u16)
      .min(1)
      .max(32)
      .meta(about('可取值', 'raw values, one of which each register or bit has', 'number')),
  }),
  z.strictObject({
    mask: u16.meta(about('掩码', 'bits that count, in each register', 'number')),
    equals: z
      .array(u16)
      .min(1)
      .max(16)
      .meta(about('等于', 'what they are: one of these', 'number')),
  }),
  z.strictObject({
    text: z.string().min(2).max(32).meta(about('文字', 'ASCII text in the registers, high byte first')),
  }),
  z.strictObject({
    f32: span.meta(about('浮点范围', 'each two registers are a float, high word first, from … to …', 'number')),
  }),
  z.strictObject({ own: z.literal('address').meta(about('自身', 'the address that the unit answers to')) }),
  z.strictObject({
    own: z.literal('baud').meta(about('自身', 'the speed that the unit answers at')),
    codes: z
      .array(
        z.strictObject({
          raw: u16.meta(about('代码', 'what stands there', 'number')),
          baud: z
            .number()
            .int()
            .min(1200)
            .max(115_200)
            .meta(about('波特率', 'what it means', 'bit/s')),
        }),
      )
      .min(1)
      .max(codesMax)
      .meta(about('代码表', 'code → speed')),
  }),
]);

export const probeSchema = z.strictObject({
  table: z.enum(['coil', 'discrete', 'input', 'holding']).meta(about('表', 'Modbus table')),
  addr: u16.meta(about('地址', 'wire address of the first one', 'number')),
  count: z
    .number()
    .int()
    .min(1)
    .max(32)
    .default(1)
    .meta(about('个数', 'how many are read', 'number')),
  expect: expectSchema.meta(about('期望', 'what must stand there')),
  optional: z
    .boolean()
    .default(false)
    .meta(about('可无', 'a refusal or no answer says nothing; a wrong value still does')),
});

const strengthSchema = z.enum(['none', 'weak', 'strong']);

export const identifySchema = z.union([
  strengthSchema,
  z.strictObject({
    strength: z
      .enum(['weak', 'strong'])
      .meta(about('强度', 'weak: a suggestion, a person confirms; strong: no other device answers so')),
    probes: z.array(probeSchema).min(1).max(8).meta(about('探测', 'what is read; all of it must fit')),
  }),
]);

export type ProbeYaml = z.infer<typeof probeSchema>;
export type ProbeExpectation = ProbeYaml['expect'];
export type IdentifyYaml = z.infer<typeof identifySchema>;

/** An address that any unit of the model answers to, for reads, beside its own; only with one unit on the line. */
export const universalAddressSchema = z.strictObject({
  address: z
    .number()
    .int()
    .min(1)
    .max(255)
    .meta(about('地址', 'the address that any unit answers to', 'number')),
  table: z.enum(['input', 'holding']).meta(about('表', 'Modbus table of the register that is asked for')),
  addr: u16.meta(about('寄存器', 'wire address of a register that every such unit has', 'number')),
  tells: z
    .enum(['address', 'presence'])
    .default('presence')
    .meta(about('含义', "address: the register holds the unit's own address")),
});
