/** Samples as analog values (type 3). Pure. */
import type { GbAnalogRow } from '../../config/uplinks/gb-point-table.js';
import type { Sample } from '../telemetry/sample.js';
import type { GbAdu } from './frame-types.js';
import { layouts } from './layouts.js';
import type { GbTelling } from './telling.js';

export interface GbSamples {
  /** As many objects in each as the standard allows. */
  readonly units: readonly GbAdu[];
  /** Values that Table 6 or its two bytes have no room for: not sent, rather than another value in their place. */
  readonly unfit: number;
}

type Analog = Extract<GbAdu, { readonly type: 3 }>['objects'][number];

const objectsMax = layouts.get(3)?.max ?? 1;

/** `startWall`: of the first sample, ms since 1970. States, and points that are bad, have no word here. */
export function samplesOf(samples: readonly Sample[], startWall: number, telling: GbTelling): GbSamples {
  const objects: Analog[] = [];
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
    objects.push({ ...{ system, systemAddress, component, address }, analog: row.analog.type, value: counts, time });
  }
  const units: GbAdu[] = [];
  for (let at = 0; at < objects.length; at += objectsMax) {
    units.push({ type: 3, objects: objects.slice(at, at + objectsMax) });
  }
  return { units, unfit };
}

/** Null: it does not fit. */
export function countsOf(value: number, { perUnit, min, max }: GbAnalogRow): number | null {
  // Never minus zero.
  const counts = Math.round(value * perUnit) + 0;
  return counts >= min && counts <= max ? counts : null;
}
