import type { Accuse, Checker, CheckerKind, WorldView } from './checker.js';

const hourMs = 3_600_000;
/** The first hours fill what is bounded. */
const settledAfterMs = 3 * hourMs;
/** Above the heap of the third hour, bytes: what judges and the trace remember of a day is in it. */
const bandBytes = 12 * 1024 * 1024;

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
  return {
    look(world: WorldView): void {
      if (world.mono() < nextMono) return;
      nextMono += hourMs;
      const bytes = heapBytes();
      base ??= bytes;
      if (bytes <= base + bandBytes || wasTold) return;
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
