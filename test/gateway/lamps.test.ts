/** Lamps that show something by themselves: what each shows, how it is switched, and all of them in a whole village. */
import { describe, expect, test } from 'vitest';
import { brandId, type EntryId, type OutputId } from '../../config/ids.js';
import type { LampMeaning, OutputConfig, OutputTarget, SiteConfig } from '../../config/site.js';
import type { OutputHandle } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import type { ModbusLine } from '../../drivers/modbus/line.js';
import { type Priority, priorities } from '../../drivers/modbus/line-queue.js';
import type { Alarm, Facets, Service } from '../../gateway/alarm/facets.js';
import { emptyAlarmState } from '../../gateway/alarm/facets.js';
import { Lamp } from '../../gateway/annunciator/lamp.js';
import { type FireDebt, lampStates, type Transmission, transmissionOf } from '../../gateway/annunciator/lamp-states.js';
import { Lamps } from '../../gateway/annunciator/lamps.js';
import { outputHandle } from '../../gateway/output-handles.js';
import type { SiteLines } from '../../gateway/site-lines.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { kitchen, line, output, seededRandom, sharedDisk, streetSiren, townConfig, VillageRig } from './village-rig.js';

const alarmOf = (id: string): Alarm => ({
  ...{ id: brandId<EntryId>(id), order: 1, raisedMono: 0, raisedWall: 0, waitingMono: 0, frames: [], confirmed: null },
});

/** A fire that nobody has acknowledged, but for what is odd. */
function facets(odd: Partial<Facets> = {}): Facets {
  return {
    ...{ subject: 'point:a', class: 'fire', zone: null, name: { zh: 'a', en: 'a' }, condition: 'active', sinceMono: 0 },
    ...{
      alarm: alarmOf('a'),
      acknowledged: null,
      sounder: 'sounding',
      silencedMono: null,
      service: null,
      sounderMono: 0,
      isLost: false,
    },
    ...odd,
  };
}

const acknowledged = { acknowledged: { by: 'panel', wall: 0, afterMs: 5 } } as const;
const away: Service = { is: 'out-of-service', by: 'cli:li', untilMono: 9, untilWall: 9, isWallSure: true };

describe('what each lamp shows', () => {
  const rows: readonly (readonly [promise: string, subjects: readonly Facets[], lit: string])[] = [
    ['with nothing the matter only green is lit', [], 'normal on'],
    ['a fire that nobody has acknowledged flashes, and green goes out', [facets()], 'fire flash'],
    ['an acknowledged fire is lit steadily', [facets(acknowledged)], 'fire on'],
    [
      'a fire that returned to normal is lit until the reset',
      [facets({ ...acknowledged, condition: 'normal' })],
      'fire on',
    ],
    [
      'one that is not acknowledged flashes among those that are, in either order',
      [facets(acknowledged), facets(), facets(acknowledged)],
      'fire flash',
    ],
    ['a silenced fire flashes until it is acknowledged', [facets({ sounder: 'silenced' })], 'fire flash'],
    [
      'a fire that waits for its on-delay shows nothing yet',
      [facets({ condition: 'pending', alarm: null })],
      'normal on',
    ],
    ['a warning puts out green and lights no red', [facets({ class: 'warning' })], ''],
    ['a supervisory alarm puts out green', [facets({ class: 'supervisory' })], ''],
    ['a fault is yellow', [facets({ class: 'fault' })], 'fault on'],
    ['a notice leaves green as it is', [facets({ class: 'technical' })], 'normal on'],
    [
      'what is taken out of the watch has a lamp of its own',
      [facets({ alarm: null, service: away })],
      'service on, normal on',
    ],
    [
      'a shelved fault is still yellow, and no all-clear',
      [facets({ class: 'fault', service: away })],
      'fault on, service on',
    ],
    [
      'a fire of what is out of service asks for nobody, and is lit',
      [facets({ service: away })],
      'fire on, service on',
    ],
  ];
  const litOf = (subjects: readonly Facets[], transmission: Transmission, isScanned: boolean): string =>
    Object.entries(lampStates(subjects, transmission, isScanned))
      .filter(([, state]) => state !== 'off')
      .map(([lamp, state]) => `${lamp} ${state}`)
      .join(', ');

  test.each(rows)('%s', (_, subjects, lit) => {
    expect(litOf(subjects, 'idle', true)).toBe(lit);
  });

  test('before everything was looked at once, nothing is called normal', () => {
    expect(litOf([], 'idle', false)).toBe('');
  });

  test('reports flash while they are on their way, and are lit when they have arrived', () => {
    expect(litOf([], 'sending', false)).toBe('transmission flash');
    expect(litOf([], 'sent', false)).toBe('transmission on');
  });

  test.each([
    ['has a lamp and a sound of its own', [], 'normal on, duty flash, duty_sound beep'],
    ['leaves the ear to a fire that sounds', [facets()], 'fire flash, duty flash'],
    ['leaves the ear to a warning that sounds', [facets({ class: 'warning' })], 'duty flash'],
    [
      'is heard again when the fire is silenced',
      [facets({ ...acknowledged, sounder: 'silenced' })],
      'fire on, duty flash, duty_sound beep',
    ],
    ['is above a fault', [facets({ class: 'fault' })], 'fault on, duty flash, duty_sound beep'],
  ] as const)('a duty check %s', (_, subjects, lit) => {
    const states = Object.entries(lampStates(subjects, 'idle', true, true)).filter(([, state]) => state !== 'off');
    expect(states.map(([lamp, state]) => `${lamp} ${state}`).join(', ')).toBe(lit);
  });

  const owed = (carriedMono: number | null = null): FireDebt => ({ isOwed: true, carriedMono });
  const paid = (carriedMono: number | null = null): FireDebt => ({ isOwed: false, carriedMono });
  test.each<readonly [promise: string, uplinks: readonly FireDebt[], is: Transmission]>([
    ['without an uplink there is nothing to send', [], 'idle'],
    ['nothing was told yet', [paid()], 'idle'],
    ['a report is not confirmed', [owed()], 'sending'],
    ['one of two centres has not confirmed', [paid(1_000), owed(900)], 'sending'],
    ['told a moment ago', [paid(301_000)], 'sent'],
    ['told just under five minutes ago', [paid(2_001), paid()], 'sent'],
    ['told five minutes ago', [paid(2_000)], 'idle'],
  ])('%s', (_, uplinks, is) => {
    expect(transmissionOf(uplinks, 302_000)).toBe(is);
  });
});

class FakeHandle implements OutputHandle {
  readonly afterProcessEnd = 'holds';
  readonly orders: boolean[] = [];
  looks = 0;
  isOn = false;
  isWelded = false;
  isThere = true;

  async command(on: boolean): Promise<void> {
    if (!this.isThere) throw new DriverError('BUS-001', 'unit 30');
    this.orders.push(on);
    if (!this.isWelded) this.isOn = on;
  }

  async readBack(): Promise<boolean> {
    this.looks++;
    return this.isOn;
  }
}

const pinTarget: OutputTarget = { kind: 'pin', pin: 5, activeLow: false };
const step = { table: 'coil', address: 5, value: 1 } as const;
const relayTarget: OutputTarget = {
  ...{ kind: 'unit', device: brandId('relay-2'), on: step, off: { ...step, value: 0 } },
  readBack: { table: 'coil', address: 5, onRaw: 1 },
};

function lampOn(target: OutputTarget, shows: LampMeaning = 'fire') {
  const clock = new SimClock();
  const handle = new FakeHandle();
  const faults: (string | null)[] = [];
  const config: OutputConfig = {
    ...{ id: brandId<OutputId>('lamp'), name: { zh: '灯', en: 'lamp' }, kind: 'lamp', zone: null, target, shows },
    onControlLost: 'keep-sounding',
  };
  const events = {
    onFault: (_: OutputConfig, reason: string | null) => void faults.push(reason),
    onLooked: () => undefined,
  };
  const lamp = new Lamp({ config, makeHandle: () => handle, clock, random: seededRandom(), events });
  /** As the board of lamps does it, every half second. */
  const flash = async (seconds: number): Promise<void> => {
    for (let half = 0; half < seconds * 2; half++) {
      lamp.show('flash', half % 2 === 0);
      await clock.advance(500);
    }
  };
  return { clock, handle, faults, lamp, flash };
}

describe('one lamp', () => {
  test('at a pin has changed before show() returns, and is looked at', async () => {
    const bench = lampOn(pinTarget);
    bench.lamp.show('on', true);
    expect(bench.handle.isOn).toBe(true);
    await bench.clock.advance(10);
    expect([bench.handle.looks, bench.faults]).toEqual([1, [null]]);
  });

  test('at a pin flashes once a second, and is looked at every ten seconds only', async () => {
    const bench = lampOn(pinTarget);
    await bench.flash(60);
    expect(bench.handle.orders).toHaveLength(120);
    expect(bench.handle.looks).toBeLessThanOrEqual(7);
    expect(bench.handle.looks).toBeGreaterThanOrEqual(5);
  });

  test('at a relay is lit instead of flashing: one order, then looks', async () => {
    const bench = lampOn(relayTarget);
    await bench.flash(60);
    expect(new Set(bench.handle.orders)).toEqual(new Set([true]));
    expect(bench.handle.orders.length).toBeLessThanOrEqual(7);
  });

  test('that does not follow is a fault after 1 s, told once, and sound again when it does', async () => {
    const bench = lampOn(relayTarget);
    bench.handle.isWelded = true;
    bench.lamp.show('on', true);
    await bench.clock.advance(900);
    expect(bench.faults).toEqual([]);
    await bench.clock.advance(60_000);
    expect(bench.faults).toEqual(['not-proven']);
    bench.handle.isWelded = false;
    await bench.clock.advance(2_100);
    expect(bench.faults).toEqual(['not-proven', null]);
  });

  test('that can not be reached while it flashes is a fault too, and sound again when it can', async () => {
    const bench = lampOn(pinTarget);
    bench.handle.isThere = false;
    await bench.flash(5);
    bench.handle.isThere = true;
    await bench.flash(2);
    expect(bench.faults).toEqual(['not-proven', null]);
  });

  test('that somebody else switched is as it should be within 10 s', async () => {
    const bench = lampOn(relayTarget);
    bench.lamp.show('on', true);
    await bench.clock.advance(1_000);
    bench.handle.isOn = false;
    await bench.clock.advance(10_000);
    expect(bench.handle.isOn).toBe(true);
  });

  test.each<readonly [LampMeaning, boolean]>([
    ['normal', false],
    ['transmission', false],
    ['fire', true],
    ['fault', true],
  ])('%s is lit after the stop: %s', async (shows, isLit) => {
    const bench = lampOn(relayTarget, shows);
    bench.lamp.show('on', true);
    await bench.clock.advance(100);
    await bench.lamp.stop();
    expect(bench.handle.isOn).toBe(isLit);
  });
});

/** The town with a lamp of each meaning at pins, and the red one a second time at a relay beside the street's siren. */
async function litTown(): Promise<SiteConfig> {
  const config = await townConfig();
  const street = config.outputs.find(({ id }) => id === streetSiren);
  if (street?.target.kind !== 'unit') throw new Error('the street siren is at a relay');
  const { on, off, readBack } = street.target;
  const sixth = <T extends { readonly address: number }>(at: T): T => ({ ...at, address: at.address + 5 });
  const relay: OutputTarget = { ...street.target, on: sixth(on), off: sixth(off), readBack: sixth(readBack) };
  const lampAt = (id: string, shows: LampMeaning, target: OutputTarget): OutputConfig => ({
    ...{
      id: output(id),
      name: { zh: id, en: id },
      kind: 'lamp',
      zone: null,
      onControlLost: 'keep-sounding',
      target,
      shows,
    },
  });
  const meanings = ['fire', 'fault', 'service', 'normal', 'transmission'] as const;
  const lamps = meanings.map((shows, i) => lampAt(shows, shows, { kind: 'pin', pin: 20 + i, activeLow: false }));
  return { ...config, outputs: [lampAt('fire-relay', 'fire', relay), ...lamps, ...config.outputs] };
}

/** Lit all the time, dark all the time, or both, over three seconds. */
async function seen(rig: VillageRig, id: string): Promise<'on' | 'off' | 'flash'> {
  const looks = new Set<boolean>();
  for (let i = 0; i < 12; i++) {
    looks.add(rig.isOn(output(id)));
    await rig.clock.advance(250);
  }
  return looks.size === 2 ? 'flash' : looks.has(true) ? 'on' : 'off';
}

test.each([
  ['siren', priorities.annunciator],
  ['strobe', priorities.annunciator],
  ['lamp', priorities.operator],
] as const)('at a relay a %s is ordered and looked at with priority %i of its line', async (kind, priority) => {
  const config = (await litTown()).outputs.find(({ id }) => id === streetSiren);
  if (config?.target.kind !== 'unit') throw new Error('the street siren is at a relay');
  const asked: Priority[] = [];
  const request: ModbusLine['request'] = async (_, of) => {
    asked.push(of);
    return { ok: true, values: [1], sampledMono: 0, receivedMono: 0, frame: 1, confirmed: true };
  };
  const ofUnit = () => ({ unit: {}, line: { request } });
  const handle = outputHandle({ ...config, kind }, null, { ofUnit } as unknown as SiteLines);
  await handle.command(true);
  await handle.readBack();
  expect(asked).toEqual([priority, priority]);
});

describe('the lamps of a village', () => {
  test('follow a fire from its raising to its reset, and nothing is journaled about them', async () => {
    const rig = await VillageRig.watching({ config: await litTown() });
    await rig.clock.advance(10_000);
    expect([await seen(rig, 'normal'), await seen(rig, 'fire')]).toEqual(['on', 'off']);
    rig.village.setPoint(kitchen, 'alarm');
    await rig.clock.advance(3_000);
    expect([await seen(rig, 'normal'), await seen(rig, 'fire'), await seen(rig, 'fire-relay')]).toEqual([
      'off',
      'flash',
      'on',
    ]);
    rig.runtime.command({ kind: 'acknowledge', level: 1, upTo: rig.newestSeen, origin: 'panel' });
    await rig.clock.advance(1_000);
    expect(await seen(rig, 'fire')).toBe('on');
    rig.village.setPoint(kitchen, 'normal');
    await rig.clock.advance(20_000);
    expect(await seen(rig, 'fire')).toBe('on');
    rig.runtime.command({ kind: 'reset', level: 2, upTo: rig.newestSeen, origin: 'panel' });
    await rig.clock.advance(3_000);
    expect([await seen(rig, 'normal'), await seen(rig, 'fire'), await seen(rig, 'fire-relay')]).toEqual([
      'on',
      'off',
      'off',
    ]);
    const about = rig.entries.filter(({ subject }) => /^output:(?!siren)/.test(subject));
    expect(about).toEqual([]);
  });

  test('a siren at the same relay unit is switched before the lamp', async () => {
    const rig = await VillageRig.watching({ config: await litTown() });
    const order: string[] = [];
    rig.village.onOutputChange((id, on) => {
      if (on && (id === streetSiren || id === output('fire-relay'))) order.push(id);
    });
    rig.village.setPoint(kitchen, 'alarm');
    await rig.clock.until(() => order.length === 2, 5_000);
    expect(order).toEqual([streetSiren, 'fire-relay']);
  });

  test('a line that is cut lights yellow and puts out green', async () => {
    const rig = await VillageRig.watching({ config: await litTown() });
    rig.village.cutLine(line('east'), true);
    await rig.clock.advance(30_000);
    expect([await seen(rig, 'fault'), await seen(rig, 'normal')]).toEqual(['on', 'off']);
  });

  test('a report that no centre confirms flashes; five minutes after it was, the lamp goes out', async () => {
    // Without plans there is only one report: the fire.
    const rig = await VillageRig.watching({ config: { ...(await litTown()), plans: [] } });
    const send = rig.uplink.send.bind(rig.uplink);
    let isDeaf = true;
    const waiting: (() => void)[] = [];
    rig.uplink.send = async (report) => {
      if (isDeaf) await new Promise<void>((resolve) => waiting.push(resolve));
      await send(report);
    };
    expect(await seen(rig, 'transmission')).toBe('off');
    rig.village.setPoint(kitchen, 'alarm');
    await rig.clock.advance(3_000);
    expect(await seen(rig, 'transmission')).toBe('flash');
    isDeaf = false;
    for (const resolve of waiting) resolve();
    await rig.clock.advance(1_000);
    expect(await seen(rig, 'transmission')).toBe('on');
    await rig.clock.advance(290_000);
    expect(await seen(rig, 'transmission')).toBe('on');
    await rig.clock.advance(10_000);
    expect(await seen(rig, 'transmission')).toBe('off');
  });

  test('what an earlier start still owed flashes after a restart, and is lit when it was carried', async () => {
    const first = await VillageRig.make({ config: { ...(await litTown()), plans: [] } });
    const { config, clock, village } = first;
    const disk = sharedDisk(clock);
    const next = async (isDeaf: boolean): Promise<VillageRig> => {
      const rig = await VillageRig.make({ config, clock, village, store: disk() });
      if (isDeaf) rig.uplink.send = () => new Promise(() => undefined);
      await rig.start();
      return rig;
    };
    const told = await next(true);
    village.setPoint(kitchen, 'alarm');
    await clock.advance(10_000);
    await told.kill();
    const restarted = await next(true);
    await clock.advance(2_000);
    expect(restarted.entries.filter(({ lane }) => lane === 'fire')).toEqual([]);
    expect(await seen(restarted, 'transmission')).toBe('flash');
    await restarted.kill();
    const heard = await next(false);
    await clock.advance(2_000);
    expect(await seen(heard, 'transmission')).toBe('on');
  });

  test('a lamp that can not be switched is a fault of its output', async () => {
    const rig = await VillageRig.watching({ config: await litTown() });
    rig.village.board.stick(21, true);
    await rig.clock.advance(15_000);
    expect(rig.faults).toContain('raised fault:output:fault');
  });
});

test('the buzzer of a duty check beeps twice in four seconds, and is off as soon as somebody has answered', async () => {
  const clock = new SimClock();
  const beeps: number[] = [];
  let isOn = false;
  let isDutyAsked = true;
  const handle: OutputHandle = {
    afterProcessEnd: 'holds',
    command: async (on) => {
      if (on && !isOn) beeps.push(Math.round(clock.mono()));
      isOn = on;
    },
    readBack: async () => isOn,
  };
  const config: OutputConfig = {
    ...{
      id: brandId<OutputId>('duty'),
      name: { zh: '蜂鸣器', en: 'buzzer' },
      kind: 'lamp',
      zone: null,
      shows: 'duty_sound',
    },
    ...{ target: { kind: 'pin', pin: 4, activeLow: false }, onControlLost: 'go-quiet' },
  };
  const lamps = new Lamps({
    ...{ outputs: [config], makeHandle: () => () => handle, clock, random: seededRandom(), transmission: () => 'idle' },
    ...{ isDutyAsked: () => isDutyAsked, events: { onFault: () => undefined, onLooked: () => undefined } },
  });
  lamps.start();
  await clock.advance(9_900);
  expect(beeps).toEqual([0, 1_000, 4_000, 5_000, 8_000, 9_000]);
  isDutyAsked = false;
  await clock.advance(8_000);
  expect([beeps.length, isOn]).toEqual([6, false]);
  await lamps.stop();
});

test('a lamp test shows each state for two seconds, then what the lamp has to show; a fire ends it at once', async () => {
  const clock = new SimClock();
  const levels: boolean[] = [];
  const config: OutputConfig = {
    ...{ id: brandId<OutputId>('lamp'), name: { zh: '灯', en: 'lamp' }, kind: 'lamp', zone: null, shows: 'fire' },
    ...{ target: { kind: 'pin', pin: 4, activeLow: false }, onControlLost: 'keep-sounding' },
  };
  const handle: OutputHandle = {
    afterProcessEnd: 'holds',
    command: async (on) => void levels.push(on),
    readBack: async () => levels.at(-1) ?? false,
  };
  const lamps = new Lamps({
    ...{ outputs: [config], makeHandle: () => () => handle, clock, random: seededRandom() },
    ...{ transmission: () => 'idle', events: { onFault: () => undefined, onLooked: () => undefined } },
  });
  expect(lamps.test()).toBe(false);
  lamps.start();
  expect(lamps.test()).toBe(true);
  await clock.advance(1_900);
  expect(levels.at(-1)).toBe(true);
  const lit = levels.length;
  await clock.advance(2_000);
  expect(levels.length - lit).toBeGreaterThan(2);
  await clock.advance(2_000);
  expect(levels.at(-1)).toBe(false);
  await clock.advance(1_000);
  expect(lamps.test()).toBe(true);
  await clock.advance(5_000);
  // In its dark part: the fire is shown all the same.
  lamps.take({ ...emptyAlarmState, subjects: new Map([['point:a', facets(acknowledged)]]) });
  await clock.advance(100);
  expect(levels.at(-1)).toBe(true);
  await lamps.stop();
});
