/** What every profile says about its model, whatever it is connected by. */
import { z } from 'zod';
import { bothWords, evidenceSchema, lifetimeSchema, optionSchema } from './profile-words.js';
import { about, idText } from './schema-words.js';
export const profileHead = {
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
    lifetime: lifetimeSchema.optional().meta(about('寿命', 'when it wants to be calibrated and replaced')),
    options: z
        .array(optionSchema)
        .max(16)
        .default([])
        .meta(about('选项', 'facts about one box: its label, its mounting')),
};
