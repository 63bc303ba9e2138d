/** One line and its only owner: times on the wire, order of requests, failures of units and of the link (line.ts). */
import { describe, expect, it } from 'vitest';
import type { OpenByteLink } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import type { Answer } from '../../drivers/modbus/exchange.js';
import { ModbusLine } from '../../drivers/modbus/line.js';
import { LineQueue, type Priority, priorities, type Standing } from '../../drivers/modbus/line-queue.js';
import { charMs, silenceMs } from '../../drivers/modbus/line-timing.js';
import {
  corrupted,
  doubled,
  echoed,
  echoOnly,
  foreign,
  forTimes,
  late,
  noisy,
  saying,
  silent,
  truncated,
} from '../../hardware-sim/modbus/mischief.js';
import type { Mischief } from '../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { bytes } from '../hardware-sim/bytes.js';
import {
  errorOf,
  FakeLink,
  isTrue,
  type LineRig,
  lineConfig,
  lineRig,
  seeded,
  standing,
  truth,
  unitAt,
  waitOn,
} from './rig.js';

const holding = (address: number, count = 1) => ({ kind: 'read', table: 'holding', address, count }) as const;
const register = (address: number, value: number) => ({ kind: 'write', table: 'holding', address, value }) as const;

function read(rig: LineRig, unit: number, address: number, count = 1): Promise<Answer> {
  return rig.line.request(unitAt(unit), priorities.fire, holding(address, count));
}

/** Asks again and again, as a scan does; gives what came. */
async function readMany(rig: LineRig, unit: number, address: number, times: number): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let i = 0; i < times; i++) answers.push(await rig.wait(read(rig, unit, address)));
  return answers;
}

/** A clock that lets a request be made ready before it may leave, waits for that moment, and remembers it. */
class EarlyClock extends SimClock {
  readonly leaves: { readonly readyMono: number; readonly atMono: number }[] = [];
  #reachedMono = 0;
  readonly headStart = {
    ms: 0.25,
    until: (atMono: number): void => {
      this.leaves.push({ readyMono: this.mono(), atMono });
      this.#reachedMono = atMono;
    },
  };

  override mono(): number {
    return Math.max(super.mono(), this.#reachedMono);
  }
}

describe('the wire', () => {
  it.each([
    [9600, 'none', 10, 5],
    [9600, 'even', 10, 1],
    [9600, 'none', 1, 12],
    [115200, 'none', 10, 2],
    [115200, 'none', 100, 1],
  ] as const)(
    'at %i baud, parity %s, %i registers, turnaround %i ms: no silence broken, and used to 97 % of what it can carry',
    async (baud, parity, count, turnaroundMs) => {
      const rig = await lineRig({ config: { baud, parity }, chunkBytes: 8 });
      for (const address of [1, 2, 3]) rig.unit(address, turnaroundMs);
      const startMono = rig.clock.mono();
      const exchanges = 300;
      const answers = Array.from({ length: exchanges }, (_, i) => read(rig, 1 + (i % 3), 0, count));
      const received = (await rig.wait(Promise.all(answers))).map((answer) => (answer.ok ? answer.receivedMono : 0));
      const silence = silenceMs(rig.config);
      const characters = (8 + 5 + 2 * count) * charMs(rig.config.format);
      const limitMs = exchanges * (characters + Math.max(silence, turnaroundMs) + silence);
      const usedMs = Math.max(...received) - startMono;
      expect(limitMs / usedMs).toBeGreaterThanOrEqual(0.97);
      // The silence after the last answer is not in it.
      expect(limitMs / usedMs).toBeLessThan(1.01);
      expect((await Promise.all(answers)).every((answer) => answer.ok)).toBe(true);
      expect(rig.wire.counters).toMatchObject({ requests: exchanges, silenceViolations: 0, collisions: 0 });
    },
  );

  it('loses one time-out to a dead unit, and nothing more', async () => {
    const rig = await lineRig();
    rig.unit(1);
    rig.unit(2).unit.on = false;
    const exchangeMs = 15 * charMs(rig.config.format) + 5 + silenceMs(rig.config);
    const deadMs = 15 * charMs(rig.config.format) + rig.config.timeoutMs + rig.config.quarantineMs;
    const startMono = rig.clock.mono();
    const answers = [read(rig, 1, 0), read(rig, 2, 0), ...Array.from({ length: 10 }, (_, i) => read(rig, 1, i))];
    const codes = (await rig.wait(Promise.all(answers))).map((answer) => errorOf(answer)?.code ?? 'good');
    expect(codes.filter((code) => code !== 'good')).toEqual(['BUS-001']);
    expect(codes[1]).toBe('BUS-001');
    // The ten others ask for blocks of one shape: each waits until no double of the one before can come any more.
    const spacedMs = 10 * (exchangeMs + rig.config.quarantineMs);
    expect(rig.clock.mono() - startMono).toBeLessThan(exchangeMs + deadMs + spacedMs + 10);
    expect(rig.line.counts).toEqual({ requests: 12, answers: 11, timeouts: 1 });
  });

  it('gives a unit its whole time-out to begin; the wire time of a long answer comes on top', async () => {
    const rig = await lineRig();
    rig.unit(1, 58);
    rig.unit(2, 62);
    const inTime = await rig.wait(read(rig, 1, 0, 125));
    expect(inTime.ok && isTrue(1, 0, inTime)).toBe(true);
    expect(errorOf(await rig.wait(read(rig, 2, 0, 125)))?.code).toBe('BUS-001');
  });

  it('leaves a unit the pause it needs between two requests, and serves others meanwhile', async () => {
    const rig = await lineRig();
    const slow = rig.unit(1);
    const quick = rig.unit(2);
    const pauseMs = 100;
    const answers = Array.from({ length: 5 }, () =>
      rig.line.request(unitAt(1, { interRequestMs: pauseMs }), priorities.fire, holding(0)),
    );
    const others = Array.from({ length: 12 }, () => rig.line.request(unitAt(2), priorities.fire, holding(0)));
    await rig.wait(Promise.all([...answers, ...others]));
    const gaps = slow.model.asked.slice(1).map((each, i) => each.atMono - (slow.model.asked[i]?.atMono ?? 0));
    const exchangeMs = 15 * charMs(rig.config.format) + 5;
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(pauseMs + exchangeMs - 0.01);
    expect(Math.max(...gaps)).toBeLessThan(pauseMs + 3 * exchangeMs);
    const secondMono = slow.model.asked[1]?.atMono ?? 0;
    expect(quick.model.asked.filter(({ atMono }) => atMono < secondMono).length).toBeGreaterThan(2);
  });

  it('answers every request within 10 s on a line that is never silent, and sends each, sirens first', async () => {
    const rig = await lineRig();
    rig.unit(1);
    const babble = (): void => {
      rig.wire.inject(Uint8Array.of(0x55));
      rig.clock.after(3, babble);
    };
    babble();
    await rig.clock.advance(100);
    const told: string[] = [];
    const tell = (answer: Answer): void => void told.push(`${errorOf(answer)?.where} ${errorOf(answer)?.code}`);
    rig.line.request(unitAt(1), priorities.fire, holding(0)).then(tell, () => undefined);
    rig.line.request(unitAt(1), priorities.annunciator, register(3, 0x0100)).then(tell, () => undefined);
    await rig.clock.advance(10_000);
    expect(told).toEqual(['unit 1 holding 3 BUS-005', 'unit 1 holding 0+1 BUS-005']);
    expect(rig.wire.counters.requests).toBe(2);
  });

  it('lets a request wait as long as it must while the line is busy and clean', async () => {
    const rig = await lineRig();
    rig.unit(1);
    const waiting = Array.from({ length: 200 }, () => rig.line.request(unitAt(1), priorities.identity, holding(0)));
    const answers = await rig.wait(Promise.all(waiting));
    expect(rig.clock.mono()).toBeGreaterThan(3_000);
    expect(answers.filter((answer) => !answer.ok || !answer.confirmed)).toEqual([]);
  });

  it('is kept silent before every request that is made ready ahead of its moment, however long the line is busy', async () => {
    const clock = new EarlyClock();
    const rig = await lineRig({ clock });
    rig.unit(1);
    const waiting = Array.from({ length: 200 }, () => rig.line.request(unitAt(1), priorities.fire, holding(0)));
    await rig.wait(Promise.all(waiting));
    expect(clock.mono()).toBeGreaterThan(3_000);
    expect(clock.leaves.length).toBe(200);
    // Ready before the moment, never after it: else a request of a line that is only busy left at once.
    expect(clock.leaves.slice(1).filter(({ atMono, readyMono }) => atMono < readyMono)).toEqual([]);
  });
});

describe('the order of requests', () => {
  it('is sounders, fire, operator, states, values, identity, whatever came first', async () => {
    const rig = await lineRig();
    const { model } = rig.unit(1);
    const first = read(rig, 1, 99, 9);
    const order = Object.values(priorities).reverse();
    const rest = order.map((priority) => rig.line.request(unitAt(1), priority, holding(priority, 1 + priority)));
    await rig.wait(Promise.all([first, ...rest]));
    const heads = model.asked.map(({ what }) => what).filter((what) => /^read [0-6]$/.test(what));
    expect(heads.filter((what, i) => heads.indexOf(what) === i)).toEqual(
      [...order].reverse().map((priority) => `read ${priority}`),
    );
  });

  it('puts a siren before everything that waits: at the unit one exchange later', async () => {
    const rig = await lineRig();
    rig.unit(1);
    const siren = rig.unit(9);
    const waiting = Array.from({ length: 40 }, (_, i) => read(rig, 1, i, 1 + i));
    await rig.clock.advance(30);
    const orderedMono = rig.clock.mono();
    const order = rig.line.request(unitAt(9), priorities.annunciator, register(3, 0x0100));
    await rig.wait(order);
    expect(siren.model.asked).toEqual([{ what: 'write 3', atMono: expect.any(Number) }]);
    const longestExchangeMs = (8 + 5 + 2 * 4) * charMs(rig.config.format) + 5 + 2 * silenceMs(rig.config);
    const writeMs = 8 * charMs(rig.config.format) + silenceMs(rig.config);
    expect((siren.model.asked[0]?.atMono ?? 0) - orderedMono).toBeLessThanOrEqual(longestExchangeMs + writeMs);
    expect(errorOf(await order)).toBeNull();
    await rig.wait(Promise.all(waiting));
  });

  const take = (queue: LineQueue<string>): string => {
    const taken = queue.take(() => standing(0), 1);
    return taken.kind === 'job' ? taken.job : taken.kind;
  };

  it('gives the classes below fire a tenth of the line while fire points never end, oldest first', () => {
    const queue = new LineQueue<string>();
    const below: readonly (readonly [string, Priority])[] = [
      ['identity', priorities.identity],
      ['value', priorities.analog],
      ['state', priorities.state],
      ['operator', priorities.operator],
    ];
    for (const [name, priority] of below) queue.push(priority, 0, name);
    const taken: string[] = [];
    for (let i = 0; i < 60; i++) {
      queue.push(priorities.fire, 0, 'fire');
      taken.push(take(queue));
    }
    expect(taken.filter((job) => job !== 'fire')).toEqual(['identity', 'value', 'state', 'operator']);
    expect(taken.indexOf('identity')).toBeLessThan(10);
    expect(taken.indexOf('operator')).toBeLessThan(40);
  });

  it('lets sounders pass even when it is the turn of a lower class', () => {
    const queue = new LineQueue<string>();
    queue.push(priorities.state, 0, 'state');
    const taken: string[] = [];
    for (let i = 0; i < 30; i++) {
      queue.push(priorities.annunciator, 0, 'sounder');
      taken.push(take(queue));
    }
    expect(new Set(taken)).toEqual(new Set(['sounder']));
  });

  it('says when to look again if everybody must wait, and hands out all that is left when it ends', () => {
    const queue = new LineQueue<string>();
    expect(queue.take(() => standing(0), 1)).toEqual({ kind: 'empty' });
    queue.push(priorities.fire, 0, 'later');
    queue.push(priorities.state, 0, 'soon');
    const standingOf = (job: string): Standing => standing(job === 'soon' ? 20 : 50);
    expect(queue.take(standingOf, 10)).toEqual({ kind: 'wait', untilMono: 20 });
    expect(queue.take(standingOf, 20)).toEqual({ kind: 'job', job: 'soon' });
    expect(queue.remove((job) => job === 'soon')).toEqual([]);
    expect(queue.remove(() => true)).toEqual(['later']);
    expect(queue.isEmpty).toBe(true);
  });
});

describe('what a unit may do', () => {
  it('refuse: BUS-002 with the code, and the next request goes on', async () => {
    const rig = await lineRig();
    rig.unit(1);
    const refused = await rig.wait(read(rig, 1, 0x400));
    expect(errorOf(refused)).toMatchObject({ code: 'BUS-002', got: 'exception 2', where: 'unit 1 holding 1024+1' });
    const next = await rig.wait(read(rig, 1, 0, 2));
    expect(next).toMatchObject({ ok: true, confirmed: true });
  });

  it('lose its supply and get it back', async () => {
    const rig = await lineRig();
    const { unit } = rig.unit(1);
    unit.on = false;
    expect(errorOf(await rig.wait(read(rig, 1, 7)))).toMatchObject({ code: 'BUS-001', where: 'unit 1 holding 7+1' });
    unit.on = true;
    const answer = await rig.wait(read(rig, 1, 7));
    expect(answer.ok && isTrue(1, 7, answer)).toBe(true);
  });

  it('time out once: what the line brings is unconfirmed for 10 s, also from others, then confirmed again', async () => {
    const rig = await lineRig();
    rig.unit(1).unit.mischief = forTimes(1, silent);
    rig.unit(2);
    expect((await rig.wait(read(rig, 2, 0))).ok).toBe(true);
    expect((await rig.wait(read(rig, 1, 0))).ok).toBe(false);
    const troubleMono = rig.clock.mono();
    const seen: { readonly afterMs: number; readonly confirmed: boolean }[] = [];
    while (rig.clock.mono() - troubleMono < 11_000) {
      for (const unit of [1, 2]) {
        const answer = await rig.wait(read(rig, unit, 0));
        if (answer.ok) seen.push({ afterMs: answer.receivedMono - troubleMono, confirmed: answer.confirmed });
      }
      await rig.clock.advance(100);
    }
    expect(seen.length).toBeGreaterThan(50);
    for (const { afterMs, confirmed } of seen) {
      if (Math.abs(afterMs - 10_000) > 20)
        expect({ afterMs, confirmed }).toEqual({ afterMs, confirmed: afterMs > 10_000 });
    }
  });

  it('be asked again at once after a time-out; the late answer is taken then, and told as old as it may be', async () => {
    const rig = await lineRig();
    rig.unit(1, 30).unit.mischief = forTimes(1, late(92));
    const firstMono = rig.clock.mono();
    expect((await rig.wait(read(rig, 1, 3))).ok).toBe(false);
    const again = await rig.wait(read(rig, 1, 3));
    expect(again).toMatchObject({ ok: true, sampledMono: firstMono, values: [truth(1, 3, firstMono + 12)] });
    // The answer to the repeat is on its way: nothing that it could answer is asked before it came.
    const next = await rig.wait(read(rig, 1, 3));
    expect(next.ok && isTrue(1, 3, next)).toBe(true);
    expect(next.ok && again.ok && next.sampledMono > again.receivedMono).toBe(true);
    expect(rig.line.counts).toMatchObject({ requests: 3, answers: 2, timeouts: 1 });
  });

  const vendorExceptions = bytes('01 80 01 80 00');
  /** Name, mischief, and how many of twenty looks must still come out right. */
  const mischiefs: readonly (readonly [string, Mischief, number])[] = [
    ['silent', silent, 0],
    ['70 ms late: after the time-out, within the quarantine', late(70), 0],
    ['250 ms late: long after both', late(250), 0],
    ['doubled at once', doubled(8), 1],
    ['doubled after the line was free again', doubled(35), 1],
    ['truncated by two bytes', truncated(2), 0],
    ['truncated to nothing', truncated(7), 0],
    ['corrupted in the unit', corrupted(0), 0],
    ['corrupted in the function', corrupted(1), 0],
    ['corrupted in the count', corrupted(2), 0],
    ['corrupted in the value', corrupted(4), 0],
    ['corrupted in the check sum', corrupted(6), 0],
    ['in the name of another unit', foreign(2), 0],
    ['echoed in front', echoed, 20],
    ['nothing but the echo', echoOnly, 0],
    ['noise in front', noisy(bytes('00 FF 01 03 02')), 20],
    ['a vendor’s own exception', saying(vendorExceptions), 0],
    ['each of them for three times', forTimes(3, late(90)), 10],
  ];

  it.each(mischiefs)(
    'answer %s: every look is right or an error, and others are not disturbed',
    async (_name, mischief, right) => {
      const rig = await lineRig();
      const { unit } = rig.unit(1);
      rig.unit(2);
      unit.mischief = mischief;
      const counts = { right: 0, error: 0, wrong: 0, otherRight: 0 };
      for (let i = 0; i < 20; i++) {
        for (const [address, count] of [
          [10, 1],
          [30, 1],
          [50, 3],
        ] as const) {
          const answer = await rig.wait(read(rig, 1, address, count));
          if (!answer.ok) counts.error++;
          else if (isTrue(1, address, answer)) counts.right++;
          else counts.wrong++;
        }
        const other = await rig.wait(read(rig, 2, 10));
        if (other.ok) expect(isTrue(2, 10, other)).toBe(true);
        if (other.ok) counts.otherRight++;
      }
      expect(counts.wrong).toBe(0);
      expect(counts.right).toBeGreaterThanOrEqual(right);
      expect(counts.right + counts.error).toBe(60);
      expect(counts.otherRight).toBeGreaterThanOrEqual(5);
      unit.mischief = null;
      await rig.clock.advance(1_000);
      const healed = await readMany(rig, 1, 10, 5);
      expect(healed.every((answer) => answer.ok && isTrue(1, 10, answer))).toBe(true);
    },
  );

  it.each([20, 35])('answer twice, %i ms apart: no value is older than it says', async (gapMs) => {
    const rig = await lineRig();
    rig.unit(1).unit.mischief = doubled(gapMs);
    const answers = await readMany(rig, 1, 3, 60);
    const older = answers.filter((answer) => answer.ok && !isTrue(1, 3, answer));
    expect(older.length).toBe(0);
    expect(answers.filter((answer) => answer.ok).length).toBeGreaterThan(30);
  });

  it('answer behind noise: that very answer is unconfirmed, as are those of the next 10 s', async () => {
    const rig = await lineRig();
    rig.unit(1).unit.mischief = forTimes(1, noisy(bytes('00 FF 13')));
    const [behindNoise, next] = await readMany(rig, 1, 0, 2);
    expect(next).toMatchObject({ ok: true, confirmed: false });
    expect(behindNoise).toMatchObject({ ok: true, confirmed: false });
  });
});

describe('the link', () => {
  it('that is not open answers BUS-003 at once, and what was asked then never leaves', async () => {
    const rig = await lineRig();
    const { model } = rig.unit(1);
    rig.wire.unplug();
    await rig.clock.advance(1);
    const order = rig.line.request(unitAt(1), priorities.annunciator, register(0, 0x0100));
    expect(errorOf(await order)).toMatchObject({ code: 'BUS-003', where: 'line main' });
    rig.wire.replug();
    await rig.clock.advance(20_000);
    expect(rig.ups()).toBe(2);
    expect(model.asked).toEqual([]);
  });

  it('that goes down answers the request in flight and all that wait, and none of them leaves later', async () => {
    const rig = await lineRig();
    const { model } = rig.unit(1);
    const answers = [
      read(rig, 1, 0),
      read(rig, 1, 1),
      rig.line.request(unitAt(1), priorities.annunciator, register(2, 1)),
    ];
    await rig.clock.advance(1);
    rig.wire.unplug();
    const codes = (await rig.wait(Promise.all(answers))).map((answer) => errorOf(answer)?.code);
    expect(codes).toEqual(['LINK-005', 'LINK-005', 'LINK-005']);
    rig.wire.replug();
    await rig.clock.until(() => rig.ups() === 2, 1_000);
    await rig.clock.advance(1_000);
    expect(model.asked.filter(({ what }) => what !== 'read 0')).toEqual([]);
    const next = await rig.wait(read(rig, 1, 5));
    expect(next.ok && isTrue(1, 5, next)).toBe(true);
  });

  it('is opened anew with back-off from half a second to 10 s, a new link each time', async () => {
    const opens: number[] = [];
    const clock = new SimClock();
    const links: FakeLink[] = [];
    const downs: DriverError[] = [];
    const open: OpenByteLink = async (events) => {
      opens.push(clock.mono());
      if (opens.length < 10) throw new DriverError('LINK-001', '/dev/ttyGONE');
      const link = new FakeLink(events);
      links.push(link);
      return link;
    };
    const line = newLine(clock, open, downs);
    line.start();
    await clock.advance(120_000);
    expect(opens).toHaveLength(10);
    const gaps = opens.slice(1).map((mono, i) => mono - (opens[i] ?? 0));
    const full = [500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000, 10_000];
    gaps.forEach((gap, i) => {
      expect(gap).toBeGreaterThanOrEqual((full[i] ?? 0) / 2);
      expect(gap).toBeLessThanOrEqual(full[i] ?? 0);
    });
    expect(downs.map((error) => error.code)).toEqual(new Array(9).fill('LINK-001'));
    // Only a device that has said something is worth quick tries.
    links[0]?.events?.onBytes(Uint8Array.of(0), clock.mono());
    links[0]?.events?.onDown(new DriverError('LINK-005', '/dev/ttyGONE'));
    await clock.advance(500);
    expect(links).toHaveLength(2);
    expect(links.map((link) => link.isOpen)).toEqual([false, true]);
    await line.stop();
    expect(links.map((link) => link.isOpen)).toEqual([false, false]);
  });

  it('that can not be opened for a reason nobody foresaw is LINK-004, with the cause', async () => {
    const clock = new SimClock();
    const downs: DriverError[] = [];
    const cause = new Error('out of luck');
    const line = newLine(clock, () => Promise.reject(cause), downs);
    line.start();
    await clock.advance(1);
    expect(downs).toEqual([expect.objectContaining({ code: 'LINK-004', cause })]);
    await line.stop();
  });

  it('that refuses a write goes down at once with LINK-006', async () => {
    const clock = new SimClock();
    const downs: DriverError[] = [];
    const line = newLine(
      clock,
      async (events) => {
        const link = new FakeLink(events);
        link.onWrite = () => Promise.reject(new DriverError('LINK-006', 'wire'));
        return link;
      },
      downs,
    );
    line.start();
    await clock.advance(10);
    const answer = await waitOn(clock, line.request(unitAt(1), priorities.fire, holding(0)));
    expect(errorOf(answer)?.code).toBe('LINK-006');
    expect(downs.map((error) => error.code)).toEqual(['LINK-006']);
    await line.stop();
  });

  it('that is gone can not pull its successor down by a write that fails late', async () => {
    const clock = new SimClock();
    const downs: DriverError[] = [];
    const links: FakeLink[] = [];
    const refusals: ((error: Error) => void)[] = [];
    const line = newLine(
      clock,
      async (events) => {
        const link = new FakeLink(events);
        link.onWrite = () => new Promise((_, reject) => refusals.push(reject));
        links.push(link);
        return link;
      },
      downs,
    );
    line.start();
    await clock.advance(10);
    const answer = line.request(unitAt(1), priorities.fire, holding(0));
    await clock.advance(10);
    links[0]?.events?.onDown(new DriverError('LINK-005', 'wire'));
    expect(errorOf(await answer)?.code).toBe('LINK-005');
    await clock.advance(600);
    expect(links).toHaveLength(2);
    refusals[0]?.(new Error('input/output error'));
    await clock.advance(1);
    expect(downs.map((error) => error.code)).toEqual(['LINK-005']);
    expect(links[1]?.isOpen).toBe(true);
    await line.stop();
  });

  it('brings bytes and failures of its own life only', async () => {
    const clock = new SimClock();
    const downs: DriverError[] = [];
    const links: FakeLink[] = [];
    const line = newLine(
      clock,
      async (events) => {
        const link = new FakeLink(events);
        links.push(link);
        return link;
      },
      downs,
    );
    line.start();
    await clock.advance(10);
    links[0]?.events?.onDown(new DriverError('LINK-005', 'wire'));
    await clock.advance(600);
    const answer = line.request(unitAt(1), priorities.fire, holding(0x10));
    await clock.advance(10);
    expect(links[1]?.written).toHaveLength(1);
    links[0]?.events?.onBytes(bytes('01 03 02 00 01 79 84'), clock.mono());
    links[0]?.events?.onDown(new DriverError('LINK-005', 'wire'));
    expect(errorOf(await waitOn(clock, answer))?.code).toBe('BUS-001');
    expect(downs).toHaveLength(1);
    await line.stop();
  });

  it('stopped: BUS-004 for the one in flight, for all that wait and for whoever asks later; it stays closed', async () => {
    const rig = await lineRig();
    const { model } = rig.unit(1);
    const answers = [read(rig, 1, 0), read(rig, 1, 1), read(rig, 1, 2)];
    await rig.clock.advance(1);
    await rig.wait(rig.line.stop());
    expect((await Promise.all(answers)).map((answer) => errorOf(answer)?.code)).toEqual([
      'BUS-004',
      'BUS-004',
      'BUS-004',
    ]);
    expect(errorOf(await read(rig, 1, 3))?.code).toBe('BUS-004');
    await rig.clock.advance(30_000);
    expect(model.asked.filter(({ what }) => what !== 'read 0')).toEqual([]);
    expect(rig.ups()).toBe(1);
    expect(rig.downs).toEqual([]);
  });

  it('stopped while it is being opened, or while it waits to be: no link is left behind', async () => {
    const clock = new SimClock();
    const opened: FakeLink[] = [];
    let finish: (() => void) | null = null;
    const line = newLine(clock, (events) => {
      return new Promise((resolve) => {
        finish = () => {
          opened.push(new FakeLink(events));
          resolve(opened[0] ?? new FakeLink());
        };
      });
    });
    line.start();
    await clock.advance(1);
    await line.stop();
    (finish as (() => void) | null)?.();
    await clock.advance(1);
    expect(opened.map((link) => link.isOpen)).toEqual([false]);

    let tries = 0;
    const failing = newLine(clock, () => {
      tries++;
      return Promise.reject(new DriverError('LINK-001', 'wire'));
    });
    failing.start();
    await clock.advance(1);
    await failing.stop();
    await clock.advance(60_000);
    expect(tries).toBe(1);
  });

  function newLine(clock: SimClock, open: OpenByteLink, downs: DriverError[] = []): ModbusLine {
    let frame = 0;
    return new ModbusLine({
      config: lineConfig(),
      open,
      clock,
      random: seeded(7),
      nextFrame: () => ++frame,
      onUp: () => undefined,
      onDown: (error) => downs.push(error),
    });
  }
});
