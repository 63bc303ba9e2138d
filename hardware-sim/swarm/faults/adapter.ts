/** USB adapters that are pulled out of the box. */
import { type FaultKind, kindOn } from './fault-kind.js';
import { holdBy } from './hold.js';
import { lineOf, serialLines } from './targets.js';

const minuteMs = 60_000;

export const adapterFaults: readonly FaultKind[] = [
  kindOn({
    name: 'adapter-out',
    promise: 'an adapter that is pulled out is a fault of its line, and is found again when it is put back',
    ...{ perHour: 0.6, lastsMs: [100, 20 * minuteMs], targets: serialLines },
    aim: ({ id }) => ({
      ...{ parts: [`line:${id}`], note: id },
      begin(world) {
        const { wire } = lineOf(world, id);
        if (wire === null) return () => undefined;
        const plug = (isPlugged: boolean): void => (isPlugged ? wire.replug() : wire.unplug());
        return holdBy(wire, 'plug', true, plug, false);
      },
    }),
  }),
];
