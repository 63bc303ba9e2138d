/**
 * How a model is given another address or another baud rate, as its paper says. A recipe is followed with a person beside the unit
 * (`gengfu address`, `gengfu baud`), never by the gateway itself.
 */
import { z } from 'zod';
import { bothWords, delayMs, u16 } from './profile-words.js';
import { about } from './schema-words.js';

const writeSchema = z.strictObject({
  table: z.literal('holding').meta(about('表', 'Modbus table')),
  addr: u16.meta(about('地址', 'wire address', 'number')),
  value: z
    .union([u16, z.literal('new')])
    .meta(about('值', 'what is written; new: the new address, or the code of the new baud rate')),
  fc: z.literal([6, 16]).meta(about('功能码', 'the function that this device takes', 'number')),
});

const stepSchema = z.union([
  z.strictObject({ write: writeSchema.meta(about('写', 'one write')) }),
  z.strictObject({ wait_ms: delayMs.meta(about('等待', 'pause', 'ms')) }),
]);

const common = {
  steps: z.array(stepSchema).min(1).max(8).meta(about('步骤', 'in this order, to where the unit is now')),
  confirm_at: z
    .enum(['old', 'new'])
    .meta(about('应答处', 'whether the unit answers the last write as it was, or already as it will be')),
  save: writeSchema
    .optional()
    .meta(about('保存', 'keeps the change over a loss of supply; sent to the new address, or at the new rate')),
  alone_on_line: z.boolean().default(false).meta(about('单独在线', 'only with no other unit on the line')),
  power_cycle: z
    .enum(['no', 'sometimes', 'always'])
    .default('no')
    .meta(about('断电重启', 'whether the change counts only after the supply was off')),
};

const changeAddressSchema = z.strictObject({
  ...common,
  universal: z
    .strictObject({
      address: z
        .number()
        .int()
        .min(1)
        .max(255)
        .meta(about('通用地址', 'answered by any unit, whatever its own address', 'number')),
      addr: u16.meta(about('地址寄存器', 'holding register in which the own address is read', 'number')),
    })
    .optional()
    .meta(about('通用', 'how the address of a lone unit is asked for, when nobody knows it')),
});

const changeBaudSchema = z.strictObject({
  ...common,
  codes: z
    .record(z.string().regex(/^[0-9]{4,6}$/), u16)
    .meta(about('波特率代码', 'baud rate, bit/s → what is written for it')),
});

export const recipesSchema = z.strictObject({
  change_address: changeAddressSchema.optional().meta(about('改地址', 'how it is given another address')),
  change_baud: changeBaudSchema.optional().meta(about('改波特率', 'how it is given another baud rate')),
  by_hand: z
    .strictObject({
      address: bothWords.optional().meta(about('地址', 'what a person does at the unit for another address')),
      baud: bothWords.optional().meta(about('波特率', 'what a person does at the unit for another baud rate')),
    })
    .optional()
    .meta(about('手动', 'where no order changes it: switches, keys, a tool of the maker')),
});

export type RecipesYaml = z.infer<typeof recipesSchema>;
export type ChangeAddressYaml = z.infer<typeof changeAddressSchema>;
export type ChangeBaudYaml = z.infer<typeof changeBaudSchema>;
export type RecipeStepYaml = z.infer<typeof stepSchema>;
export type RecipeWriteYaml = z.infer<typeof writeSchema>;
