/** The product's modem on the simulated one, on a virtual clock. */
import { AtModem } from '../../../drivers/modem/modem.js';
import type { DeliveryOutcome, SmsJob } from '../../../drivers/modem/modem-contract.js';
import { UartWire } from '../../../hardware-sim/audio/uart-wire.js';
import type { ModemKnobs } from '../../../hardware-sim/modem/modem-knobs.js';
import { SimAtModem } from '../../../hardware-sim/modem/sim-at-modem.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { seeded } from '../../sync/rig.js';

export const startWall = Date.UTC(2026, 10, 30, 10, 20, 1);

export interface ModemRig {
  readonly clock: SimClock;
  readonly sim: SimAtModem;
  readonly wire: UartWire;
  readonly modem: AtModem;
  /** `ready`, or the code of the trouble, in order. */
  readonly states: string[];
  readonly reports: DeliveryOutcome[];
  readonly messages: string[];
  readonly times: number[];
  readonly commands: string[];
  mark: string | null;
}

export interface RigKnobs extends Partial<ModemKnobs> {
  readonly pinFile?: string | null;
}

export function modemRig({ pinFile = null, ...knobs }: RigKnobs = {}, before: string | null = null): ModemRig {
  const clock = new SimClock(startWall, 'trusted', { settle: 'ticks' });
  const sim = new SimAtModem({ clock, knobs });
  const wire = new UartWire({ clock, baud: 115_200 });
  wire.attach(sim);
  const commands: string[] = [];
  sim.onEvent((event) => {
    if (event.kind === 'command') commands.push(event.text);
  });
  const rig: ModemRig = {
    ...{ clock, sim, wire, commands, states: [], reports: [], messages: [], times: [], mark: before },
    modem: new AtModem({
      ...{ where: '/dev/ttyModem', open: wire.open, clock, random: seeded(1) },
      pin: {
        readPin: async () => pinFile,
        read: async () => rig.mark,
        write: async (mark) => {
          rig.mark = mark;
        },
      },
    }),
  };
  rig.modem.start({
    onReady: () => rig.states.push('ready'),
    onTrouble: ({ code }) => rig.states.push(code),
    onReport: ({ outcome }) => rig.reports.push(outcome),
    onMessage: ({ from, text }) => rig.messages.push(`${from}: ${text}`),
    onTime: (wall) => rig.times.push(wall),
  });
  return rig;
}

export const fireText = '【老城】火警：村委会 厨房感烟 18:20，请立即核实并组织疏散。';

export function job(over: Partial<SmsJob> = {}): SmsJob {
  return { number: '+8613800138000', text: fireText, validityMin: 30, reference: 7, sent: [], ...over };
}

/** What became of it, as far as it has. */
export function outcomeOf(sending: Promise<void>): { is: string } {
  const seen = { is: 'under way' };
  sending.then(
    () => {
      seen.is = 'sent';
    },
    (error: { code: string }) => {
      seen.is = error.code;
    },
  );
  return seen;
}
