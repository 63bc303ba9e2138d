/** A line over the network: Modbus TCP with several requests under way, and RTU through a serial server. */
import { describe, expect, it } from 'vitest';
import type { TcpLineConfig } from '../../config/site.js';
import type { DriverError } from '../../drivers/driver-error.js';
import type { Answer } from '../../drivers/modbus/exchange.js';
import { ModbusLine } from '../../drivers/modbus/line.js';
import { priorities } from '../../drivers/modbus/line-queue.js';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { withCrc } from '../../hardware-sim/modbus/crc16.js';
import { late, saying } from '../../hardware-sim/modbus/mischief.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { MbapGateway } from '../../hardware-sim/net/mbap-gateway.js';
import { MbapServer } from '../../hardware-sim/net/mbap-server.js';
import { SimNetwork } from '../../hardware-sim/net/sim-network.js';
import type { SimServer } from '../../hardware-sim/net/sim-server.js';
import { WireServer } from '../../hardware-sim/net/wire-server.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { errorOf, isTrue, lineConfig, seeded, TruthModel, tcpConfig, unitAt, waitOn } from './rig.js';

const holding = (address: number, count = 1) => ({ kind: 'read', table: 'holding', address, count }) as const;

interface TcpRig {
  readonly clock: SimClock;
  readonly network: SimNetwork;
  readonly line: ModbusLine;
  readonly downs: DriverError[];
  read(unit: number, address: number, count?: number): Promise<Answer>;
}

async function rigOn(clock: SimClock, config: TcpLineConfig, server: SimServer): Promise<TcpRig> {
  const network = new SimNetwork({ clock, server, where: 'pool:502' });
  const downs: DriverError[] = [];
  let frame = 0;
  const line = new ModbusLine({
    ...{ config, clock, open: network.open, random: seeded(5) },
    nextFrame: () => ++frame,
    onUp: () => undefined,
    onDown: (error) => downs.push(error),
  });
  line.start();
  await clock.advance(50);
  const read = (unit: number, address: number, count = 1): Promise<Answer> =>
    line.request(unitAt(unit), priorities.fire, holding(address, count));
  return { clock, network, line, downs, read };
}

async function tcpRig(changes: Partial<TcpLineConfig> = {}, units = 8, turnaroundMs = 10) {
  const clock = new SimClock();
  const server = new MbapServer(clock);
  for (let address = 1; address <= units; address++) {
    server.attach(new SimUnit({ address, model: new TruthModel(address, clock), turnaroundMs }));
  }
  return { ...(await rigOn(clock, tcpConfig(changes), server)), server };
}

const isGood = (unit: number, address: number, answer: Answer): boolean => answer.ok && isTrue(unit, address, answer);

describe('Modbus TCP', () => {
  it.each([
    [1, 8 * 12],
    [4, 2 * 12],
    [8, 12],
  ])('with %i requests under way asks eight units in %i ms', async (inFlight, expectedMs) => {
    const rig = await tcpRig({ inFlight });
    const beganMono = rig.clock.mono();
    const looks = Array.from({ length: 8 }, (_, i) => rig.read(i + 1, 3, 10));
    const answers = await waitOn(rig.clock, Promise.all(looks));
    expect(answers.every((answer, i) => isGood(i + 1, 3, answer))).toBe(true);
    // Pieces reach the client a millisecond apart.
    expect(Math.abs(rig.clock.mono() - beganMono - expectedMs)).toBeLessThan(10);
  });

  it('loses nothing to a dead unit but that unit, and drops no connection for it', async () => {
    const rig = await tcpRig({ inFlight: 4 });
    const dead = rig.server.units[2];
    if (dead !== undefined) dead.on = false;
    for (let round = 0; round < 20; round++) {
      const looks = Array.from({ length: 8 }, (_, i) => rig.read(i + 1, 3));
      const answers = await waitOn(rig.clock, Promise.all(looks));
      answers.forEach((answer, i) => {
        if (i === 2) expect(errorOf(answer)?.code).toBe('BUS-001');
        else expect(isGood(i + 1, 3, answer)).toBe(true);
      });
    }
    expect(rig.network.counters.connects).toBe(1);
    expect(rig.downs).toEqual([]);
  });

  it('never takes a late answer for another question: a thousand of them, none wrong', async () => {
    const rig = await tcpRig({ inFlight: 8 });
    const random = seeded(11);
    for (const unit of rig.server.units) {
      unit.mischief = (exchange) => (random() < 0.3 ? late(60 + random() * 400)(exchange) : late(0)(exchange));
    }
    const counts = { right: 0, error: 0, wrong: 0 };
    for (let round = 0; round < 420; round++) {
      const looks = Array.from({ length: 8 }, (_, i) => [i + 1, Math.floor(random() * 200)] as const);
      const answers = await waitOn(rig.clock, Promise.all(looks.map(([unit, address]) => rig.read(unit, address))));
      answers.forEach((answer, i) => {
        const [unit, address] = looks[i] ?? [0, 0];
        if (!answer.ok) counts.error++;
        else if (isTrue(unit, address, answer)) counts.right++;
        else counts.wrong++;
      });
    }
    expect(counts.wrong).toBe(0);
    expect(counts.error).toBeGreaterThan(800);
    expect(counts.right).toBeGreaterThan(2000);
  });

  it('takes "the unit behind me does not answer" of a gateway for silence, not for a refusal', async () => {
    const clock = new SimClock();
    const wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10 });
    wire.attach(new SimUnit({ address: 1, model: new TruthModel(1, clock) }));
    const config = tcpConfig({ timeoutMs: 3000, inFlight: 2 });
    const rig = await rigOn(clock, config, new MbapGateway(wire, clock));
    const answers = await waitOn(clock, Promise.all([rig.read(1, 5, 4), rig.read(2, 5)]));
    expect(answers[0] !== undefined && isGood(1, 5, answers[0])).toBe(true);
    expect(errorOf(answers[1] ?? answers[0])).toMatchObject({ code: 'BUS-001', got: 'exception 11' });
  });

  it('asks no more than a gateway serves: a dead unit of the pair behind it hides no other', async () => {
    const clock = new SimClock();
    const wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10 });
    wire.attach(new SimUnit({ address: 1, model: new TruthModel(1, clock) }));
    const rig = await rigOn(
      clock,
      tcpConfig({ timeoutMs: 400, quarantineMs: 200, format: lineConfig().format }),
      new MbapGateway(wire, clock),
    );
    for (let round = 0; round < 40; round++) {
      // Its gateway waits a second for the dead one, longer than we do.
      const [, sound] = await waitOn(clock, Promise.all([rig.read(2, 5), rig.read(1, 5)]));
      expect(sound !== undefined && isGood(1, 5, sound)).toBe(true);
    }
    expect(clock.mono()).toBeLessThan(40 * 1_300);
  });

  it('takes the "busy" of a gateway for no answer of the unit behind it', async () => {
    const clock = new SimClock();
    const wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10 });
    const unit = new SimUnit({ address: 1, model: new TruthModel(1, clock) });
    unit.mischief = saying(withCrc([1, 0x83, 6]));
    wire.attach(unit);
    const rig = await rigOn(clock, tcpConfig({ timeoutMs: 3000 }), new MbapGateway(wire, clock));
    expect(errorOf(await waitOn(clock, rig.read(1, 5)))).toMatchObject({ code: 'BUS-001', got: 'exception 6' });
  });

  it.each([
    ['closed by the server', (network: SimNetwork) => network.endConnections(), 'LINK-005'],
    ['reset', (network: SimNetwork) => network.resetConnections(), 'LINK-005'],
  ])('that is %s goes down once and is back by itself', async (_name, hurt, code) => {
    const rig = await tcpRig();
    await waitOn(rig.clock, rig.read(1, 1));
    hurt(rig.network);
    await rig.clock.advance(1000);
    expect(rig.downs.map((error) => error.code)).toEqual([code]);
    expect(isGood(1, 7, await waitOn(rig.clock, rig.read(1, 7)))).toBe(true);
    expect(rig.network.counters.connects).toBe(2);
  });

  it('that is half open is replaced within 8 s, without a word', async () => {
    const rig = await tcpRig();
    await waitOn(rig.clock, rig.read(1, 1));
    rig.network.halfOpen();
    const beganMono = rig.clock.mono();
    let answer = await waitOn(rig.clock, rig.read(1, 1));
    while (!answer.ok && rig.clock.mono() - beganMono < 20_000) {
      await rig.clock.advance(500);
      answer = await waitOn(rig.clock, rig.read(1, 1));
    }
    expect(isGood(1, 1, answer)).toBe(true);
    expect(rig.clock.mono() - beganMono).toBeLessThan(8_000);
    expect(rig.downs).toEqual([]);
  });

  it.each([
    ['refuse', 'LINK-008'],
    ['ignore', 'LINK-007'],
    ['unknown-name', 'LINK-009'],
  ] as const)(
    'to a device that does not let it in (%s) is a line that is down, with the reason',
    async (door, code) => {
      const rig = await tcpRig();
      rig.network.door = door;
      rig.network.endConnections();
      await rig.clock.advance(20_000);
      expect(rig.downs.map((error) => error.code).slice(1)).toContain(code);
      expect(errorOf(await rig.read(1, 1))?.code).toBe('BUS-003');
      rig.network.door = 'open';
      await rig.clock.advance(15_000);
      expect(isGood(1, 1, await waitOn(rig.clock, rig.read(1, 1)))).toBe(true);
    },
  );

  it.each([[{ everyBytes: 1 }], [{ everyBytes: 5 }], [{ joinedOverMs: 15 }]])(
    'in segments of any kind: %j',
    async (segments) => {
      const rig = await tcpRig({ inFlight: 8, timeoutMs: 500 });
      rig.network.segments = segments;
      for (let round = 0; round < 5; round++) {
        const looks = Array.from({ length: 8 }, (_, i) => rig.read(i + 1, round, 5));
        const answers = await waitOn(rig.clock, Promise.all(looks));
        expect(answers.every((answer, i) => isGood(i + 1, round, answer))).toBe(true);
      }
    },
  );
});

describe('RTU through a serial server', () => {
  async function serverRig() {
    const clock = new SimClock();
    const wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10 });
    for (const address of [1, 2, 3]) {
      wire.attach(new SimUnit({ address, model: new TruthModel(address, clock), turnaroundMs: 8 }));
    }
    const config = tcpConfig({ transport: 'rtu_over_tcp', port: 4001 });
    return { ...(await rigOn(clock, config, new WireServer(wire, clock))), wire };
  }

  it('asks one at a time, by the same rules as on a wire of our own', async () => {
    const rig = await serverRig();
    for (let round = 0; round < 10; round++) {
      const looks = [1, 2, 3].map((unit) => rig.read(unit, round, 10));
      const answers = await waitOn(rig.clock, Promise.all(looks));
      expect(answers.every((answer, i) => isGood(i + 1, round, answer))).toBe(true);
    }
    expect(rig.wire.counters).toMatchObject({ requests: 30, collisions: 0, silenceViolations: 0 });
  });

  it.each([
    ['the wire', 1, 'as-sent'],
    ['the wire', 3, 'as-sent'],
    ['a network whose pauses are longer than a silence', Infinity, { everyBytes: 1, gapMs: 5 }],
  ] as const)('reads answers in pieces at the pace of %s: %d bytes, %j', async (_, chunkBytes, segments) => {
    const rig = await serverRig();
    rig.wire.chunkBytes = chunkBytes;
    rig.network.segments = segments;
    for (let round = 0; round < 5; round++) {
      const looks = [1, 2, 3].map((unit) => rig.read(unit, round, 2));
      const answers = await waitOn(rig.clock, Promise.all(looks));
      expect(answers.every((answer, i) => isGood(i + 1, round, answer))).toBe(true);
    }
    expect(rig.line.counts).toMatchObject({ requests: 15, timeouts: 0 });
    expect(rig.wire.counters).toMatchObject({ collisions: 0, silenceViolations: 0 });
  });

  it('gives 0 wrong values to 300 late answers', async () => {
    const rig = await serverRig();
    const random = seeded(12);
    for (const unit of rig.wire.units) {
      unit.mischief = (exchange) => (random() < 0.5 ? late(50 + random() * 300)(exchange) : late(0)(exchange));
    }
    const counts = { right: 0, error: 0, wrong: 0 };
    for (let round = 0; round < 600; round++) {
      const [unit, address] = [1 + Math.floor(random() * 3), Math.floor(random() * 200)];
      const answer = await waitOn(rig.clock, rig.read(unit, address));
      if (!answer.ok) counts.error++;
      else if (isTrue(unit, address, answer)) counts.right++;
      else counts.wrong++;
    }
    expect(counts.wrong).toBe(0);
    expect(counts.right).toBeGreaterThan(50);
    expect(counts.error).toBeGreaterThan(200);
  });
});
