/** A profile that an installer wrote himself, through a whole gateway on the simulated village. */
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfigOf } from '../../../config/load-config.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { buildVillage } from '../../../hardware-sim/village.js';
import { point, VillageRig } from '../village-rig.js';

test('a unit of a profile beside the site file is watched, and its fire is raised and sounds', async () => {
  const folder = 'config/examples';
  const site = readFileSync(`${folder}/smallest-site.yaml`, 'utf8').replace('generic-smoke-0010', 'own-duct-smoke');
  const known = { knownUplinks: ['mqtt'], knownPinDrivers: ['simulated'], knownCodecs: [] };
  const loaded = await loadConfigOf(`${process.cwd()}/${folder}/gateway.yaml`, site, known);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const { config } = loaded;
  const clock = new SimClock();
  // The simulator has no module of it: the meter's bank stands in for the detector, with the registers of the profile.
  const simulated = config.units.map((unit) =>
    unit.profileId === 'own-duct-smoke' ? { ...unit, profileId: 'pzem-016' } : unit,
  );
  const village = buildVillage({ ...config, units: simulated }, clock);
  const unit = [...village.units.values()][0];
  unit?.model.setRaw('input', 0, 0);
  unit?.model.setRaw('input', 1, 12);
  const rig = await VillageRig.watching({ config, clock, village });
  onTestFinished(() => rig.stop());
  const density = point('smoke-1/density');
  await clock.until(() => rig.runtime.points.get(density) !== null, 20_000, 100);
  expect(rig.runtime.points.get(density)).toMatchObject({ value: 0.12 });
  unit?.model.setRaw('input', 0, 1);
  await clock.until(() => rig.entriesOf('alarm.raised', 'point:smoke-1/smoke').length > 0, 3_000);
  expect(rig.entriesOf('alarm.raised')[0]).toMatchObject({ class: 'fire' });
  const [siren] = config.outputs;
  if (siren === undefined) throw new Error('a siren');
  await clock.until(() => rig.isOn(siren.id), 3_000);
  // 2 is a dirty chamber by the profile: a fault beside the fire that is held, no second fire.
  unit?.model.setRaw('input', 0, 2);
  await clock.advance(3_000);
  expect(rig.entriesOf('alarm.raised').map((entry) => entry.class)).toEqual(['fire', 'fault']);
});
