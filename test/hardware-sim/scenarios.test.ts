/** Every scenario file, played by the product's runtime on the virtual clock; a new file is tested by existing. */
import { expect, test } from 'vitest';
import { loadScenario, scenarioIds, shortened } from '../../hardware-sim/scenario.js';
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
