/** JSON Schemas (draft 2020-12) for editors: keys and values are shown and checked while a file is being written. */
import { z } from 'zod';
import { contactProfileSchema, modbusProfileSchema, signalProfileSchema } from './profile-schema.js';
import { siteSchema } from './site-schema.js';
import { streamProfileSchema } from './stream-profile-schema.js';
const profileSchema = z.union([modbusProfileSchema, contactProfileSchema, signalProfileSchema, streamProfileSchema]);
/** What can be described, with the file that it is written to and the words at its head. */
export const jsonSchemas = {
    site: {
        file: 'gengfu-site.schema.json',
        title: '更夫站点文件 · Gengfu site file',
        description: 'What two keys must say together is checked by `gengfu check` only.',
        schema: siteSchema,
    },
    profile: {
        file: 'gengfu-profile.schema.json',
        title: '更夫设备型号文件 · Gengfu device profile',
        description: 'One of four kinds, by link.kind. What two keys must say together is checked when the file is loaded.',
        schema: profileSchema,
    },
};
/** The schema of what may be written: keys with a default may be left out. */
export function jsonSchemaText(name) {
    const { title, description, schema } = jsonSchemas[name];
    const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
    return `${JSON.stringify({ $schema, title, description, ...rest }, null, 2)}\n`;
}
