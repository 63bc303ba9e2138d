/** From the journal to the network: pump, uplink and modem of the product on the simulated module, through all that modules do. */
import { expect, test } from 'vitest';
import { AtModem } from '../../drivers/modem/modem.js';
import { UartWire } from '../../hardware-sim/audio/uart-wire.js';
import { SimAtModem } from '../../hardware-sim/modem/sim-at-modem.js';
import { seeded } from './rig.js';
import { chief, guard, SmsRig, smsConfig } from './sms-rig.js';

const minute = 60_000;

/** `before` the fire is raised, and `after` four minutes of it. */
type Deed = (sim: SimAtModem) => void;
const nothing: Deed = () => undefined;
const troubles: readonly (readonly [promise: string, before: Deed, after: Deed])[] = [
  ['nothing', nothing, nothing],
  ['it hangs before', (sim) => Object.assign(sim.knobs, { hang: 'soft' }), nothing],
  ['it hangs at the prompt', (sim) => Object.assign(sim.knobs, { hangAt: 'prompt' }), nothing],
  ['it hangs at the PDU', (sim) => Object.assign(sim.knobs, { hangAt: 'payload' }), nothing],
  ['its results come 65 s late', (sim) => Object.assign(sim.knobs, { lateMs: 65_000 }), nothing],
  ['it speaks in between', (sim) => Object.assign(sim.knobs, { mixes: ['RING', '+CREG: 2'] }), nothing],
  [
    'it starts anew by itself',
    (sim) => {
      sim.setPower(false);
      sim.setPower(true);
    },
    nothing,
  ],
  ['the SIM is out, and in again', (sim) => sim.setSim('missing'), (sim) => sim.setSim('ready')],
  ['the network is gone, and there again', (sim) => sim.setNetwork('none'), (sim) => sim.setNetwork('home')],
  [
    'it is dead until its supply comes back',
    (sim) => Object.assign(sim.knobs, { hang: 'hard' }),
    (sim) => {
      sim.setPower(false);
      sim.setPower(true);
    },
  ],
];

test.each(troubles)('%s: the fire is told, to each exactly once', async (_, before, after) => {
  let sim: SimAtModem | null = null;
  const rig = new SmsRig(smsConfig(), 12, (clock) => {
    sim = new SimAtModem({ clock });
    const wire = new UartWire({ clock, baud: 115_200 });
    wire.attach(sim);
    const pin = { readPin: async () => null, read: async () => null, write: async () => undefined };
    return new AtModem({ where: '/dev/ttyModem', open: wire.open, clock, random: seeded(3), pin });
  });
  const world = sim as SimAtModem | null;
  if (world === null) throw new Error('it was made');
  await rig.clock.advance(10_000);
  before(world);
  rig.tell('alarm.raised');
  await rig.clock.advance(4 * minute);
  after(world);
  await rig.clock.advance(3 * minute);
  expect(world.sent.map(({ to }) => to)).toEqual([chief, guard]);
  expect(rig.kinds.slice(0, 2)).toEqual(['sms.sent chief alarm', 'sms.sent guard alarm']);
  expect(rig.kinds).not.toContain('sms.failed chief network');
});
