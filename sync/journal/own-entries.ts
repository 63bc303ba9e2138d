/** The entries that the journal writes about itself. */
import type { EpochId } from '../../config/ids.js';
import type { EntryDraft } from './entry.js';
import type { LaneCounts } from './waiting-list.js';

const about = { subject: 'gateway', alarm: null, zone: null, origin: null } as const;

/** The first entry of every epoch. `previous`: the epoch that the file was in before, null in a new file. */
export function journalBegun(previous: EpochId | null): EntryDraft {
  return {
    ...about,
    kind: 'journal.begun',
    class: null,
    words:
      previous === null
        ? { zh: '新的记录文件启用', en: 'a new journal was begun' }
        : {
            zh: '启动时磁盘无应答，记录另起一段',
            en: 'the disk answered late at start; the journal goes on in a new epoch',
          },
    detail: { previous },
  };
}

/** What a full memory made us lose while no disk answered. */
export function journalLost(lost: LaneCounts): EntryDraft {
  const count = lost.fire + lost.journal + lost.telemetry;
  return {
    ...about,
    kind: 'journal.lost',
    class: 'fault',
    words: {
      zh: `磁盘无应答期间丢失 ${count} 条记录`,
      en: `${count} entries were lost while the disk did not answer`,
    },
    detail: { ...lost },
  };
}
