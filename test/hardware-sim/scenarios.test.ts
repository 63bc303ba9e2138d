/** Every scenario file, played by the product's runtime on the virtual clock; a new file is tested by existing. */
import { expect, test } from 'vitest';
import { loadScenario, parseScenario, scenarioIds, shortened } from '../../hardware-sim/scenario.js';
import { sabotages } from './sabotage.js';
import { played } from './virtual-theatre.js';

/** Days that pass in a story are left out, but where somebody asks for them (minutes of CPU). */
const isWhole = process.env['GENGFU_WHOLE_SCENARIOS'] === '1';
const wholeMaxMs = 3_600_000;

function scenarioOf(id: string) {
  return isWhole ? loadScenario(id) : shortened(loadScenario(id));
}

test.each(scenarioIds())(
  'scenario %s ends as it says',
  async (id) => {
    const judge = await played(scenarioOf(id));
    expect(judge.broken).toEqual([]);
    expect(judge.verdicts.filter(({ held }) => !held)).toEqual([]);
  },
  isWhole ? wholeMaxMs : undefined,
);

test.each(scenarioIds())('scenario %s can fail', async (id) => {
  const sabotage = sabotages[id];
  if (sabotage === undefined) throw new Error(`say in sabotage.ts what makes ${id} fail`);
  const judge = await played(shortened(loadScenario(id)), sabotage);
  const failed = judge.verdicts.flatMap((verdict) => (verdict.held ? [] : [verdict.id]));
  expect([...judge.broken, ...failed], sabotage.name).toContain(sabotage.fails);
});

const rarerDeeds = `
schema: 1
id: rarer-deeds
names: {zh: 少见的事, en: the rarer deeds}
site: smallest-site
steps:
  - {id: disk, at_s: 1, do: {disk: hangs}}
  - {id: fire, at_s: 2, do: {set: smoke-1/smoke, to: alarm}}
  - {id: disk-works, at_s: 5, do: {disk: works}}
  - {id: installer, at_s: 6, do: {command: reset, level: 1}}
  - {id: kill, at_s: 8, do: {gateway: kill}}
  - {id: start, at_s: 10, do: {gateway: start}}
  - {id: deaf, at_s: 13, do: {mischief: smoke-1, is: silent}}
expect:
  - {id: siren, after: fire, output: siren-hall, is: on, within_ms: 3000}
  - {id: told, after: disk-works, entry: gateway.started, within_ms: 8000}
  - {id: unit-fault, after: deaf, entry: alarm.raised, subject: fault:unit:smoke-1, within_ms: 100000}
never:
  - {output: siren-hall, is: off, after: fire}
  - {entry: alarm.reset}
  - {entry: alarm.raised, subject: point:smoke-1/smoke, after: kill}
rest_s: 5
`;

test('a hanging disk, a kill and a deaf unit are deeds as well', async () => {
  const judge = await played(parseScenario(rarerDeeds));
  expect([judge.broken, judge.verdicts.filter(({ held }) => !held)]).toEqual([[], []]);
});

test.each([
  ['after a step that there is not', 'after: fire', 'after: flood', /no step flood/],
  ['with an output that is neither on nor off', ', is: on,', ',', /output and is go together/],
  ['with two steps of one name', 'id: disk-works', 'id: disk', /are different/],
  ['that sets the real clock', '{disk: hangs}', '{clock: {step_s: 60}}', /nobody sets the real clock/],
])('a scenario %s is refused', (_, written, instead, why) => {
  expect(() => parseScenario(rarerDeeds.replace(written, instead))).toThrow(why);
});
