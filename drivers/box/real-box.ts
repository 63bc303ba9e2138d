/** What this box can tell about itself; a sensor that it does not have is left out. */
import type { BoxSensor } from '../driver.js';
import { DriverError } from '../driver-error.js';
import { type BoxFiles, systemFiles } from './box-files.js';
import { supplySensor } from './supply-flag.js';
import { thermalSensor } from './thermal-zones.js';

export interface RealBoxOptions {
  /** The folder whose disk counts. */
  readonly dataDir: string;
  /** Replaced in tests. */
  readonly files?: BoxFiles;
  readonly thermalRoot?: string;
  readonly hwmonRoot?: string;
}

const bytesPerMb = 1_000_000;

/** Never rejects; looks for each sensor once. May take as long as the system takes to answer for its small files. */
export async function openRealBox(options: RealBoxOptions): Promise<readonly BoxSensor[]> {
  const { dataDir, files = systemFiles } = options;
  const found = await Promise.all([
    thermalSensor(files, options.thermalRoot ?? '/sys/class/thermal'),
    supplySensor(files, options.hwmonRoot ?? '/sys/class/hwmon'),
  ]);
  return [...plainSensors(dataDir, files), ...found.filter((sensor) => sensor !== null)];
}

/** Those that every box has: the disk of the data folder, and the memory of this process. */
export function plainSensors(dataDir: string, files: BoxFiles = systemFiles): readonly BoxSensor[] {
  return [
    { what: 'disk_free', read: () => freePercent(files, dataDir) },
    { what: 'memory', read: async () => Math.round(files.resident() / bytesPerMb) },
  ];
}

/** Of what this program may use at all, as `df` counts it. */
async function freePercent(files: BoxFiles, path: string): Promise<number> {
  const { blocks, free, available } = await files.space(path);
  const usable = blocks - free + available;
  if (usable <= 0 || available < 0) throw new DriverError('BOX-001', path, `${available}/${usable}`);
  return Math.round((available / usable) * 1000) / 10;
}
