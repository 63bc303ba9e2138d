/** Seeds that failed once: `seed hours site  # why`, one a line. */
import { appendFile, readFile } from 'node:fs/promises';
import { type SiteName, siteNames } from './swarm-site.js';

export interface KeptSeed {
  readonly seed: number;
  readonly hours: number;
  readonly site: SiteName | null;
}

const line = /^(?<seed>[0-9]+) +(?<hours>[0-9.]+) +(?<site>[a-z-]+) +# *\S/;

/** Throws for a line that is neither a seed nor a comment: a seed that is left out proves nothing. */
export function parseSeeds(text: string, file: string): readonly KeptSeed[] {
  return text.split('\n').flatMap((each, i) => {
    if (each.trim() === '' || each.startsWith('#')) return [];
    const { seed, hours, site } = line.exec(each)?.groups ?? {};
    const known = siteNames.find((name) => name === site) ?? null;
    if (seed === undefined || (known === null && site !== 'drawn')) {
      throw new Error(`${file}:${i + 1}: expected "seed hours site  # why", got "${each.slice(0, 60)}"`);
    }
    return [{ seed: Number(seed), hours: Number(hours), site: known }];
  });
}

export async function readSeeds(file: string): Promise<readonly KeptSeed[]> {
  return parseSeeds(await readFile(file, 'utf8'), file);
}

export async function keepSeed(file: string, { seed, hours, site }: KeptSeed, why: string): Promise<void> {
  await appendFile(file, `${seed} ${hours} ${site ?? 'drawn'}  # ${why.replaceAll('\n', ' ').slice(0, 160)}\n`);
}
