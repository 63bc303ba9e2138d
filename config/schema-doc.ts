/** The key tables of config/README.md, made from the schema of the site file. A test compares them. */
import { idPattern } from './ids.js';
import { type JsonSchema, jsonSchemaOf } from './schema-keys.js';
import { siteSchema } from './site-schema.js';

/** One table for the file itself and one for each group of keys in it; the same table stands there once. */
export function describeSiteSchema(): string {
  const firstOf = new Map<string, string>();
  return sections('', jsonSchemaOf(siteSchema))
    .map(({ title, table }) => {
      const first = firstOf.get(table);
      if (first === undefined) firstOf.set(table, title);
      return `### ${title}\n\n${first === undefined ? table : `As in ${first}.`}`;
    })
    .join('\n\n');
}

interface Section {
  readonly title: string;
  readonly table: string;
}

function sections(path: string, schema: JsonSchema): Section[] {
  const properties = Object.entries(schema.properties ?? {});
  const rows = properties.map(([key, inner]) => row(key, inner, schema.required?.includes(key) ?? false));
  const title = path === '' ? 'The file itself' : `\`${path}\``;
  const table = ['| Key | 名称 | Meaning | Value | Default |', '|---|---|---|---|---|', ...rows].join('\n');
  const inner = properties.flatMap(([key, value]) => {
    const below = path === '' ? key : `${path}.${key}`;
    if (value.items?.properties !== undefined) return sections(`${below}[]`, value.items);
    if (value.items?.oneOf !== undefined)
      return value.items.oneOf.flatMap((shape) => sections(shapePath(below, shape), shape));
    const own = value.additionalProperties;
    if (typeof own === 'object' && own.properties !== undefined) return sections(`${below}.<point>`, own);
    return value.properties === undefined ? [] : sections(below, value);
  });
  return [{ title, table }, ...inner];
}

/** `uplinks[kind: sms]`: the key that tells a shape from the others. */
function shapePath(path: string, { properties = {} }: JsonSchema): string {
  const telling = Object.entries(properties).flatMap(([key, { const: only }]) =>
    only === undefined ? [] : [`${key}: ${only}`],
  );
  return `${path}[${telling.join(', ')}]`;
}

function row(key: string, schema: JsonSchema, isRequired: boolean): string {
  const fallback = schema.default === undefined ? (isRequired ? '**required**' : '–') : code(schema.default);
  const cells = [`\`${key}\``, schema.title ?? '', schema.description ?? '', valueText(schema), fallback];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What may stand there: type, range, unit. */
function valueText(schema: JsonSchema): string {
  const { unit, type } = schema;
  const suffix = unit === undefined || unit === 'number' || type === 'object' ? '' : ` ${unit}`;
  return `${kindText(schema)}${suffix}`;
}

function kindText(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(kindText).join(' or ');
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return [...new Set(schema.enum.map(code))].join(', ');
  switch (schema.type) {
    case 'integer':
    case 'number':
      return schema.minimum === undefined && schema.maximum === undefined
        ? 'a number'
        : `${schema.minimum ?? ''} to ${schema.maximum ?? ''}`;
    case 'boolean':
      return '`true`, `false`';
    case 'array':
      return `${schema.minItems ?? 0} to ${schema.maxItems ?? 'any'} × ${itemText(schema.items)}`;
    case 'object':
      if (schema.properties === undefined) return `keys of ${schema.unit ?? 'the profile'} → ${ownValueText(schema)}`;
      return schema.title === undefined ? `{${Object.keys(schema.properties ?? {}).join(', ')}}` : 'keys below';
    default:
      return schema.pattern === idPattern.source ? 'id' : 'text';
  }
}

/** What stands at keys that the schema does not name. */
function ownValueText({ additionalProperties: inner }: JsonSchema): string {
  if (typeof inner !== 'object') return 'anything';
  return inner.properties === undefined ? kindText(inner) : 'keys below';
}

function itemText(items: JsonSchema = {}): string {
  return items.properties === undefined && items.oneOf === undefined ? kindText(items) : 'keys below';
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
