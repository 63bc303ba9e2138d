/** What this box can tell about itself; a sensor that it does not have is left out. */
import type { UpsConfig } from '../../config/site.js';
import type { BoxSensor } from '../driver.js';
import { DriverError } from '../driver-error.js';
import { type BoxFiles, systemFiles } from './box-files.js';
import { powerSensors } from './power-supply.js';
import { supplySensor } from './supply-flag.js';
import { thermalSensor } from './thermal-zones.js';
import { upsSensors } from './ups-sensors.js';

export interface RealBoxOptions {
  /** The folder whose disk counts. */
  readonly dataDir: string;
  /** A board that the site file names is asked instead of the kernel. */
  readonly ups?: UpsConfig | undefined;
  /** Replaced in tests. */
  readonly files?: BoxFiles;
  readonly thermalRoot?: string;
  readonly hwmonRoot?: string;
  readonly powerRoot?: string;
}

const bytesPerMb = 1_000_000;

/** Never rejects; looks for each sensor once. May take as long as the system takes to answer for its small files. */
export async function openRealBox(options: RealBoxOptions): Promise<readonly BoxSensor[]> {
  const { ups, files = systemFiles } = options;
  const power = ups === undefined ? powerSensors(files, options.powerRoot ?? '/sys/class/power_supply') : [];
  const found = await Promise.all([
    thermalSensor(files, options.thermalRoot ?? '/sys/class/thermal'),
    supplySensor(files, options.hwmonRoot ?? '/sys/class/hwmon'),
  ]);
  return [...plainSensors(options), ...found.filter((sensor) => sensor !== null), ...(await power)];
}

/** Those that nobody has to look for: the disk of the data folder, the memory of this process, and a UPS board that the site
 * file names. */
export function plainSensors({
  dataDir,
  ups,
  files = systemFiles,
}: Pick<RealBoxOptions, 'dataDir' | 'ups' | 'files'>): readonly BoxSensor[] {
  return [
    ...(ups === undefined ? [] : upsSensors(ups)),
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
