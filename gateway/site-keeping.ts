/** How long the journal keeps what it has, and for whom; and what is said of a centre that nobody hears any more. */
import type { UplinkId } from '../config/ids.js';
import type { SiteConfig, UplinkConfig } from '../config/site.js';
import type { RowHolder } from '../sync/journal/store.js';
import type { Keeping } from '../sync/journal/tidy-up.js';
import type { Unused } from '../sync/journal/unused-uplinks.js';
import { unusedSubject } from './alarm/site-subjects.js';
import type { TellFault } from './alarm/subject.js';

/** Uplinks that are not in the site file hold nothing. */
export function keepingOf({ journal, uplinks }: Pick<SiteConfig, 'journal' | 'uplinks'>): Keeping {
  const { maxBytes, keepMs, telemetryKeepMs } = journal;
  return { maxBytes, keepMs, telemetryKeepMs, holders: uplinks.map(holderOf) };
}

function holderOf({ id, receipts, telemetry }: UplinkConfig): RowHolder {
  const frees = receipts === 'signed' ? 'kept' : receipts === 'unsigned' ? 'kept-and-old' : 'carried';
  return { uplink: id, lanes: ['fire', 'journal', ...(telemetry === 'none' ? [] : (['telemetry'] as const))], frees };
}

const said: Readonly<Record<NonNullable<Unused>, { readonly error_zh: string; readonly error_en: string }>> = {
  soon: {
    error_zh: '83 天没有确认；一周后不再为它保留记录，不用的通道请从站点文件中删除',
    error_en:
      'confirmed nothing for 83 days; in a week nothing is kept for it any more: repair it, or take it out of the site file',
  },
  'let-go': {
    error_zh: '90 天没有确认，不再为它保留记录',
    error_en: 'confirmed nothing for 90 days; nothing is kept for it any more',
  },
};

/** Tells the fault of uplinks that are not used, and tells it again on demand. */
export class UnusedUplinks {
  readonly #how = new Map<UplinkId, Unused>();

  constructor(
    uplinks: readonly Pick<UplinkConfig, 'id'>[],
    private readonly onFault: TellFault,
  ) {
    for (const { id } of uplinks) this.#how.set(id, null);
  }

  hear(uplink: UplinkId, how: Unused): void {
    this.#how.set(uplink, how);
    this.#tell(uplink, how);
  }

  retell(): void {
    for (const [uplink, how] of this.#how) this.#tell(uplink, how);
  }

  #tell(id: UplinkId, how: Unused): void {
    this.onFault(unusedSubject({ id }), how !== null, how === null ? {} : { ...said[how] });
  }
}
