/** Samples as analog values (type 3). Pure. */
import type { Sample } from '../telemetry/sample.js';
import type { GbAdu } from './frame-types.js';
import type { GbAnalogRow } from './point-table.js';
import type { GbTelling } from './telling.js';

export interface GbSamples {
  /** One object each. */
  readonly units: readonly GbAdu[];
  /** Values that Table 6 or its two bytes have no room for: not sent, rather than another value in their place. */
  readonly unfit: number;
}

/** `startWall`: of the first sample, ms since 1970. States, and points that are bad, have no word here. */
export function samplesOf(samples: readonly Sample[], startWall: number, telling: GbTelling): GbSamples {
  const units: GbAdu[] = [];
  let unfit = 0;
  for (const { pointId, value, afterMs } of samples) {
    const row = telling.table.ofPoint.get(pointId)?.row;
    if (row?.id !== pointId || row.analog === null || typeof value !== 'number') continue;
    const counts = countsOf(value, row.analog);
    if (counts === null) {
      unfit++;
      continue;
    }
    const { system, systemAddress, component, address } = row;
    const time = telling.timeOf(startWall + afterMs);
    const where = { system, systemAddress, component, address };
    units.push({ type: 3, objects: [{ ...where, analog: row.analog.type, value: counts, time }] });
  }
  return { units, unfit };
}

/** Null: it does not fit. */
export function countsOf(value: number, { perUnit, min, max }: GbAnalogRow): number | null {
  const counts = Math.round(value * perUnit);
  // Never minus zero.
  return counts >= min && counts <= max ? counts + 0 : null;
}
