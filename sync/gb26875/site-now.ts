/** How the site stands at this moment, for the reads of a centre and for `initialise`; asked only once that is known. Pure. */

import type { GbPointRow } from '../../config/uplinks/gb-point-table.js';
import { gbBits, gbDeviceBits } from '../../config/uplinks/gb-roles.js';
import { deviceBitsOf } from './entry-objects.js';
import type { GbComponent, GbSystem, GbTime } from './frame-types.js';
import { componentWord, type GbTelling, textOf, touchOf } from './telling.js';

export interface GbComponentState extends GbComponent {
  readonly text: string;
  readonly state: number;
  /** Since when the newest part of it is so; null: nothing is the matter. */
  readonly time: GbTime | null;
  /** Its row, whose point has the analog value. */
  readonly row: GbPointRow;
}

export function componentsNow(telling: GbTelling): readonly GbComponentState[] {
  const bits = new Map<GbPointRow, { bits: number; sinceWall: number }>();
  for (const each of telling.standing() ?? []) {
    for (const touched of touchOf(each, telling.table).rows) {
      const before = bits.get(touched.row) ?? { bits: 0, sinceWall: 0 };
      const sinceWall = Math.max(before.sinceWall, each.sinceWall);
      bits.set(touched.row, { bits: before.bits | touched.bits, sinceWall });
    }
  }
  return telling.table.rows.map((row) => {
    const { system, systemAddress, component, address } = row;
    const now = bits.get(row);
    return {
      ...{ system, systemAddress, component, address, text: textOf(row), row },
      state: componentWord(now?.bits ?? 0, telling.fireState),
      time: now === undefined ? null : telling.timeOf(now.sinceWall),
    };
  });
}

export interface GbSystemState extends GbSystem {
  readonly state: number;
}

/** A system is what its components are (type 1): bits 0 to 6 mean the same there; a power fault of one of them is its own fault. */
export function systemsNow(telling: GbTelling): readonly GbSystemState[] {
  const systems = new Map<number, { system: number; systemAddress: number; bits: number }>();
  const shared = gbBits.fire | gbBits.fault | gbBits.shielded | gbBits.supervisory | gbBits.started | gbBits.feedback;
  for (const { system, systemAddress, state } of componentsNow(telling)) {
    const key = system * 256 + systemAddress;
    const before = systems.get(key) ?? { system, systemAddress, bits: 0 };
    systems.set(key, { ...before, bits: before.bits | (state & shared) });
  }
  return [...systems.values()].map(({ bits, ...where }) => ({
    ...where,
    state: componentWord(bits, telling.fireState),
  }));
}

/** Of the transmission device itself (type 21). */
export function deviceStateNow(telling: GbTelling): number {
  return (telling.standing() ?? []).reduce(
    (word, each) => word | deviceBitsOf(each, telling),
    gbDeviceBits.normal as number,
  );
}
