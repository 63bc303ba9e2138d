/** Bytes → what a JSON text says, with the looks at it that a careful reader needs. Pure; written without the product's schemas. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Undefined: not UTF-8, or not JSON. */
export function readJson(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Throws with the name of what is not as it should be. */
export class ShapeFault extends Error {}

export function must(isRight: boolean, what: string): asserts isRight {
  if (!isRight) throw new ShapeFault(what);
}

export function objectIn(value: Json | undefined, what: string): JsonObject {
  must(isObject(value), what);
  return value;
}

export function textIn(value: Json | undefined, what: string): string {
  must(typeof value === 'string', what);
  return value;
}

export function numberIn(value: Json | undefined, what: string): number {
  must(typeof value === 'number' && Number.isFinite(value), what);
  return value;
}

export function oneOf<T extends string>(value: Json | undefined, all: readonly T[], what: string): T {
  const found = all.find((each) => each === value);
  must(found !== undefined, what);
  return found;
}
