import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { Chance } from '../../hardware-sim/chance.js';
import { SimBox } from '../../hardware-sim/sim-box.js';
import { districtKeys } from '../../hardware-sim/swarm/district-keys.js';
import { planFaults, plannedFault } from '../../hardware-sim/swarm/fault-plan.js';
import { allFaultKinds } from '../../hardware-sim/swarm/faults/all-kinds.js';
import type { Undo } from '../../hardware-sim/swarm/planned.js';
import { drawSite, type SiteName, siteNames } from '../../hardware-sim/swarm/swarm-site.js';
import { World } from '../../hardware-sim/swarm/world.js';

const hourMs = 3_600_000;
/** One in which every site tells a city, too. */
const seed = 2;
const codecs = await loadCodecs();
// As a seed does it: the centre draws its key from the same stream.
const keys = districtKeys(new Chance(seed).stream('keys'));
const configs = new Map(
  await Promise.all(
    siteNames.map(async (name) => {
      const { config } = await drawSite(new Chance(seed), { publicKey: keys.publicKey, name });
      return [name, config] as const;
    }),
  ),
);

function configOf(name: SiteName) {
  const config = configs.get(name);
  if (config === undefined) throw new Error(`no site ${name}`);
  return config;
}

function plan(of: number, name: SiteName, forMs = hourMs) {
  return planFaults({ config: configOf(name), chance: new Chance(of), forMs });
}

describe('a fault plan', () => {
  it('is the same for the same seed, in order and within its time', () => {
    const [first, second] = [plan(7, 'ancient-town', 5 * hourMs), plan(7, 'ancient-town', 5 * hourMs)];
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
    expect(first.every(({ atMs }) => atMs >= 0 && atMs < 5 * hourMs)).toBe(true);
    expect(first.map(({ atMs }) => atMs)).toEqual(first.map(({ atMs }) => atMs).sort((a, b) => a - b));
  });

  it('has every kind in some of three hundred seeds, and other kinds in each', () => {
    const seeds = Array.from({ length: 300 }, (_, at) => new Set(plan(at, 'ancient-town').map(({ name }) => name)));
    const seen = new Set(seeds.flatMap((names) => [...names]));
    expect(allFaultKinds.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
    expect(seeds.filter((names) => names.size > allFaultKinds.length * 0.8)).toEqual([]);
  });

  it('leaves out what the site has not', () => {
    const names = new Set(
      Array.from({ length: 100 }, (_, at) => plan(at, 'smallest-site').map(({ name }) => name)).flat(),
    );
    expect([...names].filter((name) => /^(network|horn|pin)-/.test(name))).toEqual([]);
  });

  it('is explained kind by kind in the README', () => {
    const rows = readFileSync('hardware-sim/README.md', 'utf8').split('\n');
    expect(allFaultKinds.filter(({ name, promise }) => !rows.includes(`| \`${name}\` | ${promise} |`))).toEqual([]);
    expect(new Set(allFaultKinds.map(({ name }) => name)).size).toBe(allFaultKinds.length);
  });
});

describe('every kind of fault', () => {
  it.each(siteNames)(
    'can be begun and undone at %s, together with all others, and leaves nothing broken',
    async (name) => {
      const config = configOf(name);
      const world = new World({ seed, config, startWall: 1_795_305_600_000, codecs, keys });
      void world.startGateway();
      await world.clock.advance(15_000);
      const undos = [];
      for (const kind of allFaultKinds) {
        const fault = kind.draw(config, new Chance(seed).stream(kind.name));
        if (fault === null) continue;
        undos.push(await plannedFault(kind.name, fault, config, { atMs: 0, lastsMs: 0 }).begin(world));
        await world.clock.advance(700);
      }
      for (const undo of undos) void undo();
      for (const undo of undos) void undo();
      await world.clock.advance(30_000);
      expect(world.afflictions.brokenParts).toEqual([]);
      expect(world.gateway?.watchingMono ?? null).not.toBeNull();
      expect(world.outside.disk.mode).toBe('works');
      expect(world.outside.broker.faults.door).toBe('open');
      expect([...world.village.units.values()].filter(({ on, mischief }) => !on || mischief !== null)).toEqual([]);
      expect(world.clock.trust()).toBe('trusted');
    },
  );
});

it('a sensor of the box that hangs hangs in whatever heat, and tells it afterwards', async () => {
  const config = configOf('hamlet');
  const box = new SimBox();
  const world = { village: { box } } as unknown as World;
  const begin = (name: string, note: string): Undo => {
    const kind = allFaultKinds.find((each) => each.name === name);
    for (let of = 0; ; of++) {
      const fault = kind?.draw(config, new Chance(of)) ?? null;
      if (fault?.note === note) return fault.begin(world);
    }
  };
  const cools = begin('box-troubled', 'temperature: 86');
  const goesOn = begin('box-sensor', 'temperature: hangs');
  const alsoCools = begin('box-troubled', 'temperature: 86');
  let told: unknown = 'nothing';
  const reading = box.sensors
    .find(({ what }) => what === 'temperature')
    ?.read()
    .then((value) => (told = value));
  void cools();
  await Promise.resolve();
  expect(told).toBe('nothing');
  void goesOn();
  await reading;
  expect(told).toBe(86);
  void alsoCools();
});
