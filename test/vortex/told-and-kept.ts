/** What the kill soak holds the gateway to, as a judge: the file, what was heard and what was said agree (test/soak/kill-verdict.ts). */
import type { CheckerKind } from '../../hardware-sim/checkers/checker.js';
import type { Heard } from '../soak/district-ear.js';
import { judge } from '../soak/kill-verdict.js';
import type { OutsideWorld } from './outside-world.js';

/** So many ids are named of each fault. */
const namedMax = 5;

export interface ToldAndKept {
  readonly kind: CheckerKind;
  /** Rows up to this position have had their time to arrive. */
  drainedTo: number;
}

export function toldAndKept(world: () => OutsideWorld, heard: () => readonly Heard[]): ToldAndKept {
  const made: ToldAndKept = {
    drainedTo: 0,
    kind: {
      name: 'told-and-kept',
      promise: 'nothing durable is lost or untold; nothing is invented, altered, out of order or unlinked',
      make: (_, accuse) => ({
        async conclude() {
          const { disk, stamped, durable } = world();
          const verdict = judge(await disk.readAll(), heard(), { stamped, durable }, made.drainedTo);
          const { lost, invented, unkept, altered, outOfOrder, unlinked, holes } = verdict;
          for (const [what, ids] of Object.entries({ lost, invented, unkept, altered, outOfOrder, unlinked })) {
            if (ids.length > 0) accuse(`${what}: ${ids.length} (${ids.slice(0, namedMax).join(', ')})`);
          }
          if (holes > 0) accuse(`${holes} holes or doubles in the sequences of the file`);
        },
      }),
    },
  };
  return made;
}
