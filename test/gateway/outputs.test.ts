import { describe, expect, test } from 'vitest';
import { brandId, type EntryId, type OutputId, type PlanId, type ZoneId } from '../../config/ids.js';
import type { OutputConfig, PlanConfig } from '../../config/site.js';
import type { AlarmClass, OnControlLost } from '../../config/vocabulary.js';
import { pause } from '../../drivers/clock.js';
import type { OutputHandle } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import { type Alarm, type AlarmState, emptyAlarmState, type Facets } from '../../gateway/alarm/facets.js';
import { Annunciator } from '../../gateway/annunciator/annunciator.js';
import { type Desired, desiredOutputs } from '../../gateway/annunciator/desired-outputs.js';
import { OutputWatch } from '../../gateway/annunciator/output-watch.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import { seededRandom } from './village-rig.js';

const hall = brandId<ZoneId>('hall');
const street = brandId<ZoneId>('street');
const siren = brandId<OutputId>('siren');
const lamp = brandId<OutputId>('lamp');
const entryId = (text: string): EntryId => brandId<EntryId>(text);

describe('what the plans want', () => {
  const plan = (alarmClass: AlarmClass, zones: PlanConfig['when']['zones'], ...sound: OutputId[]): PlanConfig => ({
    id: brandId<PlanId>('plan'),
    when: { class: alarmClass, zones },
    steps: [{ start: [{ kind: 'at-once' }], sound }],
  });
  const hallFire = plan('fire', [hall], siren);

  function alarmOf(id: string, odd: Partial<Alarm> = {}): Alarm {
    return {
      id: entryId(id),
      order: 1,
      raisedMono: 0,
      raisedWall: 0,
      waitingMono: 0,
      frames: [],
      confirmed: null,
      ...odd,
    };
  }

  function alarm(id: string, odd: Partial<Facets> = {}): Facets {
    return {
      subject: `point:${id}`,
      class: 'fire',
      zone: hall,
      name: { zh: id, en: id },
      condition: 'active',
      sinceMono: 0,
      alarm: alarmOf(id),
      acknowledged: null,
      sounder: 'sounding',
      sounderMono: 0,
      service: null,
      isLost: false,
      ...odd,
    };
  }

  interface Row {
    readonly promise: string;
    readonly alarms: readonly Facets[];
    readonly plans: readonly PlanConfig[];
    readonly wants: Readonly<Record<string, string>>;
  }

  const rows: readonly Row[] = [
    { promise: 'no alarm wants nothing', alarms: [], plans: [hallFire], wants: {} },
    {
      promise: 'a fire sounds the siren of its zone',
      alarms: [alarm('a')],
      plans: [hallFire],
      wants: { siren: 'on a' },
    },
    { promise: 'a fire elsewhere does not', alarms: [alarm('a', { zone: street })], plans: [hallFire], wants: {} },
    { promise: 'another class does not', alarms: [alarm('a', { class: 'warning' })], plans: [hallFire], wants: {} },
    {
      promise: 'a plan for all zones means those without one too',
      alarms: [alarm('a', { zone: null })],
      plans: [plan('fire', 'all', siren)],
      wants: { siren: 'on a' },
    },
    {
      promise: 'a plan for a zone does not mean an alarm without one',
      alarms: [alarm('a', { zone: null })],
      plans: [hallFire],
      wants: {},
    },
    {
      promise: 'a fire that waits for its on-delay wants nothing yet',
      alarms: [alarm('a', { condition: 'pending', alarm: null, sounder: 'quiet' })],
      plans: [hallFire],
      wants: {},
    },
    {
      promise: 'a latched fire still sounds after its return',
      alarms: [alarm('a', { condition: 'normal' })],
      plans: [hallFire],
      wants: { siren: 'on a' },
    },
    {
      promise: 'an acknowledged fire still sounds',
      alarms: [alarm('a', { acknowledged: { by: 'panel', wall: 0, afterMs: 5 } })],
      plans: [hallFire],
      wants: { siren: 'on a' },
    },
    {
      promise: 'a fire of a lost detector still sounds',
      alarms: [alarm('a', { isLost: true })],
      plans: [hallFire],
      wants: { siren: 'on a' },
    },
    {
      promise: 'a silenced fire wants quiet, and says so',
      alarms: [alarm('a', { sounder: 'silenced' })],
      plans: [hallFire],
      wants: { siren: 'off a' },
    },
    {
      promise: 'one silenced fire does not quiet another, in either order',
      alarms: [alarm('a', { sounder: 'silenced' }), alarm('b'), alarm('c', { sounder: 'silenced' })],
      plans: [hallFire],
      wants: { siren: 'on a,b,c' },
    },
    {
      promise: 'several plans add up',
      alarms: [alarm('a'), alarm('w', { class: 'warning' })],
      plans: [hallFire, plan('warning', 'all', lamp), plan('fire', 'all', lamp)],
      wants: { siren: 'on a', lamp: 'on a,w' },
    },
  ];
  test.each(rows.map((row) => [row.promise, row] as const))('%s', (_, { alarms, plans, wants }) => {
    expect(wantsOf(alarms, plans, 0)).toEqual({ wants, nextMono: null });
  });

  /** `on alarm,alarm` per output, and when that changes by itself. */
  function wantsOf(alarms: readonly Facets[], plans: readonly PlanConfig[], nowMono: number) {
    const subjects = new Map(alarms.map((each) => [each.subject, each]));
    const state: AlarmState = { ...emptyAlarmState, subjects, lastOrder: 9 };
    const { outputs, nextMono } = desiredOutputs(state, plans, nowMono);
    const told = [...outputs].map(([id, { on, because }]) => [id, `${on ? 'on' : 'off'} ${because.join(',')}`]);
    return { wants: Object.fromEntries(told) as Readonly<Record<string, string>>, nextMono };
  }

  const village = brandId<OutputId>('village');
  const neighbours = brandId<OutputId>('neighbours');
  const night: PlanConfig = {
    ...hallFire,
    steps: [
      ...hallFire.steps,
      { start: [{ kind: 'confirmed' }, { kind: 'unacknowledged', afterMs: 60_000 }], sound: [village] },
      { start: [{ kind: 'after', afterMs: 180_000 }], sound: [neighbours] },
    ],
  };
  const restored = { raisedMono: Number.NEGATIVE_INFINITY, waitingMono: Number.NEGATIVE_INFINITY, order: 0 };
  const steps: readonly (readonly [
    promise: string,
    facets: Partial<Facets>,
    nowMono: number,
    on: string,
    nextMono: number | null,
  ])[] = [
    ['one detector wakes its own siren, and the village later', {}, 0, 'siren', 60_000],
    [
      'a fire that is confirmed wakes the village at once',
      { alarm: alarmOf('a', { confirmed: 'call-point' }) },
      0,
      'siren village',
      180_000,
    ],
    ['nobody acknowledged: the village is woken', {}, 60_000, 'siren village', 180_000],
    ['a hair before that it is not', {}, 59_999.9, 'siren', 60_000],
    [
      'somebody acknowledged in time: the village sleeps',
      { acknowledged: { by: 'p', wall: 0, afterMs: 59_999 } },
      70_000,
      'siren',
      180_000,
    ],
    [
      'somebody acknowledged too late: what sounds goes on',
      { acknowledged: { by: 'p', wall: 0, afterMs: 60_000 } },
      70_000,
      'siren village',
      180_000,
    ],
    [
      'the neighbours are woken whoever acknowledged',
      { acknowledged: { by: 'p', wall: 0, afterMs: 5 } },
      180_000,
      'siren neighbours',
      null,
    ],
    [
      'an alarm of an earlier boot has waited long enough',
      { alarm: alarmOf('a', restored) },
      20,
      'siren village neighbours',
      null,
    ],
    [
      'one that was acknowledged in time in an earlier boot has not woken the village',
      { alarm: alarmOf('a', restored), acknowledged: { by: 'p', wall: 0, afterMs: 9 } },
      20,
      'siren neighbours',
      null,
    ],
  ];
  const rests: readonly (readonly [
    promise: string,
    facets: Partial<Facets>,
    nowMono: number,
    isOn: boolean,
    nextMono: number,
  ])[] = [
    ['a siren sounds for three minutes', {}, 179_999, true, 180_000],
    ['then it rests for one', {}, 180_000, false, 240_000],
    ['and sounds again, for as long as nobody silences it', {}, 240_000, true, 420_000],
    ['a confirmation in the midst of a rest is heard at once', { sounderMono: 200_000 }, 200_000, true, 380_000],
  ];
  test.each(rests)('rests: %s', (_, odd, nowMono, isOn, nextMono) => {
    const subjects = new Map([['point:a', alarm('a', odd)]]);
    const state: AlarmState = { ...emptyAlarmState, subjects, lastOrder: 1 };
    const { outputs, nextMono: next } = desiredOutputs(
      state,
      [plan('fire', 'all', siren, lamp)],
      nowMono,
      new Set([siren]),
    );
    // A lamp does not rest.
    expect([outputs.get(siren)?.on, outputs.get(lamp)?.on, next]).toEqual([isOn, true, nextMono]);
  });

  test('rests: a step that begins while the others rest is heard at once', () => {
    const subjects = new Map([['point:a', alarm('a')]]);
    const state: AlarmState = { ...emptyAlarmState, subjects, lastOrder: 1 };
    const late: PlanConfig = {
      ...hallFire,
      steps: [...hallFire.steps, { start: [{ kind: 'after', afterMs: 200_000 }], sound: [village] }],
    };
    const { outputs } = desiredOutputs(state, [late], 200_000, new Set([siren, village]));
    expect([outputs.get(siren)?.on, outputs.get(village)?.on]).toEqual([true, true]);
  });

  test.each(steps)('steps: %s', (_, odd, nowMono, on, nextMono) => {
    const wants = Object.fromEntries(on.split(' ').map((id) => [id, 'on a']));
    expect(wantsOf([alarm('a', odd)], [night], nowMono)).toEqual({ wants, nextMono });
  });
});

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
