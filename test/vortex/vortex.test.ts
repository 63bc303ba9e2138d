/** The parts of the vortex that need no process: its plan, its options, its judges. The whole runs in CI (`.ci/more`). */
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { brandId, type PointId } from '../../config/ids.js';
import { loadConfigOf } from '../../config/load-config.js';
import type { SiteConfig } from '../../config/site.js';
import { Chance } from '../../hardware-sim/chance.js';
import { Afflictions } from '../../hardware-sim/checkers/afflictions.js';
import type { CheckerKind, FactDraft, WorldView } from '../../hardware-sim/checkers/checker.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import { fireInTime } from './fire-in-time.js';
import { readSeen } from './gateway-process.js';
import { JudgeBench, NotFromOutside } from './judge-bench.js';
import { parseVortexOptions, usage } from './options.js';
import { describeStep, planOf, restartMs } from './plan.js';
import { targetsOf } from './targets.js';
import { examplePlaces, siteText } from './vortex-site.js';

const hourMs = 3_600_000;
const loaded = await loadConfigOf(resolve('gateway.yaml'), siteText(examplePlaces), knownParts);
if (!loaded.ok) throw new Error('the site of the vortex has problems');
const { config } = loaded;
const targets = targetsOf(config);

describe('the plan of a vortex', () => {
  test('is the same for a seed, another for the next, and within its time', () => {
    const plan = planOf(new Chance(3), targets, hourMs);
    expect(planOf(new Chance(3), targets, hourMs)).toEqual(plan);
    expect(planOf(new Chance(4), targets, hourMs)).not.toEqual(plan);
    expect(plan.every(({ atMs }, i) => atMs < hourMs && atMs >= (plan[i - 1]?.atMs ?? 0))).toBe(true);
    expect(plan.map(describeStep).every((line) => /^ *[\d.]+ s {2}\S+/.test(line))).toBe(true);
  });

  test('has every deed in an hour, and restarts a gateway as the unit file says', () => {
    const plan = planOf(new Chance(5), targets, hourMs);
    const done = new Set(plan.map(({ deed }) => deed.do));
    const links = ['link.freeze', 'link.lose-answers', 'link.delay', 'link.reset', 'link.end'];
    const processes = ['broker.kill', 'broker.stop', 'broker.pause', 'gateway.kill', 'gateway.stop'];
    const village = ['tty.gone', 'line.cut', 'server.down', 'unit.silent', 'point', 'key', 'order'];
    expect([...done].sort()).toEqual([...links, ...processes, ...village].sort());
    const awayMs = plan.filter(({ deed }) => deed.do.startsWith('gateway.')).map(({ lastsMs }) => lastsMs);
    expect(new Set(awayMs)).toEqual(new Set([restartMs]));
  });

  test('moves fires of every line that is asked, keys, and nothing that a panel says only once', () => {
    expect(targets.fires.map(({ point }) => point)).toEqual(
      expect.arrayContaining(['smoke-inn/smoke', 'attic/contact']),
    );
    expect(targets.keys).toHaveLength(3);
    expect([...targets.fires, ...targets.others].some(({ point }) => point.startsWith('panel-hall'))).toBe(false);
  });
});

test('options: the day is the seed where none is given; what can not be is refused in both languages', () => {
  expect(parseVortexOptions([], 20_261_130)).toMatchObject({ seed: 20_261_130, minutes: 2, isPlanOnly: false });
  expect(parseVortexOptions(['--seed', '9', '--minutes', '0.5', '--json'], 1)).toMatchObject({
    seed: 9,
    minutes: 0.5,
    asJson: true,
  });
  expect(parseVortexOptions(['--help'], 1)).toBeNull();
  expect(parseVortexOptions(['--nonsense'], 1)).toBe(usage);
  for (const args of [
    ['--minutes', '0'],
    ['--seed', 'x'],
    ['--seed', '1.5'],
    ['--seed', ''],
  ]) {
    expect(parseVortexOptions(args, 1)).toMatchObject({ zh: expect.any(String), en: expect.any(String) });
  }
});

test('half a line of a killed gateway is no observation', () => {
  expect(readSeen('{"ms":1,"kind":"uplink.up","uplink":"district"}')).toMatchObject({ kind: 'uplink.up' });
  for (const line of ['{"ms":1,"kind":"upl', '{}', '[1]', 'words', '{"a":}']) expect(readSeen(line)).toBeNull();
});

/** A world in which nothing is but what the test says. */
class Scene {
  mono = 100_000;
  readonly on = new Set<string>();
  readonly afflictions = new Afflictions();
  readonly bench: JudgeBench;

  constructor(kinds: readonly CheckerKind[], of: SiteConfig = config) {
    const { afflictions } = this;
    const world = {
      ...{ config: of, afflictions, mono: () => this.mono, outputIsOn: (id: string) => this.on.has(id) },
      gateway: { life: 1, beganMono: 0, watchingMono: 0 },
      get timers(): never {
        throw new NotFromOutside('timers');
      },
    };
    this.bench = new JudgeBench(kinds, world as unknown as WorldView, { absent: 'there is none' });
  }

  tell(draft: FactDraft): void {
    if (draft.kind === 'output' && draft.on) this.on.add(draft.output);
    this.bench.see({ mono: this.mono, ...draft });
  }

  pass(ms: number): void {
    for (const end = this.mono + ms; this.mono < end; this.mono += 1_000) this.bench.look();
  }

  get verdict() {
    return this.bench.judgements[0];
  }
}

const smoke = { kind: 'point', point: brandId<PointId>('smoke-1/smoke'), to: 'alarm' } as const;
const siren = (id: string): FactDraft => ({ kind: 'output', output: brandId(id), on: true });

describe('the judge of fires from outside', () => {
  test('accuses a gateway that lets one of the sirens of a fire be silent', () => {
    const scene = new Scene([fireInTime]);
    scene.tell(smoke);
    scene.pass(1_000);
    scene.tell(siren('siren-hall'));
    scene.pass(8_000);
    expect(scene.verdict?.accusations.map(({ what }) => what)).toEqual([expect.stringContaining('siren-village')]);
  });

  test('is content when all sound, when the smoke is gone before, and while the detector can not be seen', () => {
    const heard = new Scene([fireInTime]);
    heard.tell(smoke);
    for (const id of ['siren-hall', 'siren-village']) heard.tell(siren(id));
    heard.pass(60_000);
    const gone = new Scene([fireInTime]);
    gone.tell(smoke);
    gone.tell({ ...smoke, to: 'normal' });
    gone.pass(60_000);
    const blind = new Scene([fireInTime]);
    blind.afflictions.begin('unit:smoke-1' as never);
    blind.tell(smoke);
    blind.pass(120_000);
    for (const scene of [heard, gone, blind]) expect(scene.verdict?.verdict).toBe('content');
    blind.afflictions.end('unit:smoke-1' as never, blind.mono);
    blind.pass(40_000);
    expect(blind.verdict?.verdict).toBe('accuses');
  });
});

test('a judge that asks for the inside of a process is named as left out; one that is broken is not hidden', async () => {
  const nosy: CheckerKind = { name: 'nosy', promise: '', make: () => ({ look: ({ timers }) => void timers }) };
  const absent: CheckerKind = {
    name: 'absent',
    promise: '',
    make: (_, accuse) => ({ look: () => accuse('never asked') }),
  };
  const scene = new Scene([nosy, absent]);
  scene.pass(2_000);
  await scene.bench.conclude();
  expect(scene.bench.judgements.map(({ verdict, why }) => [verdict, why])).toEqual([
    ['left out', 'timers can not be seen from outside a process'],
    ['left out', 'there is none'],
  ]);
  const broken: CheckerKind = {
    name: 'broken',
    promise: '',
    make: () => ({
      look: () => {
        throw new TypeError('oh');
      },
    }),
  };
  expect(() => new Scene([broken]).pass(1_000)).toThrow('oh');
});
