/** The duty book of a running gateway, whichever runtime is the present one. */
import type { Clock } from '../../drivers/clock.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { JournalCore } from '../../sync/journal/journal-core.js';
import type { MarkRow } from '../../sync/journal/store.js';
import type { AlarmState } from '../alarm/facets.js';
import { DutyBook, type DutySite } from './duty-book.js';

/** What it needs of a runtime. */
export interface DutyHost {
  readonly alarms: AlarmState;
  readonly journal: Pick<JournalCore, 'boot' | 'mark' | 'commands'>;
  record(drafts: readonly EntryDraft[], marks?: readonly MarkRow[]): unknown;
  readonly district: { answerDuty(origin: string): number };
}

/** `safely` runs what it records: what is wrong there is nobody else's trouble. False: it has thrown. */
export function dutyBookOf(
  clock: Clock,
  config: () => DutySite,
  host: () => DutyHost,
  safely: (run: () => void) => boolean,
): DutyBook {
  return new DutyBook({
    ...{ clock, config },
    alarms: () => host().alarms,
    boot: () => host().journal.boot,
    marks: {
      // Commands are null until the disk has told what it had saved.
      isRead: () => host().journal.commands !== null,
      get: (name) => host().journal.mark(name),
    },
    record: (drafts, marks) => safely(() => void host().record(drafts, marks)),
    answerDuty: (origin) => host().district.answerDuty(origin),
  });
}
