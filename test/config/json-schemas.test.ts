/** The JSON Schemas that editors use: whole, explained at every key, and accepting what the program accepts. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type JsonSchemaName, jsonSchemas, jsonSchemaText } from '../../config/json-schemas.js';
import type { JsonSchema } from '../../config/schema-keys.js';
import { ownModels } from './rig.js';

interface Schema extends JsonSchema {
  readonly $schema?: string;
  readonly prefixItems?: readonly Schema[];
  readonly propertyNames?: Schema;
}

const read = (name: JsonSchemaName): Schema => JSON.parse(jsonSchemaText(name));
const names = ['site', 'profile'] as const;

/** Every part of a schema with its path, all the way down. */
function partsOf(schema: JsonSchema, path: string): (readonly [string, JsonSchema])[] {
  const inner: (readonly [string, JsonSchema])[] = [
    ...Object.entries(schema.properties ?? {}).map(([key, value]) => [`${path}.${key}`, value] as const),
    ...(schema.anyOf ?? []).map((value) => [`${path}|`, value] as const),
    ...(schema.items === undefined ? [] : [[`${path}[]`, schema.items] as const]),
    ...(typeof schema.additionalProperties === 'object' ? [[`${path}.*`, schema.additionalProperties] as const] : []),
  ];
  return [...inner, ...inner.flatMap(([below, value]) => partsOf(value, below))];
}

/** What a value has against a schema, by the words of JSON Schema that ours use. Enough to see a key that is missing. */
function complaints(value: unknown, schema: Schema, path = ''): string[] {
  if (schema.anyOf !== undefined) {
    const tries = schema.anyOf.map((each) => complaints(value, each, path));
    return tries.some((found) => found.length === 0) ? [] : (tries.sort((a, b) => a.length - b.length)[0] ?? []);
  }
  if (schema.const !== undefined) return schema.const === value ? [] : [`${path}: not ${schema.const}`];
  if (schema.enum !== undefined) return schema.enum.includes(value) ? [] : [`${path}: not one of ${schema.enum}`];
  switch (schema.type) {
    case 'object':
      return objectComplaints(value, schema, path);
    case 'array': {
      if (!Array.isArray(value)) return [`${path}: no list`];
      return value.flatMap((item, at) =>
        complaints(item, schema.prefixItems?.[at] ?? schema.items ?? {}, `${path}[${at}]`),
      );
    }
    case 'integer':
    case 'number': {
      if (typeof value !== 'number') return [`${path}: no number`];
      const isInside = value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity);
      return isInside ? [] : [`${path}: ${value} out of range`];
    }
    case 'string': {
      const fits = typeof value === 'string' && new RegExp(schema.pattern ?? '').test(value);
      return fits ? [] : [`${path}: ${value} does not fit ${schema.pattern ?? 'a text'}`];
    }
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${path}: not true or false`];
    default:
      return [];
  }
}

function objectComplaints(value: unknown, schema: Schema, path: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: no group of keys`];
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(value, key));
  const inner = Object.entries(value).flatMap(([key, own]) => {
    const known = schema.properties?.[key];
    if (known !== undefined) return complaints(own, known, `${path}.${key}`);
    const { additionalProperties: rest } = schema;
    return rest === false ? [`${path}.${key}: not known`] : complaints(own, typeof rest === 'object' ? rest : {}, path);
  });
  return [...missing.map((key) => `${path}.${key}: missing`), ...inner];
}

const filesOf = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.yaml'));

describe('the JSON Schemas', () => {
  it.each(names)('%s: is of draft 2020-12 and stands alone', (name) => {
    const text = jsonSchemaText(name);
    expect(read(name).$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(text).not.toContain('$ref');
    expect(jsonSchemas[name].file).toMatch(/^gengfu-[a-z]+\.schema\.json$/);
  });

  it.each(names)('%s: every key has a label and a meaning, and no other key is allowed', (name) => {
    const parts = partsOf(read(name), name);
    const keys = parts.filter(([path]) => /\.[a-z0-9_]+$/.test(path));
    expect(keys.length).toBeGreaterThan(80);
    expect(keys.filter(([, { title, description }]) => !title || !description).map(([path]) => path)).toEqual([]);
    const groups = parts.filter(([, { properties }]) => properties !== undefined);
    expect(groups.filter(([, part]) => part.additionalProperties !== false).map(([path]) => path)).toEqual([]);
  });

  it.each(filesOf('config/examples'))('the example %s fits', (file) => {
    expect(complaints(parse(readFileSync(`config/examples/${file}`, 'utf8')), read('site'))).toEqual([]);
  });

  it.each(filesOf('config/profiles'))('the profile %s fits', (file) => {
    expect(complaints(parse(readFileSync(`config/profiles/${file}`, 'utf8')), read('profile'))).toEqual([]);
  });

  it.each([
    ['vendor: x\nserail: {}', '.serail: not known'],
    ['link: {kind: radio}', '.link'],
    ['revision: 0', '.revision: 0 out of range'],
  ])('a profile with "%s" does not fit', (line, complaint) => {
    const [key = ''] = line.split(':');
    const good = (ownModels['own-probe'] ?? '').replace(new RegExp(`^${key}: .*\n`, 'm'), '');
    expect(complaints(parse(`${good}${line}\n`), read('profile')).join(' ')).toContain(complaint);
  });
});
