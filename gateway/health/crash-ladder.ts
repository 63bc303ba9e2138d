/**
 * How a gateway starts that has just ended, and again (design.md §3): the third end in a row is followed by a reduced start, the
 * sixth by none. Lives are counted as they begin, so that whatever ends one (a crash, a watchdog, a kill) is counted, and no clock is
 * needed: one that lasts a minute is the first in a row again, one that was asked to stop is none.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const reducedFromEnds = 3;
const noneFromEnds = 6;
/** A life that has lasted so long is no part of a row. */
export const settledAfterMs = 60_000;

export type StartAs = 'whole' | 'reduced' | 'none';

export interface Rung {
  readonly start: StartAs;
  /** What counts from now on: ends in a row if this life ends early. */
  readonly count: number;
}

/** @param ends early ends in a row before this start. Whoever starts a gateway that has given up wants one more try. */
export function rungAfter(ends: number): Rung {
  if (ends >= noneFromEnds) return { start: 'none', count: noneFromEnds - 1 };
  return { start: ends >= reducedFromEnds ? 'reduced' : 'whole', count: ends + 1 };
}

/** Where it is counted: the folder that systemd makes for the unit in memory, which a restart of the box empties. */
export class CrashLadder {
  readonly #path: string;

  constructor(runFolder: string) {
    this.#path = join(runFolder, 'starts');
  }

  /** Called once at the start, before anything else. A counter that can not be read or written counts nothing: better a watch
   * that starts too often than none. */
  async climb(): Promise<Rung> {
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    const rung = rungAfter(/^\d{1,2}\n$/.test(text) ? Number(text) : 0);
    await this.#count(rung.count);
    return rung;
  }

  /** This life has lasted a minute. */
  settle(): Promise<void> {
    return this.#count(1);
  }

  /** It ends because somebody wants it to. */
  stepDown(): Promise<void> {
    return this.#count(0);
  }

  async #count(count: number): Promise<void> {
    await writeFile(this.#path, `${count}\n`, { mode: 0o600 }).catch(() => undefined);
  }
}
