/** A unit as points and an output as registers: read plans, decoding, units that fail (drivers/modbus). */
import { describe, expect, it } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { OutputTarget, PointConfig, Table } from '../../config/site.js';
import { priorities } from '../../drivers/modbus/line-queue.js';
import { ModbusDevice } from '../../drivers/modbus/modbus-device.js';
import { ModbusOutput } from '../../drivers/modbus/modbus-output.js';
import { echoOnly, forTimes, silent } from '../../hardware-sim/modbus/mischief.js';
import { N4d8b08 } from '../../hardware-sim/modbus/n4d8b08.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import type { UnitModel } from '../../hardware-sim/modbus/unit-model.js';
import { WaveshareRelay8 } from '../../hardware-sim/modbus/waveshare-relay8.js';
import { allOf, point, unitConfig } from './paper-line.js';
import { limits, source } from './register-source.js';
import { type LineRig, lineRig, unitAt } from './rig.js';

const contact = new Map([
  [0, 'open'],
  [1, 'closed'],
]);

/** A unit whose holding registers show what the test wrote into them; what is not there is exception 2. */
class Notes implements UnitModel {
  readonly functions = new Set([1, 3]);
  readonly relays = null;
  constructor(readonly notes: Map<number, number>) {}
  read(_table: Table, address: number): number | null {
    return this.notes.get(address) ?? null;
  }
  write(): 1 {
    return 1;
  }
  setRaw(): void {}
  relayAt(): null {
    return null;
  }
  setPower(): void {}
  commission(): void {}
}

async function deviceRig(points: readonly PointConfig[], notes: readonly (readonly [number, number])[]) {
  const rig = await lineRig();
  const unit = new SimUnit({ address: 1, model: new Notes(new Map(notes)), turnaroundMs: 5 });
  rig.wire.attach(unit);
  const unitOf4 = unitConfig({ limits: limits({ maxRead: 4, maxGap: 1 }) });
  const device = new ModbusDevice({ unit: unitOf4, line: rig.line, clock: rig.clock, points });
  const scan = async () => {
    const { error, readings } = await rig.wait(allOf(device));
    const told = readings.map(({ pointId, value, reason }) => [pointId.slice('unit-1/'.length), value ?? reason]);
    return { error, readings, told: Object.fromEntries(told) as Record<string, unknown> };
  };
  return { ...rig, unit, device, scan };
}

describe('a unit', () => {
  const points = [
    point('a', source('holding', 0, { states: contact })),
    point('b', source('holding', 2)),
    point('far', source('holding', 100)),
    point('bit', source('coil', 5, { type: 'bool', states: contact })),
  ];
  const notes = [
    [0, 1],
    [1, 99],
    [2, 42],
    [5, 0],
    [100, 7],
  ] as const;

  it('gives every point once, out of as few frames as it has blocks', async () => {
    const rig = await deviceRig(points, notes);
    const { error, told, readings } = await rig.scan();
    expect(error).toBeNull();
    expect(told).toEqual({ a: 'closed', b: 42, far: 7, bit: 'open' });
    expect(readings).toHaveLength(4);
    expect(rig.wire.counters.requests).toBe(3);
    const frameOf = Object.fromEntries(readings.map(({ pointId, frame }) => [pointId, frame]));
    expect(frameOf['unit-1/a']).toBe(frameOf['unit-1/b']);
    expect(new Set(Object.values(frameOf)).size).toBe(3);
    for (const reading of readings) {
      expect(reading).toMatchObject({ quality: 'good', confirmed: true });
      expect(reading.sampledMono).toBeLessThan(rig.clock.mono());
    }
  });

  it('gives two points of one register both', async () => {
    const normallyClosed = new Map([
      [1, 'normal'],
      [0, 'low'],
    ]);
    const rig = await deviceRig(
      [
        point('input', source('holding', 0, { states: contact })),
        point('float', source('holding', 0, { states: normallyClosed })),
      ],
      notes,
    );
    expect((await rig.scan()).told).toEqual({ input: 'closed', float: 'normal' });
    expect(rig.wire.counters.requests).toBe(1);
  });

  it('that is silent costs one time-out; all its points are bad and say why', async () => {
    const rig = await deviceRig(points, notes);
    rig.unit.on = false;
    const { error, told, readings } = await rig.scan();
    expect(error).toMatchObject({ code: 'BUS-001' });
    expect(told).toEqual({ a: 'silent', b: 'silent', far: 'silent', bit: 'silent' });
    expect(readings).toHaveLength(4);
    expect(rig.line.counts.timeouts).toBe(1);
    for (const reading of readings) expect(reading).toMatchObject({ quality: 'bad', value: null, confirmed: false });
  });

  it('that falls silent half-way keeps what it said and is bad in the rest', async () => {
    const rig = await deviceRig(points, notes);
    rig.unit.mischief = ({ request, reply }) =>
      request.kind === 'read' && request.fc === 3 && request.address === 100 ? [] : [{ afterMs: 0, bytes: reply }];
    const { error, told } = await rig.scan();
    expect(error).toMatchObject({ code: 'BUS-001', where: 'unit 1 holding 100+1' });
    expect(told).toEqual({ bit: 'open', a: 'closed', b: 42, far: 'silent' });
  });

  it('that refuses one value gives the others all the same', async () => {
    const rig = await deviceRig(
      points,
      notes.filter(([address]) => address !== 100),
    );
    const { error, told } = await rig.scan();
    expect(error).toMatchObject({ code: 'BUS-002', got: 'exception 2' });
    expect(told).toEqual({ a: 'closed', b: 42, far: 'exception', bit: 'open' });
  });

  it('that does not know a register which is read along loses nothing, and is not asked for it again', async () => {
    const rig = await deviceRig(
      points,
      notes.filter(([address]) => address !== 1),
    );
    expect(await rig.scan()).toMatchObject({ error: null, told: { a: 'closed', b: 42, far: 7, bit: 'open' } });
    expect(rig.wire.counters.requests).toBe(5);
    expect(await rig.scan()).toMatchObject({ error: null, told: { a: 'closed', b: 42 } });
    expect(rig.wire.counters.requests).toBe(9);
  });

  it('on a line that is not open is bad at once: line-down, not silent', async () => {
    const rig = await deviceRig(points, notes);
    rig.wire.unplug();
    await rig.clock.advance(1);
    const { error, told } = await rig.scan();
    expect(error).toMatchObject({ code: 'BUS-003' });
    expect(new Set(Object.values(told))).toEqual(new Set(['line-down']));
  });

  it('says unconfirmed for what came soon after a time-out', async () => {
    const rig = await deviceRig(points, notes);
    rig.unit.mischief = forTimes(1, silent);
    await rig.scan();
    const { readings } = await rig.scan();
    expect(readings.map(({ quality, confirmed }) => ({ quality, confirmed }))).toEqual(
      new Array(4).fill({ quality: 'good', confirmed: false }),
    );
  });

  it('leaves points of pins and of other units aside', async () => {
    const foreignPoints = [
      point('pin', { kind: 'pin', pin: 4, low: 'a', high: 'b' }),
      point('other', source('holding', 0, { device: brandId('unit-2') })),
    ];
    const rig = await deviceRig(foreignPoints, notes);
    expect(rig.device.parts).toEqual([]);
    expect(rig.device.unseen('silent')).toEqual([]);
    expect(rig.wire.counters.requests).toBe(0);
  });
});

type UnitTarget = Extract<OutputTarget, { kind: 'unit' }>;

/** Two seconds on the third channel of each module. */
const timers = {
  coil: { table: 'coil', address: 0x0202, value: 20, forMs: 2_000 },
  holding: { table: 'holding', address: 3, value: 0x0602, forMs: 2_000 },
} as const satisfies Record<'coil' | 'holding', UnitTarget['timed']>;

describe.each([
  [
    'the Waveshare module, by coils',
    (rig: LineRig) => new WaveshareRelay8(rig.clock),
    {
      kind: 'unit',
      device: brandId('unit-1'),
      on: { table: 'coil', address: 2, value: 1 },
      off: { table: 'coil', address: 2, value: 0 },
      readBack: { table: 'coil', address: 2, onRaw: 1 },
    } satisfies UnitTarget,
    2,
  ],
  [
    'the N4D8B08 module, which reads back another word than was written',
    (rig: LineRig) => new N4d8b08(rig.clock),
    {
      kind: 'unit',
      device: brandId('unit-1'),
      on: { table: 'holding', address: 3, value: 0x0100 },
      off: { table: 'holding', address: 3, value: 0x0200 },
      readBack: { table: 'holding', address: 3, onRaw: 1 },
    } satisfies UnitTarget,
    2,
  ],
] as const)('an output of %s', (_name, makeModel, target, relay) => {
  async function outputRig() {
    const rig = await lineRig();
    const model = makeModel(rig);
    const unit = new SimUnit({ address: 1, model, turnaroundMs: 5 });
    rig.wire.attach(unit);
    const output = new ModbusOutput(rig.line, unitConfig(), target);
    const contacts = () => Array.from({ length: 8 }, (_, i) => model.relays.contactIsClosed(i));
    return { ...rig, model, unit, output, contacts };
  }
  const only = (index: number) => Array.from({ length: 8 }, (_, i) => i === index);

  it('goes on and off, and nothing else moves; the read-back follows', async () => {
    const rig = await outputRig();
    expect(await rig.wait(rig.output.readBack())).toBe(false);
    await rig.wait(rig.output.command(true));
    expect(rig.contacts()).toEqual(only(relay));
    expect(await rig.wait(rig.output.readBack())).toBe(true);
    await rig.wait(rig.output.command(true));
    expect(rig.contacts()).toEqual(only(relay));
    await rig.wait(rig.output.command(false));
    expect(rig.contacts()).toEqual(only(-1));
    expect(await rig.wait(rig.output.readBack())).toBe(false);
  });

  it('with a timer of its own goes off by itself when nobody orders it again, and at once when it is ordered off', async () => {
    const rig = await outputRig();
    const timed = timers[target.on.table];
    const output = new ModbusOutput(rig.line, unitConfig(), { ...target, timed });
    expect([output.afterProcessEnd, output.onForMs]).toEqual(['ends', 2_000]);
    for (let i = 0; i < 3; i++) {
      await rig.wait(output.command(true));
      expect([rig.contacts(), await rig.wait(output.readBack())]).toEqual([only(relay), true]);
      await rig.clock.advance(1_500);
    }
    expect(rig.contacts()).toEqual(only(relay));
    await rig.clock.advance(500);
    expect([rig.contacts(), await rig.wait(output.readBack())]).toEqual([only(-1), false]);
    await rig.wait(output.command(true));
    await rig.wait(output.command(false));
    expect(rig.contacts()).toEqual(only(-1));
  });

  it('goes before all reads that wait, when it is set and when it is looked at', async () => {
    const rig = await outputRig();
    let served = 0;
    const reads = Array.from({ length: 20 }, async () => {
      await rig.line.request(unitAt(9), priorities.fire, { kind: 'read', table: 'holding', address: 0, count: 1 });
      served++;
    });
    await rig.clock.advance(1);
    await rig.wait(rig.output.command(true));
    expect(served).toBe(1);
    // At most the one read that left while the confirmation was handed up.
    await rig.wait(rig.output.readBack());
    expect(served).toBeLessThanOrEqual(2);
    await rig.wait(Promise.all(reads));
  });

  it('is found on when it was on, and stays so: nothing is written to see it', async () => {
    const rig = await outputRig();
    rig.model.relays.set(relay, true);
    const movements: boolean[] = [];
    rig.model.relays.onChange((_index, closed) => movements.push(closed));
    expect(await rig.wait(rig.output.readBack())).toBe(true);
    expect(rig.output.afterProcessEnd).toBe('holds');
    await rig.wait(rig.line.stop());
    expect(movements).toEqual([]);
  });

  it('of a unit without supply is an error for both, never "off"', async () => {
    const rig = await outputRig();
    rig.unit.on = false;
    await expect(rig.wait(rig.output.command(true))).rejects.toMatchObject({ code: 'BUS-001' });
    await expect(rig.wait(rig.output.readBack())).rejects.toMatchObject({ code: 'BUS-001' });
  });

  it('that the unit refuses is BUS-002', async () => {
    const rig = await outputRig();
    const beyond = { ...target.on, address: 50 };
    const output = new ModbusOutput(rig.line, unitConfig(), { ...target, on: beyond });
    await expect(rig.wait(output.command(true))).rejects.toMatchObject({ code: 'BUS-002', got: 'exception 2' });
  });

  it('behind an adapter that hears itself is confirmed by the echo alone: only the read-back tells', async () => {
    const rig = await outputRig();
    rig.unit.mischief = echoOnly;
    await rig.wait(rig.output.command(true));
    await expect(rig.wait(rig.output.readBack())).rejects.toMatchObject({ code: 'BUS-001' });
  });
});
