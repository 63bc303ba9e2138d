import { beforeEach, expect, it } from 'vitest';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { GenericSmoke } from '../../hardware-sim/modbus/generic-smoke.js';
import * as mischief from '../../hardware-sim/modbus/mischief.js';
import { type Mischief, SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { bytes } from './bytes.js';
import { SimMaster } from './sim-master.js';

const request = '01 03 00 10 00 01 85 CF';
const reply = '01 03 02 00 00 B8 44';

let unit: SimUnit;
let master: SimMaster;

beforeEach(() => {
  const clock = new SimClock();
  const wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10 });
  unit = new SimUnit({ address: 1, model: new GenericSmoke() });
  wire.attach(unit);
  master = new SimMaster(wire, clock);
});

const cases: readonly [string, Mischief, string][] = [
  ['silent', mischief.silent, ''],
  ['late', mischief.late(90), reply],
  ['doubled', mischief.doubled(50), `${reply} ${reply}`],
  ['doubled without a gap', mischief.doubled(7 * (10 / 9.6)), `${reply} ${reply}`],
  ['truncated', mischief.truncated(2), '01 03 02 00 00'],
  ['truncated to nothing', mischief.truncated(9), ''],
  ['corrupted', mischief.corrupted(4), '01 03 02 00 04 B8 44'],
  ['foreign', mischief.foreign(7), '07 03 02 00 00 30 44'],
  ['echoed', mischief.echoed, `${request} ${reply}`],
  ['an echo and nothing else', mischief.echoOnly, request],
  ['noisy', mischief.noisy(bytes('00 FE')), `00 FE ${reply}`],
  ['a vendor exception', mischief.saying(bytes('01 80 01 80 00')), '01 80 01 80 00'],
];

it.each(cases)('a reply can be %s', async (_, trick, heard) => {
  unit.mischief = trick;
  expect(await master.ask(request)).toBe(heard);
});

it('late is late by as much as it says', async () => {
  await master.ask(request);
  unit.mischief = mischief.late(90);
  await master.ask(request);
  const [normal, delayed] = master.heard.map((each) => each.atMono);
  expect((delayed ?? 0) - (normal ?? 0)).toBeCloseTo(200 + 90, 6);
});

it('mischief can end after a number of exchanges', async () => {
  unit.mischief = mischief.forTimes(1, mischief.silent);
  expect(await master.ask(request)).toBe('');
  expect(await master.ask(request)).toBe(reply);
});

it('a unit without supply plays no tricks', async () => {
  unit.mischief = mischief.late(10);
  unit.on = false;
  expect(await master.ask(request)).toBe('');
});

it('a unit that loses its supply before it answers stays silent', async () => {
  unit.mischief = mischief.late(100);
  master.write(request);
  await master.ask('', 50);
  unit.on = false;
  expect(await master.ask('', 200)).toBe('');
});
