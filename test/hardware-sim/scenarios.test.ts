/** Every scenario file, played by the product's runtime on the virtual clock; a new file is tested by existing. */
import { expect, test } from 'vitest';
import { playScenario } from '../../hardware-sim/play-scenario.js';
import { loadScenario, scenarioIds } from '../../hardware-sim/scenario.js';
import { ScenarioJudge } from '../../hardware-sim/scenario-judge.js';
import { VillageRig } from '../gateway/village-rig.js';

async function play(id: string, spoil?: (rig: VillageRig) => void): Promise<ScenarioJudge> {
  const rig = await VillageRig.watching();
  const judge = new ScenarioJudge(loadScenario(id));
  rig.onObserved = (seen) => judge.see(seen, rig.clock.mono());
  rig.village.horns.onHeard((heard) => judge.hear(heard, rig.clock.mono()));
  spoil?.(rig);
  let isOver = false;
  const theatre = {
    clock: rig.clock,
    village: rig.village,
    runtime: rig.runtime,
    origin: 'scenario',
    plugUplink: () => Promise.resolve(),
  };
  const playing = playScenario(theatre, loadScenario(id), judge, null, () => undefined).then(() => {
    isOver = true;
  });
  await rig.clock.until(() => isOver, 3_600_000, 100);
  await playing;
  await rig.stop();
  return judge;
}

test.each(scenarioIds())('scenario %s ends as it says', async (id) => {
  const judge = await play(id);
  expect(judge.broken).toEqual([]);
  expect(judge.verdicts.filter(({ held }) => !held)).toEqual([]);
});

test('a scenario can fail: without the street relays the kitchen fire does not pass', async () => {
  const judge = await play('kitchen-fire', (rig) => {
    for (const unit of rig.village.units.values()) if (unit.address === 30) unit.on = false;
  });
  expect(judge.held).toBe(false);
});
