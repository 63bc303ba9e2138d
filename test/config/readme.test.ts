import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contactProfileSchema, modbusProfileSchema, signalProfileSchema } from '../../config/profile-schema.js';
import { describeSiteSchema } from '../../config/schema-doc.js';
import { type JsonSchema, jsonSchemaOf } from '../../config/schema-keys.js';
import { siteSchema } from '../../config/site-schema.js';
import { streamProfileSchema } from '../../config/stream-profile-schema.js';

/** Every key of a schema with its path, all the way down. */
function keysOf(schema: JsonSchema, path: string): (readonly [string, JsonSchema])[] {
  const own = Object.entries(schema.properties ?? {}).map(([key, inner]) => [`${path}.${key}`, inner] as const);
  const inside = [
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.items === undefined ? [] : [schema.items]),
  ];
  return [
    ...own,
    ...own.flatMap(([below, inner]) => keysOf(inner, below)),
    ...inside.flatMap((inner) => keysOf(inner, `${path}[]`)),
  ];
}

const keys = [
  ...keysOf(jsonSchemaOf(siteSchema), 'site file'),
  ...keysOf(jsonSchemaOf(modbusProfileSchema), 'modbus profile'),
  ...keysOf(jsonSchemaOf(contactProfileSchema), 'contact profile'),
  ...keysOf(jsonSchemaOf(signalProfileSchema), 'signal profile'),
  ...keysOf(jsonSchemaOf(streamProfileSchema), 'stream profile'),
];

describe('the documentation of the schemas', () => {
  it('README.md holds exactly the tables that the schema gives (UPDATE=1 writes them)', () => {
    if (process.env['UPDATE'] === '1') {
      const text = readFileSync('config/README.md', 'utf8');
      const from = text.indexOf('### The file itself');
      writeFileSync('config/README.md', `${text.slice(0, from)}${describeSiteSchema()}\n`);
    }
    expect(readFileSync('config/README.md', 'utf8')).toContain(`\n${describeSiteSchema()}\n`);
  });

  it('every key has a label and a meaning', () => {
    expect(keys.length).toBeGreaterThan(100);
    expect(keys.filter(([, schema]) => !schema.title || !schema.description).map(([path]) => path)).toEqual([]);
  });

  it('every number has a unit, and in the site file a range', () => {
    const numbers = keys.filter(([, { type }]) => type === 'integer' || type === 'number');
    expect(numbers.filter(([, { unit }]) => unit === undefined).map(([path]) => path)).toEqual([]);
    const inSite = numbers.filter(([path, schema]) => path.startsWith('site file') && schema.enum === undefined);
    const unbounded = inSite.filter(
      ([, { minimum, maximum, const: only }]) => only === undefined && (minimum === undefined || maximum === undefined),
    );
    expect(unbounded.map(([path]) => path)).toEqual([]);
  });
});
