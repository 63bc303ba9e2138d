/** A line that is a process of its own gives its units another place when a master orders it, as `gengfu address` and `gengfu baud` do. */
import { expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import { LineOfVillage } from '../../hardware-sim/line-of-village.js';
import { rtuFrame } from '../../hardware-sim/modbus/unit-codec.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { hex } from './bytes.js';
import { SimMaster } from './sim-master.js';
import { format9600, line, smallSite, unit } from './small-site.js';

test('a unit that is given another address and another speed answers there, and a loss of supply does not bring it back', async () => {
  const clock = new SimClock();
  const site = smallSite({
    ...{ units: [unit('th-1', 'renke-th', 'east', 1), unit('io-1', 'n4d8b08', 'east', 20)], points: [], outputs: [] },
  });
  const simulated = new LineOfVillage(line('east', '/dev/ttyEAST'), site, clock, () => {});
  const wire = simulated.village.wires.get(brandId('east'));
  if (wire === undefined) throw new Error('no wire');
  const master = new SimMaster(wire, clock);
  const ask = (address: number, ...pdu: number[]) => master.ask(hex(rtuFrame(address, pdu)));
  const answers = async (address: number) => (await ask(address, 3, 0, address === 20 ? 0x81 : 0, 0, 1)) !== '';
  const speaking = (baud: number) => wire.setMasterFormat({ ...format9600, baud });

  expect(await ask(1, 6, 0x07, 0xd0, 0, 2)).toBe(hex(rtuFrame(1, [6, 0x07, 0xd0, 0, 2])));
  expect([await answers(1), await answers(2)]).toEqual([false, true]);
  // Answered at the old speed, and from then on at the new one.
  expect(await ask(2, 6, 0x07, 0xd1, 0, 1)).toBe(hex(rtuFrame(2, [6, 0x07, 0xd1, 0, 1])));
  expect(await answers(2)).toBe(false);
  speaking(4800);
  expect(await answers(2)).toBe(true);

  // This one changes over only when its supply returns.
  speaking(9600);
  expect(await ask(20, 6, 0, 254, 0, 2)).toBe(hex(rtuFrame(20, [6, 0, 254, 0, 2])));
  expect(await answers(20)).toBe(true);
  for (const verb of ['off', 'on'] as const) {
    for (const device of ['io-1', 'th-1']) simulated.obey({ verb, device });
  }
  expect(await answers(20)).toBe(false);
  speaking(4800);
  expect([await answers(20), await answers(2)]).toEqual([true, true]);
});
