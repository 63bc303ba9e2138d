import { describe, expect, test } from 'vitest';
import { brandId, type EntryId, type OutputId, type ZoneId } from '../../config/ids.js';
import type { OutputConfig } from '../../config/site.js';
import type { OnControlLost } from '../../config/vocabulary.js';
import { pause } from '../../drivers/clock.js';
import type { OutputHandle } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import { Annunciator } from '../../gateway/annunciator/annunciator.js';
import type { Desired } from '../../gateway/annunciator/desired-outputs.js';
import { OutputWatch } from '../../gateway/annunciator/output-watch.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import { seededRandom } from './village-rig.js';

const hall = brandId<ZoneId>('hall');
const siren = brandId<OutputId>('siren');
const entryId = (text: string): EntryId => brandId<EntryId>(text);

/** A relay that can be slow, refuse, or be switched by somebody else. */
class FakeRelay implements OutputHandle {
  readonly afterProcessEnd = 'holds';
  readonly orders: boolean[] = [];
  isOn = false;
  isThere = true;
  isWelded = false;
  refuses = false;
  slowMs = 0;
  looksFor = 0;

  constructor(private readonly clock: SimClock) {}

  async command(on: boolean): Promise<void> {
    this.orders.push(on);
    if (this.slowMs > 0) await pause(this.clock, this.slowMs);
    if (this.refuses) throw new DriverError('BUS-001', 'unit 30');
    if (!this.isWelded) this.isOn = on;
  }

  async readBack(): Promise<boolean> {
    if (this.looksFor > 0) await pause(this.clock, this.looksFor);
    if (this.refuses) throw new DriverError('BUS-001', 'unit 30');
    return this.isOn;
  }
}

function watched(onControlLost: OnControlLost = 'keep-sounding') {
  const clock = new SimClock();
  const relay = new FakeRelay(clock);
  const drafts: EntryDraft[] = [];
  const faults: { readonly atMono: number; readonly reason: string | null }[] = [];
  const config: OutputConfig = {
    id: siren,
    name: { zh: '警铃', en: 'siren' },
    kind: 'siren',
    zone: hall,
    target: { kind: 'pin', pin: 17, activeLow: false },
    onControlLost,
  };
  const makeHandle = (): OutputHandle => {
    if (!relay.isThere) throw new DriverError('PIN-001', 'GPIO17');
    return relay;
  };
  const events = {
    record: (recorded: readonly EntryDraft[]) => void drafts.push(...recorded),
    onFault: (_: OutputConfig, reason: string | null) => void faults.push({ atMono: clock.mono(), reason }),
    onLooked: () => undefined,
  };
  const watch = new OutputWatch(config, makeHandle, clock, seededRandom(), events);
  return {
    clock,
    relay,
    watch,
    faults,
    config,
    makeHandle,
    want: (on: boolean | null): void => void drafts.push(...watch.want(on === null ? null : desired(on))),
    look: async (): Promise<void> => {
      const looking = watch.look(clock.mono() + 1_500);
      await clock.advance(1_600);
      drafts.push(...(await looking));
    },
    /** What was told about faults, without their times. */
    get reasons() {
      return faults.map(({ reason }) => reason);
    },
    get kinds() {
      return drafts.map(({ kind, detail }) => `${kind}${'on' in detail ? ` ${detail['on'] ? 'on' : 'off'}` : ''}`);
    },
    proofs: (): readonly EntryDraft[] => drafts.filter(({ kind }) => kind === 'output.proven'),
  };
}

const desired = (on: boolean): Desired => ({ on, because: [entryId('fire-1')] });

describe('one output', () => {
  test('is ordered before want() returns, and proven with the time it took and the alarm it is for', async () => {
    const bench = watched();
    bench.relay.looksFor = 40;
    bench.want(true);
    expect(bench.relay.isOn).toBe(true);
    await bench.clock.advance(100);
    expect(bench.kinds).toEqual(['output.commanded on', 'output.proven on']);
    expect(bench.proofs()[0]).toMatchObject({ alarm: 'fire-1', detail: { took_ms: 40, alarms: ['fire-1'] } });
    expect([bench.watch.commanded, bench.watch.proven]).toEqual([true, true]);
  });

  test('is ordered once for one wish, and goes off when no alarm wants it any more', async () => {
    const bench = watched();
    for (const on of [true, true, true]) bench.want(on);
    await bench.clock.advance(500);
    expect(bench.kinds).toEqual(['output.commanded on', 'output.proven on']);
    bench.want(null);
    await bench.clock.advance(500);
    expect(bench.relay.isOn).toBe(false);
    expect(bench.kinds.slice(2)).toEqual(['output.commanded off', 'output.proven off']);
  });

  test('that was never wanted is left alone', async () => {
    const bench = watched();
    bench.want(null);
    bench.watch.start();
    await bench.clock.advance(60_000);
    expect(bench.relay.orders).toEqual([]);
  });

  test('is ordered again and again when an order fails, is a fault after 1 s, and sound again when it holds', async () => {
    const bench = watched();
    bench.relay.refuses = true;
    bench.want(true);
    await bench.clock.advance(990);
    expect(bench.reasons).toEqual([]);
    expect(bench.relay.orders.length).toBeGreaterThanOrEqual(4);
    await bench.clock.advance(1_500);
    expect(bench.reasons).toEqual(['not-proven']);
    await bench.clock.advance(60_000);
    expect(bench.reasons).toEqual(['not-proven']);
    bench.relay.refuses = false;
    await bench.clock.advance(2_000);
    expect(bench.reasons).toEqual(['not-proven', null]);
    expect(bench.kinds).toEqual(['output.commanded on', 'output.proven on']);
  });

  test('that takes the order and does nothing is a fault, and is never called proven', async () => {
    const bench = watched();
    bench.relay.isWelded = true;
    bench.want(true);
    await bench.clock.advance(5_000);
    expect(bench.reasons).toEqual(['not-proven']);
    expect(bench.proofs()).toEqual([]);
    expect(bench.watch.proven).toBe(false);
  });

  test('that somebody else switched off is on again within 10 s', async () => {
    const bench = watched();
    bench.want(true);
    await bench.clock.advance(25_000);
    expect(bench.proofs()).toHaveLength(1);
    bench.relay.isOn = false;
    await bench.clock.advance(10_000);
    expect(bench.relay.isOn).toBe(true);
  });

  test('wanted on while a slow order off is under way ends on', async () => {
    const bench = watched();
    bench.want(true);
    await bench.clock.advance(100);
    bench.relay.slowMs = 300;
    bench.want(false);
    await bench.clock.advance(100);
    bench.want(true);
    await bench.clock.advance(1_000);
    expect(bench.relay.isOn).toBe(true);
    expect(bench.watch.proven).toBe(true);
    expect(bench.kinds.at(-1)).toBe('output.proven on');
  });

  test('whose hardware is missing is tried again until it is there', async () => {
    const bench = watched();
    bench.relay.isThere = false;
    await bench.look();
    bench.want(true);
    await bench.clock.advance(3_000);
    expect(bench.reasons).toEqual(['not-proven']);
    bench.relay.isThere = true;
    await bench.clock.advance(2_000);
    expect(bench.relay.isOn).toBe(true);
    expect(bench.reasons).toEqual(['not-proven', null]);
  });

  test('that is never wanted but can not be seen is a fault too', async () => {
    const bench = watched();
    bench.watch.start();
    await bench.clock.advance(15_000);
    bench.relay.refuses = true;
    await bench.clock.advance(15_000);
    expect(bench.reasons).toEqual([null, 'not-proven']);
  });
});

describe('an output found on at start', () => {
  async function foundOn(onControlLost: OnControlLost = 'keep-sounding') {
    const bench = watched(onControlLost);
    bench.relay.isOn = true;
    await bench.look();
    bench.watch.start();
    return bench;
  }

  test('is told, and is left on as long as nothing decides about it', async () => {
    const bench = await foundOn();
    bench.want(null);
    await bench.clock.advance(60_000);
    expect(bench.kinds).toEqual(['output.found_on']);
    expect([bench.relay.isOn, bench.relay.orders.length]).toEqual([true, 0]);
  });

  test('is a fault once everything was scanned and nothing explains it', async () => {
    const bench = await foundOn();
    expect(bench.reasons.filter((reason) => reason !== null)).toEqual([]);
    bench.watch.explain();
    await bench.clock.advance(60_000);
    expect(bench.reasons).toEqual(['found-on']);
    expect(bench.relay.isOn).toBe(true);
  });

  test('stays on without a gap when a plan wants it on, and its fault returns', async () => {
    const bench = await foundOn();
    bench.watch.explain();
    bench.want(true);
    await bench.clock.advance(500);
    expect(bench.relay.orders).toEqual([true]);
    expect(bench.reasons).toEqual(['found-on', null]);
  });

  test('goes off when a plan binds it to an alarm that was silenced', async () => {
    const bench = await foundOn();
    bench.want(false);
    await bench.clock.advance(500);
    expect(bench.relay.isOn).toBe(false);
  });

  test('goes off when a person decides, and its fault returns', async () => {
    const bench = await foundOn();
    bench.watch.explain();
    expect(bench.watch.decide().map(({ kind }) => kind)).toEqual(['output.commanded']);
    await bench.clock.advance(500);
    expect(bench.relay.isOn).toBe(false);
    expect(bench.reasons).toEqual(['found-on', null]);
    expect(bench.watch.decide()).toEqual([]);
  });

  test('is a fault too when it can first be seen after everything was scanned', async () => {
    const bench = watched();
    Object.assign(bench.relay, { isOn: true, isThere: false });
    await bench.look();
    bench.watch.start();
    bench.watch.explain();
    bench.relay.isThere = true;
    await bench.clock.advance(30_000);
    expect(bench.kinds).toEqual(['output.found_on']);
    expect(bench.reasons.at(-1)).toBe('found-on');
  });

  test('goes off at the stop when its config says go-quiet', async () => {
    const bench = await foundOn('go-quiet');
    await bench.watch.stop();
    expect(bench.relay.isOn).toBe(false);
  });
});

test('a quiet output that somebody else switches on is a fault', async () => {
  const bench = watched();
  await bench.look();
  bench.watch.start();
  bench.watch.explain();
  await bench.clock.advance(15_000);
  bench.relay.isOn = true;
  await bench.clock.advance(15_000);
  expect(bench.reasons.filter((reason) => reason !== null)).toHaveLength(1);
});

test.each([
  { onControlLost: 'go-quiet', isLeftOn: false },
  { onControlLost: 'keep-sounding', isLeftOn: true },
] as const)('a sounding output is left as its config says at the stop: $onControlLost', async (row) => {
  const bench = watched(row.onControlLost);
  bench.want(true);
  await bench.clock.advance(100);
  await bench.watch.stop();
  await bench.clock.advance(60_000);
  expect(bench.relay.isOn).toBe(row.isLeftOn);
});

test('the look at start ends after 1.5 s although one output can not be seen, and tells what the others are', async () => {
  const bench = watched();
  const dead = new FakeRelay(bench.clock);
  dead.refuses = true;
  const hanging = new FakeRelay(bench.clock);
  hanging.looksFor = Number.MAX_SAFE_INTEGER;
  bench.relay.isOn = true;
  const relays = new Map<string, OutputHandle>([
    ['dead', dead],
    ['hanging', hanging],
    ['fine', bench.relay],
  ]);
  const outputs = [...relays.keys()].map((id) => ({ ...bench.config, id: brandId<OutputId>(id) }));
  const annunciator = new Annunciator({
    outputs,
    plans: [],
    makeHandle: ({ id }) => relays.get(id) ?? dead,
    clock: bench.clock,
    random: seededRandom(),
    events: { record: () => undefined, onFault: () => undefined, onLooked: () => undefined },
  });
  let drafts: readonly EntryDraft[] | null = null;
  void annunciator.look().then((found) => {
    drafts = found;
  });
  const tookMs = await bench.clock.until(() => drafts !== null, 5_000);
  expect(tookMs).toBeLessThanOrEqual(1_501);
  expect((drafts ?? []).map(({ kind, subject }: EntryDraft) => `${kind} ${subject}`)).toEqual([
    'output.found_on output:fine',
  ]);
});
