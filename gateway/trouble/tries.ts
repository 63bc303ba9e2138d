/** How often in a row the gateway was tried again, and how long the next pause is. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Between tries, ms: the first soon, as nobody watches meanwhile; later ones spare the card. */
const pausesMs = [10_000, 20_000, 40_000, 80_000, 160_000, 300_000] as const;
const pauseMaxMs = 300_000;

export function pauseBefore(tries: number): number {
  return pausesMs[tries] ?? pauseMaxMs;
}

/** Counts this one; returns how many there were before. In memory: a restart of the box begins anew. */
export async function countTry(runFolder: string): Promise<number> {
  const path = join(runFolder, 'tries');
  const text = await readFile(path, 'utf8').catch(() => '');
  const tries = /^\d{1,3}\n$/.test(text) ? Number(text) : 0;
  await writeFile(path, `${Math.min(tries + 1, 999)}\n`, { mode: 0o600 }).catch(() => undefined);
  return tries;
}

/** The gateway runs well. */
export async function forgetTries(runFolder: string): Promise<void> {
  await rm(join(runFolder, 'tries'), { force: true }).catch(() => undefined);
}
