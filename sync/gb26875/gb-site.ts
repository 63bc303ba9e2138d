/** How the site stands, in the words of this language, for the reads of a centre. Pure over what the gateway hands in. */
import type { PointId } from '../../config/ids.js';
import type { Entry } from '../journal/entry.js';
import { operations } from './entry-objects.js';
import type { GbOperationNow, GbSite } from './reads.js';
import { countsOf } from './samples.js';
import { componentsNow, deviceStateNow, systemsNow } from './site-now.js';
import type { GbTelling } from './telling.js';

export interface GbSiteFacts {
  readonly telling: GbTelling;
  /** As a point shows it now, in its physical unit; null: nothing, or nothing good. */
  readonly readingOf: (point: PointId) => { readonly value: number; readonly wall: number } | null;
  /** `major.minor…` of the program. */
  readonly version: string;
  readonly siteName: string;
  /** Newest entries that were operations, oldest first; a few hundred at most. */
  readonly recent: () => readonly Entry[];
}

const byteMax = 255;

export function gbSite({ telling, readingOf, version, siteName, recent }: GbSiteFacts): GbSite {
  const [major = 0, minor = 0] = version.split('.').map((part) => Math.min(byteMax, Number.parseInt(part, 10) || 0));
  return {
    isKnown: () => telling.standing() !== null,
    components: () =>
      componentsNow(telling).map(({ row, ...each }) => {
        const now = row.analog === null || row.is !== 'point' ? null : readingOf(row.id as PointId);
        const value = now === null || row.analog === null ? null : countsOf(now.value, row.analog);
        const time = now === null ? null : telling.timeOf(now.wall);
        const analogs = value === null || row.analog === null ? [] : [{ analog: row.analog.type, value, time }];
        return { ...each, analogs };
      }),
    systems: () =>
      systemsNow(telling).map((each) => ({ ...each, text: `${siteName} ${each.system}-${each.systemAddress}` })),
    device: () => ({
      ...{ state: deviceStateNow(telling), major, minor },
      text: `更夫 Gengfu ${version}; ${siteName}; ${telling.table.rows.length}`,
    }),
    operations: () =>
      recent().flatMap((entry) =>
        operations(entry, telling).flatMap((adu): readonly GbOperationNow[] => {
          if (adu.type === 24) return adu.objects.map((each) => ({ ...each, of: null, wall: entry.wall }));
          if (adu.type !== 4) return [];
          return adu.objects.map(({ system, systemAddress, ...each }) => ({
            ...{ ...each, of: { system, systemAddress }, wall: entry.wall },
          }));
        }),
      ),
  };
}
