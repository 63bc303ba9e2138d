import { expect, test } from 'vitest';
import { type BootId, brandId, type EntryId } from '../../config/ids.js';
import { AlarmKeeper } from '../../gateway/alarm/alarm-keeper.js';
import type { Step } from '../../gateway/alarm/step.js';
import { faultSubject } from '../../gateway/alarm/subject.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { JournalCore } from '../../sync/journal/journal-core.js';

const disk = faultSubject('journal', 'main', { zh: '日志', en: 'journal' });

test('a gateway that has stopped rings no siren again, whatever it is told while it stops', async () => {
  const clock = new SimClock();
  const stepped: string[] = [];
  const step: Step = (state, input) => {
    stepped.push(input.kind);
    const next = { ...state, lastOrder: state.lastOrder + 1 };
    return {
      ...{ state: next, drafts: [], facets: [], touched: [], stillActive: [] },
      ...{ nextTickMono: clock.mono() + 600_000, visited: 0 },
    };
  };
  const journal = { boot: brandId<BootId>('boot'), peekId: () => brandId<EntryId>('entry') } as unknown as JournalCore;
  const keeper = new AlarmKeeper({ step, clock, journal, sound: () => [], onEntries: () => undefined });
  keeper.tell({ kind: 'tick' });
  keeper.stop();
  keeper.tell({ kind: 'condition', subject: disk, isActive: false, detail: {} });
  await clock.advance(3_600_000);
  expect(stepped).toEqual(['tick', 'condition']);
});
