import { describe, expect, test } from 'vitest';
import { brandId, type EntryId, type OutputId, type PointId, type ZoneId } from '../../config/ids.js';
import type { OutputConfig } from '../../config/site.js';
import type { AfterProcessEnd, OnControlLost } from '../../config/vocabulary.js';
import { type Cancel, pause } from '../../drivers/clock.js';
import type { OutputHandle } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import { Annunciator } from '../../gateway/annunciator/annunciator.js';
import type { Desired } from '../../gateway/annunciator/desired-outputs.js';
import { outputFaultDetail } from '../../gateway/annunciator/output-faults.js';
import { OutputWatch } from '../../gateway/annunciator/output-watch.js';
import { ProofPoints } from '../../gateway/annunciator/proof-points.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import { seededRandom } from './village-rig.js';

const hall = brandId<ZoneId>('hall');
const siren = brandId<OutputId>('siren');
const feedback = brandId<PointId>('siren/feedback');
const entryId = (text: string): EntryId => brandId<EntryId>(text);

/** A relay that can be slow, refuse, or be switched by somebody else. */
class FakeRelay implements OutputHandle {
  afterProcessEnd: AfterProcessEnd = 'holds';
  onForMs?: number;
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

function watched(onControlLost: OnControlLost = 'keep-sounding', odd: Partial<OutputConfig> = {}) {
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
    ...odd,
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
    /** Wanted on, and quiet for a moment. */
    mute: (): void => void drafts.push(...watch.want({ ...desired(true), isMuted: true })),
    /** Bursts and gaps of this length, `times` over. */
    bursts: async (burstMs: number, times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        drafts.push(...watch.want({ ...desired(true), isMuted: false }));
        await clock.advance(burstMs);
        drafts.push(...watch.want({ ...desired(true), isMuted: true }));
        await clock.advance(burstMs);
      }
    },
    /** The point that proves it is looked at. */
    shows: (value: string | number | null): void => {
      const stamp = { pointId: feedback, sampledMono: clock.mono(), frame: 1, confirmed: true };
      const bad = { ...stamp, quality: 'bad', value: null, reason: 'silent' } as const;
      watch.see(value === null ? bad : { ...stamp, quality: 'good', value, reason: null });
    },
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

  test.each(['drill', 'siren-test', 'walk-test'] as const)('is still on when a %s is over', async (exercise) => {
    const bench = await foundOn();
    bench.watch.explain();
    for (const isMuted of [false, true]) bench.watch.want({ on: true, because: [], exercise, isMuted });
    await bench.clock.advance(500);
    bench.want(null);
    await bench.clock.advance(500);
    expect([bench.relay.isOn, bench.watch.isUndecided, ...bench.reasons]).toEqual([true, true, 'found-on']);
    bench.watch.decide();
    await bench.clock.advance(500);
    expect([bench.relay.isOn, bench.watch.isUndecided, ...bench.reasons]).toEqual([false, false, 'found-on', null]);
  });

  test("that goes off by itself is nobody's fault any more, and its entry says that it is off", async () => {
    const bench = await foundOn();
    bench.watch.explain();
    bench.relay.isOn = false;
    await bench.clock.advance(10_000);
    expect(bench.reasons).toEqual(['found-on', null]);
    expect(bench.kinds).toEqual(['output.found_on', 'output.proven off']);
    expect(bench.watch.decide()).toEqual([]);
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

describe('a cadence', () => {
  test('flips the output at once, proves it and journals nothing but the order itself', async () => {
    const bench = watched();
    bench.want(true);
    await bench.clock.advance(3_000);
    for (let i = 0; i < 20; i++) {
      bench.mute();
      expect(bench.relay.isOn).toBe(false);
      await bench.clock.advance(3_000);
      expect([bench.watch.commanded, bench.watch.proven]).toEqual([true, false]);
      bench.want(true);
      expect(bench.relay.isOn).toBe(true);
      await bench.clock.advance(3_000);
    }
    expect(bench.kinds).toEqual(['output.commanded on', 'output.proven on']);
    bench.mute();
    await bench.clock.advance(100);
    bench.want(null);
    await bench.clock.advance(100);
    expect(bench.kinds.slice(2)).toEqual(['output.commanded off', 'output.proven off']);
    expect(bench.reasons.filter((reason) => reason !== null)).toEqual([]);
  });

  test('that begins with a gap is proven on only by its first burst, with the time of that burst', async () => {
    const bench = watched();
    bench.relay.looksFor = 40;
    bench.mute();
    await bench.clock.advance(5_000);
    expect(bench.kinds).toEqual(['output.commanded on']);
    bench.want(true);
    await bench.clock.advance(500);
    expect(bench.proofs()[0]).toMatchObject({ detail: { on: true, took_ms: 40, by: ['read-back'] } });
  });

  test.each([3_000, 400])(
    'does not hide a relay that never closes: one fault that no gap takes back (%i ms)',
    async (ms) => {
      const bench = watched();
      bench.relay.isWelded = true;
      await bench.bursts(ms, 10);
      expect(bench.reasons.filter((reason) => reason === 'not-proven')).toHaveLength(1);
      expect(bench.reasons.at(-1)).toBe('not-proven');
      bench.relay.isWelded = false;
      await bench.bursts(ms, 1);
      expect(bench.reasons.at(-1)).toBeNull();
      expect(bench.kinds).toEqual(['output.commanded on', 'output.proven on']);
    },
  );

  test('does not hide a contact that stays closed in the gaps', async () => {
    const bench = watched();
    bench.want(true);
    await bench.clock.advance(500);
    bench.relay.isWelded = true;
    await bench.bursts(3_000, 5);
    expect(bench.reasons).toEqual([null, 'not-proven']);
  });

  test('raises no fault of a relay that needs its time, even where looks are overtaken by the next flip', async () => {
    const bench = watched();
    Object.assign(bench.relay, { slowMs: 150, looksFor: 150 });
    await bench.bursts(700, 20);
    await bench.bursts(250, 40);
    await bench.bursts(3_000, 5);
    expect(bench.reasons.filter((reason) => reason !== null)).toEqual([]);
    expect(bench.kinds).toEqual(['output.commanded on', 'output.proven on']);
  });

  test.each([
    { onControlLost: 'keep-sounding', isOn: true },
    { onControlLost: 'go-quiet', isOn: false },
  ] as const)('is not where the gateway stops: $onControlLost', async ({ onControlLost, isOn }) => {
    const bench = watched(onControlLost);
    bench.mute();
    await bench.clock.advance(500);
    await bench.watch.stop();
    expect(bench.relay.isOn).toBe(isOn);
  });
});

test('what no alarm wants goes off at the stop, whatever it does when control is lost', async () => {
  const bench = watched();
  bench.watch.want({ on: true, because: [] });
  await bench.clock.advance(500);
  await bench.watch.stop();
  expect(bench.relay.isOn).toBe(false);
});

test('of an amplifier nothing is journaled, and its fault is told', async () => {
  const bench = watched('keep-sounding', { kind: 'amplifier' });
  bench.relay.isOn = true;
  await bench.look();
  bench.want(false);
  bench.want(true);
  await bench.clock.advance(5_000);
  bench.relay.isWelded = true;
  bench.want(false);
  await bench.clock.advance(5_000);
  expect(bench.kinds).toEqual([]);
  expect(bench.reasons).toEqual([null, 'not-proven']);
});

describe('a point that proves an output', () => {
  const contact = { proof: { point: feedback, on: { state: 'closed' }, withinMs: 2_000 } } as const;
  const current = { proof: { point: feedback, on: { atLeast: 0.4 }, withinMs: 2_000 } } as const;

  /** Looked at every 500 ms. */
  async function looks(bench: ReturnType<typeof watched>, value: string | number | null, forMs: number) {
    for (let ms = 0; ms < forMs; ms += 500) {
      await bench.clock.advance(500);
      bench.shows(value);
    }
  }

  test('proves it only by a look that was taken after the order, and is named in the proof', async () => {
    const bench = watched('keep-sounding', contact);
    bench.shows('closed');
    await bench.clock.advance(400);
    bench.want(true);
    await bench.clock.advance(400);
    expect(bench.proofs()).toEqual([]);
    bench.shows('closed');
    expect(bench.proofs()[0]?.detail).toMatchObject({ on: true, took_ms: 400, by: ['read-back', feedback] });
    bench.want(false);
    await bench.clock.advance(100);
    // The newest look is from before the order.
    expect(bench.proofs()).toHaveLength(1);
    bench.shows('open');
    expect(bench.kinds.at(-1)).toBe('output.proven off');
  });

  test.each([
    { what: 'contact', config: contact, off: 'open', on: 'closed', reason: 'contact-not-moved' },
    { what: 'current', config: current, off: 0.1, on: 0.4, reason: 'current-too-low' },
  ])('shows a broken wire behind a sound relay ($what)', async ({ config, off, on, reason }) => {
    const bench = watched('keep-sounding', config);
    bench.want(true);
    await looks(bench, off, 1_900);
    expect(bench.reasons.filter((each) => each !== null)).toEqual([reason]);
    expect(bench.faults.at(-1)?.atMono).toBe(2_000);
    expect([bench.relay.isOn, bench.watch.proven, bench.proofs()]).toEqual([true, null, []]);
    await looks(bench, on, 500);
    expect(bench.reasons.at(-1)).toBeNull();
    expect(bench.kinds.at(-1)).toBe('output.proven on');
  });

  test('shows what works although nobody ordered it, before and after orders', async () => {
    const fresh = watched('keep-sounding', contact);
    await fresh.look();
    await looks(fresh, 'closed', 2_000);
    expect(fresh.reasons).toEqual(['still-works']);
    const bench = watched('keep-sounding', contact);
    bench.want(true);
    await looks(bench, 'closed', 1_000);
    bench.want(null);
    await looks(bench, 'closed', 3_000);
    expect(bench.reasons.at(-1)).toBe('still-works');
    expect(bench.kinds.at(-1)).toBe('output.commanded off');
  });

  test('that can not be seen proves nothing and is no second fault', async () => {
    const bench = watched('keep-sounding', contact);
    bench.want(true);
    await looks(bench, null, 20_000);
    expect(bench.reasons).toEqual([null]);
    expect([bench.proofs(), bench.watch.proven]).toEqual([[], null]);
  });

  test('does not judge bursts that are shorter than it needs, and judges long ones', async () => {
    const bench = watched('keep-sounding', contact);
    const burst = async (ms: number): Promise<void> => {
      bench.want(true);
      await looks(bench, 'open', ms);
      bench.mute();
      await looks(bench, 'open', ms);
    };
    for (let i = 0; i < 5; i++) await burst(1_500);
    expect(bench.reasons.filter((reason) => reason !== null)).toEqual([]);
    for (let i = 0; i < 3; i++) await burst(4_000);
    expect(bench.reasons).toEqual([null, 'contact-not-moved']);
  });

  test('finds its output by its id, also where it proves two', () => {
    const benches = [watched('keep-sounding', contact), watched('keep-sounding', contact), watched()];
    const points = new ProofPoints(benches.map(({ watch }) => watch));
    for (const bench of benches) bench.want(false);
    const stamp = { frame: 1, confirmed: true, quality: 'good', value: 'closed', reason: null } as const;
    points.see({ ...stamp, pointId: feedback, sampledMono: 5_000 });
    points.see({ ...stamp, pointId: brandId<PointId>('elsewhere'), sampledMono: 5_000 });
    expect(benches.map(({ reasons }) => reasons)).toEqual([['still-works'], ['still-works'], []]);
  });
});

describe('a relay that goes off by itself', () => {
  /** As a module does it: each order on starts its timer anew. */
  function timed(forMs: number) {
    const bench = watched('go-quiet');
    const ordersOn: number[] = [];
    let off: Cancel = () => undefined;
    const command = bench.relay.command.bind(bench.relay);
    Object.assign(bench.relay, {
      ...{ onForMs: forMs, afterProcessEnd: 'ends' },
      command: async (on: boolean) => {
        await command(on);
        off();
        if (!on) return;
        ordersOn.push(bench.clock.mono());
        off = bench.clock.after(forMs, () => {
          bench.relay.isOn = false;
        });
      },
    });
    return { bench, ordersOn };
  }

  test.each([2_000, 10_000, 60_000])(
    'is ordered again before three fifths of its time are over (%i ms)',
    async (forMs) => {
      const { bench, ordersOn } = timed(forMs);
      Object.assign(bench.relay, { looksFor: 60, slowMs: 60 });
      bench.want(true);
      await bench.clock.advance(300_000);
      const gaps = ordersOn.slice(1).map((mono, i) => mono - (ordersOn[i] ?? 0));
      expect(gaps.length).toBeGreaterThanOrEqual(29);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(Math.min(10_200, 0.6 * forMs));
      expect(bench.reasons).toEqual([null]);
      bench.want(null);
      await bench.clock.advance(1_000);
      const orders = ordersOn.length;
      await bench.clock.advance(60_000);
      expect([bench.relay.isOn, ordersOn.length]).toEqual([false, orders]);
    },
  );

  test('is ordered before it is looked at, once a look has failed', async () => {
    const { bench } = timed(10_000);
    bench.want(true);
    await bench.clock.advance(4_000);
    bench.relay.refuses = true;
    await bench.clock.advance(5_000);
    bench.relay.refuses = false;
    await bench.clock.advance(4_000);
    expect(bench.relay.isOn).toBe(true);
    expect(bench.reasons).toEqual([null, 'not-proven', null]);
  });
});

test.each([
  { after: 'holds', onControlLost: 'go-quiet', isTold: true },
  { after: 'drops', onControlLost: 'keep-sounding', isTold: true },
  { after: 'ends', onControlLost: 'keep-sounding', isTold: true },
  { after: 'ends', onControlLost: 'go-quiet', isTold: false },
  { after: 'drops', onControlLost: 'go-quiet', isTold: false },
  { after: 'as-promised', onControlLost: 'go-quiet', isTold: false },
  { after: 'as-promised', onControlLost: 'keep-sounding', isTold: false },
] as const)(
  'hardware that $after can not always keep $onControlLost: that is a fault from when it is there, and does not hide a worse one',
  async ({ after, onControlLost, isTold }) => {
    const bench = watched(onControlLost);
    Object.assign(bench.relay, { afterProcessEnd: after, isThere: false });
    await bench.look();
    bench.watch.start();
    expect(bench.reasons).toEqual([]);
    bench.relay.isThere = true;
    await bench.clock.advance(15_000);
    expect(bench.reasons).toEqual([isTold ? 'not-kept' : null]);
    bench.relay.isWelded = true;
    bench.want(true);
    await bench.clock.advance(3_000);
    expect(bench.reasons.slice(1)).toEqual(isTold ? [null, 'not-proven'] : ['not-proven']);
    expect(outputFaultDetail(bench.config, 'not-kept', null)['next_en']).toContain('strict_gpiod');
  },
);
