/** Loudspeakers that do not speak. */
import type { DriverErrorCode } from '../../../drivers/driver-error.js';
import { type FaultKind, kindOn } from './fault-kind.js';
import { holdBy } from './hold.js';

const minuteMs = 60_000;
const codes = ['VOICE-003', 'VOICE-004', 'VOICE-007', 'VOICE-009'] as const satisfies readonly DriverErrorCode[];

export const hornFaults: readonly FaultKind[] = [
  kindOn({
    name: 'horn-fails',
    promise: 'a horn that fails is a fault, delays no siren and keeps no other horn waiting',
    ...{ perHour: 0.6, lastsMs: [1_000, 20 * minuteMs], targets: ({ speakers }) => speakers },
    aim: ({ id }, chance) => {
      const code = chance.pick(codes);
      return {
        ...{ parts: [`horn:${id}`], note: `${id}, ${code}` },
        begin: ({ village: { horns } }) =>
          holdBy<DriverErrorCode | null>(horns, `fault of ${id}`, null, (to) => horns.fail(id, to), code),
      };
    },
  }),
  kindOn({
    name: 'horn-hangs',
    promise: 'a horn that answers nothing and plays without an end holds up no siren',
    ...{ perHour: 0.4, lastsMs: [1_000, 20 * minuteMs], targets: ({ speakers }) => speakers },
    aim: ({ id }) => ({
      ...{ parts: [`horn:${id}`], note: id },
      begin: ({ village: { horns } }) => holdBy(horns, `hang of ${id}`, false, (to) => horns.hang(id, to), true),
    }),
  }),
];
