/** A story about a village as data: what happens when, what must follow within which time, and what must never. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { deedSchema } from './scenario-deeds.js';

/** Eight days: the longest story is a week without the centre. */
const longestS = 691_200;

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);
const words = z.strictObject({ zh: z.string(), en: z.string() });
const seconds = z.number().min(0).max(longestS);

/** What can be seen: an entry of the journal, or what an output really does. */
const seen = {
  entry: z.string().optional(),
  subject: z.string().optional(),
  /** Fields that the entry's detail must have. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** An output as people hear it: the relay's contact or the pin's level, not what anybody believes. */
  output: id.optional(),
  is: z.enum(['on', 'off']).optional(),
};

const step = z.strictObject({
  id,
  /** Counts from the moment every line was scanned once. */
  at_s: seconds,
  /** The same step where nobody waits for days: in `npm test`, the demo and `npm run sim`. */
  short_at_s: seconds.optional(),
  do: deedSchema,
});

const expectation = z.strictObject({
  id,
  after: id,
  ...seen,
  /** The report of the entry that another expectation found must be carried. */
  carried: id.optional(),
  /** People hear these words, or a part of them, from a loudspeaker whose amplifier is on. */
  heard: z.string().optional(),
  horn: id.optional(),
  /** Seen before, it does not hold. */
  not_before_ms: z.number().positive().optional(),
  within_ms: z.number().positive(),
});

const never = z.strictObject({
  ...seen,
  /** Only from this step on, only until that one. */
  after: id.optional(),
  until: id.optional(),
});

const scenarioSchema = z
  .strictObject({
    schema: z.literal(1),
    id,
    names: words,
    /** Of config/examples. */
    site: z.enum(['ancient-town', 'micro-station', 'smallest-site']).default('ancient-town'),
    /** The wall clock as the gateway starts; where the real clock rules (demo, sim) it is not asked. */
    clock: z
      .strictObject({
        starts_at: z.iso.datetime(),
        trust: z.enum(['trusted', 'hinted', 'untrusted']).default('trusted'),
      })
      .optional(),
    /** Why it can not be played in real time; demo and sim refuse it with these words. */
    virtual_only: words.optional(),
    steps: z.array(step).min(1),
    expect: z.array(expectation).min(1),
    never: z.array(never).default([]),
    /** Left for what the last step should bring about, s. */
    rest_s: z.number().min(0).max(600).default(10),
  })
  .superRefine(({ steps, expect, never, virtual_only }, context) => {
    const complain = (message: string): void => void context.addIssue({ code: 'custom', message });
    const known = new Set(steps.map((each) => each.id));
    const named = [...expect.map(({ after }) => after), ...never.flatMap(({ after, until }) => [after, until])];
    for (const name of named) if (name !== undefined && !known.has(name)) complain(`no step ${name}`);
    for (const each of [...expect, ...never])
      if ((each.output === undefined) !== (each.is === undefined)) complain('output and is go together');
    if (known.size < steps.length || new Set(expect.map((each) => each.id)).size < expect.length)
      complain('ids of steps, and those of expectations, are different');
    if (virtual_only === undefined && steps.some(({ do: deed }) => 'clock' in deed))
      complain('nobody sets the real clock: say virtual_only');
  });

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioStep = Scenario['steps'][number];

const scenarioDir = join(import.meta.dirname, 'scenarios');

export function scenarioIds(): readonly string[] {
  return readdirSync(scenarioDir)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** Throws for a file that breaks the schema: scenarios are ours. */
export function loadScenario(scenarioId: string): Scenario {
  return parseScenario(readFileSync(join(scenarioDir, `${scenarioId}.yaml`), 'utf8'));
}

export function parseScenario(text: string): Scenario {
  return scenarioSchema.parse(parse(text));
}

/** True when days pass in it that somebody may leave out. */
export function isLong({ steps }: Scenario): boolean {
  return steps.some(({ short_at_s }) => short_at_s !== undefined);
}

/** The same story with its days left out. */
export function shortened(scenario: Scenario): Scenario {
  const steps = scenario.steps.map((each) => ({ ...each, at_s: each.short_at_s ?? each.at_s }));
  return { ...scenario, steps };
}

/** The same story for a slow machine: steps and limits take so many times longer. */
export function slowed(scenario: Scenario, slowness: number): Scenario {
  const steps = scenario.steps.map((each) => ({ ...each, at_s: each.at_s * slowness }));
  const expect = scenario.expect.map((each) => ({ ...each, within_ms: each.within_ms * slowness }));
  return { ...scenario, steps, expect };
}

/** The example site that a story plays on; it stands beside this module, in the source tree as in the built one. */
export function siteFileOf({ site }: Pick<Scenario, 'site'>): string {
  return join(import.meta.dirname, `../config/examples/${site}.yaml`);
}
