import type { Accuse, Checker, CheckerKind, WorldView } from './checker.js';

const hourMs = 3_600_000;
/** The first hours fill what is bounded. */
const settledAfterMs = 3 * hourMs;
/** Above the heap of the third hour, bytes. */
const bandBytes = 12 * 1024 * 1024;
/** And for each fact since: the centre and the judges remember every id that they were told, 6 MB of 65,000 facts in a day of faults
 * each. A quiet week tells hardly any, so the band is all that a gateway has there. */
const bytesPerFact = 200;

/** Only with `node --expose-gc`: nothing else tells what is really held. Its figures are no part of the trace. */
export const memoryFlat: CheckerKind = {
  name: 'memory-flat',
  promise: 'from the third hour on memory does not grow',
  make: (_, accuse) => (globalThis.gc === undefined ? {} : makeMemoryFlat(accuse, heapAfterGc)),
};

/** @param heapBytes what is held now. */
export function makeMemoryFlat(accuse: Accuse, heapBytes: () => number): Checker {
  let nextMono = settledAfterMs;
  let base: number | null = null;
  let wasTold = false;
  let facts = 0;
  return {
    see(): void {
      if (base !== null) facts++;
    },
    look(world: WorldView): void {
      if (world.mono() < nextMono) return;
      nextMono += hourMs;
      const bytes = heapBytes();
      base ??= bytes;
      if (bytes <= base + bandBytes + bytesPerFact * facts || wasTold) return;
      wasTold = true;
      const megabytes = (count: number): string => (count / 1024 / 1024).toFixed(1);
      accuse(`the heap grew from ${megabytes(base)} to ${megabytes(bytes)} MB`);
    },
  };
}

function heapAfterGc(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
