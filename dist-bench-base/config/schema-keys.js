/** Looks into a schema: which keys may stand at a path of the file. For suggestions and for the documentation. */
import { z } from 'zod';
const made = new WeakMap();
export function jsonSchemaOf(schema) {
    // What a file may hold: defaults not yet filled in.
    const json = made.get(schema) ?? z.toJSONSchema(schema, { io: 'input' });
    made.set(schema, json);
    return json;
}
/** Keys that the schema has at a path of the file; empty when the path leads nowhere. */
export function keysAt(schema, path) {
    let at = [jsonSchemaOf(schema)];
    for (const step of path) {
        at = at.flatMap(branches).flatMap((branch) => {
            const inner = typeof step === 'number' ? branch.items : (branch.properties?.[step] ?? freeKeyOf(branch));
            return inner === undefined ? [] : [inner];
        });
    }
    return at.flatMap(branches).flatMap((branch) => Object.keys(branch.properties ?? {}));
}
/** What stands at a key that the schema does not name, where keys are free. */
function freeKeyOf({ additionalProperties: inner }) {
    return typeof inner === 'object' ? inner : undefined;
}
function branches(schema) {
    return schema.anyOf ?? [schema];
}
