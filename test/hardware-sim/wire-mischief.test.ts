import { beforeEach, expect, it } from 'vitest';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { GenericSmoke } from '../../hardware-sim/modbus/generic-smoke.js';
import { jitter, silent, sometimes } from '../../hardware-sim/modbus/mischief.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { addTwin, flapping, noiseBursts, secondMaster } from '../../hardware-sim/wire-mischief.js';
import { SimMaster } from './sim-master.js';

const request = '01 03 00 10 00 01 85 CF';
const reply = '01 03 02 00 00 B8 44';

let clock: SimClock;
let wire: ByteWire;
let unit: SimUnit;
let master: SimMaster;

/** 0, 0.25, 0.5, 0.75, 0 … */
function steps(): () => number {
  let turn = 0;
  return () => (turn++ % 4) / 4;
}

beforeEach(() => {
  clock = new SimClock();
  wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10 });
  unit = new SimUnit({ address: 1, model: new GenericSmoke() });
  wire.attach(unit);
  master = new SimMaster(wire, clock);
});

it('turnarounds jitter up to their limit', async () => {
  unit.extraMs = jitter(40, steps());
  const took: number[] = [];
  for (let i = 0; i < 4; i++) {
    await master.ask(request);
    took.push((master.heard[i]?.atMono ?? 0) - i * 200);
  }
  const [first = 0] = took;
  expect(took.map((ms) => Math.round(ms - first))).toEqual([0, 10, 20, 30]);
});

it('a trick can be played on some of the exchanges', async () => {
  unit.mischief = sometimes(0.5, steps(), silent);
  const heard: string[] = [];
  for (let i = 0; i < 4; i++) heard.push(await master.ask(request));
  expect(heard).toEqual(['', '', reply, reply]);
});

it('noise comes in bursts until it is cancelled', async () => {
  const cancel = noiseBursts(wire, clock, { everyMs: 1000, maxBytes: 5, random: steps() });
  await clock.advance(10_000);
  cancel();
  await clock.advance(100);
  const bursts = master.heard.length;
  expect(bursts).toBeGreaterThan(8);
  await clock.advance(10_000);
  expect(master.heard).toHaveLength(bursts);
});

it('a second master asks again and again, and is answered', async () => {
  const cancel = secondMaster(wire, clock, { everyMs: 500, unit: 1, address: 0x10 });
  await clock.advance(1100);
  expect(master.heard.map((each) => each.hex)).toEqual([request, reply, request, reply]);
  cancel();
});

it('a twin answers too: after the other, or into it', async () => {
  const twin = addTwin(wire, unit, 50);
  expect(await master.ask(request)).toBe(`${reply} ${reply}`);
  twin.turnaroundMs = unit.turnaroundMs + 2;
  expect(await master.ask(request)).not.toContain(reply);
});

it('a unit with a loose supply comes and goes, and stays when that is mended', async () => {
  const mend = flapping(unit, clock, { onMs: 1000, offMs: 300 });
  const seen: boolean[] = [];
  for (let i = 0; i < 26; i++) {
    await clock.advance(100);
    seen.push(unit.on);
  }
  expect(seen.filter((on) => !on)).toHaveLength(6);
  mend();
  await clock.advance(5000);
  expect(unit.on).toBe(true);
});
