/** Looks into a schema: which keys may stand at a path of the file. For suggestions and for the documentation. */
import { z } from 'zod';
import type { YamlPath } from './yaml-document.js';

/** The part of JSON Schema that our schemas come out as. */
export interface JsonSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  /** Shapes that one key tells apart by its value. */
  readonly oneOf?: readonly JsonSchema[];
}

const made = new WeakMap<z.ZodType, JsonSchema>();

export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  // What a file may hold: defaults not yet filled in.
  const json = made.get(schema) ?? (z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
  made.set(schema, json);
  return json;
}

/**
 * Keys that the schema has at a path of the file; empty when the path leads nowhere. Where the file says which of several shapes is
 * meant (`kind: sms`), only those of that one.
 */
export function keysAt(schema: z.ZodType, path: YamlPath, file?: unknown): readonly string[] {
  let at: readonly JsonSchema[] = [jsonSchemaOf(schema)];
  let value = file;
  for (const step of path) {
    const here = value;
    value = typeof here === 'object' && here !== null ? Reflect.get(here, step) : undefined;
    at = at
      .flatMap((each) => branches(each, here))
      .flatMap((branch) => {
        const inner = typeof step === 'number' ? branch.items : (branch.properties?.[step] ?? freeKeyOf(branch));
        return inner === undefined ? [] : [inner];
      });
  }
  return at.flatMap((each) => branches(each, value)).flatMap((branch) => Object.keys(branch.properties ?? {}));
}

/** What stands at a key that the schema does not name, where keys are free. */
function freeKeyOf({ additionalProperties: inner }: JsonSchema): JsonSchema | undefined {
  return typeof inner === 'object' ? inner : undefined;
}

function branches(schema: JsonSchema, value: unknown): readonly JsonSchema[] {
  if (schema.oneOf === undefined) return schema.anyOf ?? [schema];
  const meant = schema.oneOf.filter((branch) => isMeant(branch, value));
  return meant.length === 0 ? schema.oneOf : meant;
}

function isMeant({ properties = {} }: JsonSchema, value: unknown): boolean {
  const telling = Object.entries(properties).filter(([, { const: only }]) => only !== undefined);
  return (
    typeof value === 'object' &&
    value !== null &&
    telling.every(([key, { const: only }]) => Reflect.get(value, key) === only)
  );
}
