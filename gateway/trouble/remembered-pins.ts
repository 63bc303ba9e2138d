/** Pins that matter when no gateway runs: what shows trouble, and what must go quiet. Remembered at each good start, because the
 * site file may be what is broken then. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { OutputConfig, SiteConfig } from '../../config/site.js';
import { writeWhole } from '../../drivers/whole-file.js';

export interface TroublePin {
  /** The chip's own number. */
  readonly pin: number;
  readonly activeLow: boolean;
}

export interface TroublePins {
  readonly driver: NonNullable<SiteConfig['gpio']>['driver'];
  /** Lit while no gateway runs: lamps that show faults. */
  readonly lamps: readonly TroublePin[];
  /** Sounded now and then: what only plans of class fault or technical sound. A siren for fires is never one of them. */
  readonly buzzers: readonly TroublePin[];
  /** What holds its level and must go quiet when the gateway has lost control. */
  readonly quiet: readonly TroublePin[];
}

const fileName = 'trouble-pins.json';
/** Read by the unit: when it is there, `gengfu quiet` is called after the end. */
const quietName = 'quiet';
const pinsMax = 64;

export interface PinPlaces {
  readonly dataDir: string;
  /** STATE_DIRECTORY; null: not started by systemd, and the data folder serves. */
  readonly stateFolder: string | null;
  readonly runFolder: string | null;
}

/** Null: the site has no pins. */
export function troublePinsOf({ gpio, outputs, plans }: SiteConfig): TroublePins | null {
  if (gpio === null) return null;
  const isQuietPlan = ({ when }: SiteConfig['plans'][number]): boolean =>
    when.class === 'fault' || when.class === 'technical';
  const soundedBy = (id: OutputConfig['id']) =>
    plans.filter(({ steps }) => steps.some(({ sound }) => sound.includes(id)));
  const isBuzzer = ({ id, kind }: OutputConfig): boolean =>
    kind === 'siren' && soundedBy(id).length > 0 && soundedBy(id).every(isQuietPlan);
  const { driver } = gpio;
  return {
    driver,
    lamps: outputs.filter(({ shows }) => shows === 'fault').flatMap(pinOf),
    buzzers: outputs.filter(isBuzzer).flatMap(pinOf),
    // The kernel lets go of the character device's lines by itself.
    quiet: driver === 'chip' ? [] : outputs.filter(({ onControlLost }) => onControlLost === 'go-quiet').flatMap(pinOf),
  };
}

/** Writes what has changed. Rejects when the disk does not take it. */
export async function rememberPins(config: SiteConfig, { dataDir, stateFolder, runFolder }: PinPlaces): Promise<void> {
  const pins = troublePinsOf(config) ?? { driver: 'auto', lamps: [], buzzers: [], quiet: [] };
  if (runFolder !== null) {
    const path = join(runFolder, quietName);
    if (pins.quiet.length === 0) await rm(path, { force: true });
    else await writeFile(path, `${JSON.stringify(pins)}\n`, { mode: 0o600 });
  }
  const folder = stateFolder ?? dataDir;
  if (isDeepStrictEqual(await readTroublePins(folder), pins)) return;
  await writeWhole(join(folder, fileName), `${JSON.stringify(pins)}\n`);
}

/** Null: nothing was ever remembered there, or the file is damaged. */
export function readTroublePins(folder: string): Promise<TroublePins | null> {
  return read(join(folder, fileName));
}

export function readQuietPins(runFolder: string): Promise<TroublePins | null> {
  return read(join(runFolder, quietName));
}

async function read(path: string): Promise<TroublePins | null> {
  try {
    const { driver, lamps, buzzers, quiet } = JSON.parse(await readFile(path, 'utf8')) as Partial<TroublePins>;
    if (driver !== 'auto' && driver !== 'sysfs' && driver !== 'chip' && driver !== 'simulated') return null;
    return { driver, lamps: pinsOf(lamps), buzzers: pinsOf(buzzers), quiet: pinsOf(quiet) };
  } catch {
    return null;
  }
}

function pinsOf(read: unknown): TroublePin[] {
  if (!Array.isArray(read)) return [];
  return read.slice(0, pinsMax).flatMap((each: unknown) => {
    const { pin, activeLow } = (each ?? {}) as Partial<TroublePin>;
    return Number.isInteger(pin) && typeof activeLow === 'boolean' ? [{ pin: Number(pin), activeLow }] : [];
  });
}

function pinOf({ target }: OutputConfig): TroublePin[] {
  return target.kind === 'pin' ? [{ pin: target.pin, activeLow: target.activeLow }] : [];
}
