/** Every scenario file, played by the product's runtime on the virtual clock; a new file is tested by existing. */
import { expect, test } from 'vitest';
import { loadScenario, scenarioIds, shortened } from '../../hardware-sim/scenario.js';
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
