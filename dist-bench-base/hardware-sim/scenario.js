/** A story about a village as data: what happens when, what must follow within which time, and what must never. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
const id = z.string().regex(/^[a-z0-9-]{1,40}$/);
const words = z.strictObject({ zh: z.string(), en: z.string() });
const deed = z.union([
    z.strictObject({ set: z.string(), to: z.union([z.string(), z.number()]) }),
    z.strictObject({ command: z.enum(['acknowledge', 'silence', 'reset']) }),
    /** A wired key, by its point: pressed for a moment. */
    z.strictObject({ press: z.string() }),
    z.strictObject({ cut: id }),
    z.strictObject({ mend: id }),
    z.strictObject({ switch_off: id }),
    z.strictObject({ switch_on: id }),
    z.strictObject({ uplink: z.enum(['pull', 'plug']) }),
    /** Its player answers nothing any more, or does so again. */
    z.strictObject({ break_horn: id }),
    z.strictObject({ mend_horn: id }),
]);
const seen = {
    entry: z.string().optional(),
    subject: z.string().optional(),
    /** Fields that the entry's detail must have. */
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
};
const scenarioSchema = z.strictObject({
    schema: z.literal(1),
    id,
    names: words,
    /** `at_s` counts from the moment every line was scanned once. */
    steps: z.array(z.strictObject({ id, at_s: z.number().min(0).max(86_400), do: deed })).min(1),
    expect: z
        .array(z.strictObject({
        id,
        after: id,
        ...seen,
        /** The report of the entry that another expectation found must be carried. */
        carried: id.optional(),
        /** People hear these words, or a part of them, from a loudspeaker whose amplifier is on. */
        heard: z.string().optional(),
        horn: id.optional(),
        within_ms: z.number().positive(),
    }))
        .min(1),
    never: z.array(z.strictObject(seen)).default([]),
});
const scenarioDir = join(import.meta.dirname, 'scenarios');
export function scenarioIds() {
    return readdirSync(scenarioDir)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => name.slice(0, -'.yaml'.length))
        .sort();
}
/** Throws for a file that breaks the schema: scenarios are ours. */
export function loadScenario(scenarioId) {
    return scenarioSchema.parse(parse(readFileSync(join(scenarioDir, `${scenarioId}.yaml`), 'utf8')));
}
