/** What a gateway leaves behind for the next one, and what the box says about its own start. Bad files count as none. */
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../drivers/whole-file.js';
import type { Remains, RunMark, ServiceEnd } from './restart-cause.js';

const markName = 'running.json';
const endName = 'ended';
/** How it had ended before it gave up: that it gave up is not why. */
const endBeforeName = 'ended-before';
/** Ends that say nothing of a gateway that ran: bad site file, second gateway, given up. */
const neverRan: ReadonlySet<string> = new Set(['2', '3', '4']);
/** WDIOF_CARDRESET (linux/watchdog.h): the watchdog caused the last reset. */
const cardReset = 0x20;

export interface RunPlaces {
  /** Where the journal is. */
  readonly dataDir: string;
  /** The folder that systemd makes in memory (RUNTIME_DIRECTORY); null: not started by systemd. */
  readonly runFolder: string | null;
  /** `/`; another one in tests. */
  readonly root?: string;
}

/** The kernel's random id of this start of the box; empty where it can not be read. */
export async function readKernelBoot(root = '/'): Promise<string> {
  return (await textOf(join(root, 'proc/sys/kernel/random/boot_id'))) ?? '';
}

/** Reads what is there, and takes the word of systemd away: it is for one start. */
export async function readRemains(
  { dataDir, runFolder, root = '/' }: RunPlaces,
  now: Pick<Remains, 'version' | 'rolledBackFrom'>,
): Promise<Remains> {
  const markPath = join(dataDir, markName);
  const [mark, end, kernelBoot] = await Promise.all([
    textOf(markPath).then(parseMark),
    runFolder === null ? null : takeEnd(runFolder),
    readKernelBoot(root),
  ]);
  const sinceWall = (await stat(markPath).catch(() => null))?.mtimeMs ?? 0;
  const hasPanicked = mark !== null && mark.kernelBoot !== kernelBoot && (await panickedSince(root, sinceWall));
  const status = Number(await textOf(join(root, 'sys/class/watchdog/watchdog0/bootstatus')));
  return { ...now, mark, end, kernelBoot, hasPanicked, isWatchdogBoot: (status & cardReset) !== 0 };
}

/** Rejects when the disk does not take it. */
export async function writeMark(dataDir: string, mark: RunMark): Promise<void> {
  await writeWhole(join(dataDir, markName), `${JSON.stringify(mark)}\n`);
}

/** The gateway gives up: what ended it stays for the one that runs again. */
export async function keepEnd(runFolder: string): Promise<void> {
  const end = await readEnd(join(runFolder, endName));
  if (end === null || neverRan.has(end.status)) return;
  await rename(join(runFolder, endName), join(runFolder, endBeforeName)).catch(() => undefined);
}

/** How the gateway ended, and how it ended before it gave up. */
export async function readEnds(runFolder: string) {
  const [last, before] = await Promise.all([endName, endBeforeName].map((name) => readEnd(join(runFolder, name))));
  return { last: last ?? null, before: before ?? null };
}

async function takeEnd(runFolder: string): Promise<ServiceEnd | null> {
  const { last, before } = await readEnds(runFolder);
  for (const name of [endName, endBeforeName]) await rm(join(runFolder, name), { force: true }).catch(() => undefined);
  return last !== null && !neverRan.has(last.status) ? last : (before ?? last);
}

async function readEnd(path: string): Promise<ServiceEnd | null> {
  const [result, code, status] = (await textOf(path))?.split('\n') ?? [];
  return result === undefined || code === undefined || status === undefined ? null : { result, code, status };
}

function parseMark(text: string | null): RunMark | null {
  try {
    const { kernelBoot, version, isStopped, rolledBackFrom } = JSON.parse(text ?? '') as Partial<RunMark>;
    if (typeof kernelBoot !== 'string' || typeof version !== 'string') return null;
    const from = typeof rolledBackFrom === 'string' ? rolledBackFrom : null;
    return { kernelBoot, version, isStopped: isStopped === true, rolledBackFrom: from };
  } catch {
    return null;
  }
}

/** systemd-pstore moves what a crashed kernel left into a folder with a name for each crash. */
async function panickedSince(root: string, sinceWall: number): Promise<boolean> {
  const folder = join(root, 'var/lib/systemd/pstore');
  for (const name of await readdir(folder).catch(() => [])) {
    const facts = await stat(join(folder, name)).catch(() => null);
    if (facts !== null && facts.mtimeMs > sinceWall) return true;
  }
  return false;
}

async function textOf(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text?.trim() ?? null;
}
