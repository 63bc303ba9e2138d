/** The wall clock of the box. Monotonic time goes on whatever it says. */
import { type FaultKind, kindOf } from './fault-kind.js';
import { holdBy } from './hold.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const stepMinMs = 1_000;
const stepMaxMs = 14 * dayMs;
const driftMaxPpm = 200;

export const clockFaults: readonly FaultKind[] = [
  kindOf({
    name: 'clock-step',
    promise: 'a wall clock that jumps, and jumps back, starts, stops and shortens nothing; it is an entry',
    ...{ perHour: 0.8, lastsMs: [1_000, 30 * minuteMs] },
    aim: (chance) => {
      const byMs = Math.round(chance.logBetween(stepMinMs, stepMaxMs)) * (chance.is(0.5) ? 1 : -1);
      return {
        ...{ parts: ['clock'], note: `${byMs / 1000} s` },
        begin({ clock }) {
          clock.stepWall(byMs);
          let isBack = false;
          return () => {
            if (!isBack) clock.stepWall(-byMs);
            isBack = true;
          };
        },
      };
    },
  }),
  kindOf({
    name: 'clock-drift',
    promise: 'a clock that goes wrong by as much as a bad crystal does changes no delay',
    ...{ perHour: 0.5, lastsMs: [minuteMs, 60 * minuteMs] },
    aim: (chance) => {
      const ppm = chance.int(-driftMaxPpm, driftMaxPpm);
      return {
        ...{ parts: ['clock'], note: `${ppm} ppm` },
        begin: ({ clock }) => holdBy(clock, 'drift', 0, (to) => clock.setDriftPpm(to), ppm),
      };
    },
  }),
  kindOf({
    name: 'clock-untrusted',
    promise: 'a clock that can not be believed is told with every entry, and nothing waits for it',
    ...{ perHour: 0.6, lastsMs: [1_000, 30 * minuteMs] },
    aim: (chance) => {
      const trust = chance.pick(['untrusted', 'hinted'] as const);
      return {
        ...{ parts: ['clock'], note: trust },
        begin: ({ clock }) =>
          holdBy<ReturnType<typeof clock.trust>>(clock, 'trust', 'trusted', (to) => clock.setTrust(to), trust),
      };
    },
  }),
];
