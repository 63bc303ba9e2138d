/** A wall clock that is set while the gateway runs: what is told of it, and what it may not do. */
import { describe, expect, test } from 'vitest';
import { type BootId, brandId } from '../../config/ids.js';
import type { ClockTrust } from '../../config/vocabulary.js';
import { ClockWatch } from '../../gateway/health/clock-watch.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { Entry, EntryDraft } from '../../sync/journal/entry.js';

const boot = brandId<BootId>('b1');
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function watching(trust: ClockTrust) {
  const clock = new SimClock(undefined, trust);
  const told: EntryDraft[] = [];
  const watch = new ClockWatch({ clock, boot: () => boot, record: (drafts) => void told.push(...drafts) });
  const pass = async (ms: number): Promise<void> => {
    for (let leftMs = ms; leftMs > 0; leftMs -= 5_000) {
      await clock.advance(Math.min(5_000, leftMs));
      watch.look();
    }
  };
  /** A row as the journal core stamps it. */
  const stamp = (): Pick<Entry, 'boot' | 'mono' | 'wall' | 'clock'> => {
    const row = { boot, mono: clock.mono(), wall: clock.wall(), clock: clock.trust() };
    watch.see([row as Entry]);
    return row;
  };
  const details = (kind: EntryDraft['kind']) => told.filter((each) => each.kind === kind).map(({ detail }) => detail);
  watch.look();
  return { clock, watch, told, pass, stamp, details };
}

/** What a reader of the journal makes of a row. */
function trueWall(row: Pick<Entry, 'boot' | 'mono' | 'wall' | 'clock'>, corrections: readonly EntryDraft['detail'][]) {
  const fits = (detail: EntryDraft['detail']): boolean =>
    detail['boot'] === row.boot && Number(detail['from_mono']) <= row.mono && row.mono <= Number(detail['until_mono']);
  const found = row.clock === 'trusted' ? [] : corrections.filter(fits);
  expect(found.length).toBeLessThanOrEqual(1);
  return row.wall + Number(found[0]?.['correction_ms'] ?? 0);
}

describe('a step of the wall clock', () => {
  test.each([dayMs, -dayMs, 14 * dayMs, -14 * dayMs])('of %i ms is told once, with both times', async (stepMs) => {
    const { clock, pass, told } = watching('trusted');
    await pass(60_000);
    clock.stepWall(stepMs);
    await pass(600_000);
    expect(told).toHaveLength(1);
    const [entry] = told;
    expect(entry).toMatchObject({ kind: 'clock.stepped', class: null, detail: { step_ms: stepMs, steps: 1 } });
    expect(Number(entry?.detail['to']) - Number(entry?.detail['from'])).toBe(stepMs);
    expect(entry?.detail['trust']).toBe('trusted');
    expect(entry?.words.zh).toContain(`时钟被${stepMs > 0 ? '拨快' : '拨慢'} ${Math.abs(stepMs) / dayMs} 天：由`);
    expect(entry?.words.en).toContain(`set ${stepMs > 0 ? 'forward' : 'back'} by ${Math.abs(stepMs) / dayMs} d: from`);
  });

  test('of less than 2 s is none until several add up', async () => {
    const { clock, pass, told, details } = watching('trusted');
    clock.stepWall(1_500);
    await pass(60_000);
    expect(told).toEqual([]);
    clock.stepWall(1_500);
    await pass(60_000);
    expect(details('clock.stepped')).toMatchObject([{ step_ms: 3_000, steps: 1 }]);
  });

  test('again and again is one entry a minute, with their count', async () => {
    const { clock, pass, details } = watching('trusted');
    for (let i = 0; i < 36; i++) {
      clock.stepWall(i % 2 === 0 ? dayMs : -hourMs);
      await pass(5_000);
    }
    await pass(60_000);
    const steps = details('clock.stepped');
    expect(steps.length).toBeLessThanOrEqual(5);
    expect(steps.reduce((sum, detail) => sum + Number(detail['steps']), 0)).toBe(36);
    expect(steps.reduce((sum, detail) => sum + Number(detail['step_ms']), 0)).toBe(18 * (dayMs - hourMs));
  });
});

describe('rows that were written before the clock could be believed', () => {
  test('are told with what they are off by, one stretch at a time, and are not touched', async () => {
    const { clock, pass, stamp, details } = watching('untrusted');
    const began = clock.wall() + 400 * dayMs;
    const rows = [];
    // Three times nobody can believe, the third of them right; then it is known to be.
    for (const stepMs of [0, 3 * hourMs, 400 * dayMs - 3 * hourMs]) {
      clock.stepWall(stepMs);
      rows.push(stamp());
      await pass(7_000);
      rows.push(stamp());
      await clock.advance(1);
    }
    expect(details('clock.corrected')).toEqual([]);
    clock.setTrust('trusted');
    rows.push(stamp());
    await pass(5_000);
    const corrections = details('clock.corrected');
    expect(corrections.map((detail) => detail['correction_ms'])).toEqual([400 * dayMs, 400 * dayMs - 3 * hourMs, 0]);
    for (const row of rows) expect(trueWall(row, corrections)).toBe(began + row.mono);
    await pass(600_000);
    expect(details('clock.corrected')).toHaveLength(3);
  });

  test('are told again when trust is lost and comes back, and only those', async () => {
    const { clock, pass, stamp, details } = watching('trusted');
    stamp();
    await pass(10_000);
    clock.setTrust('hinted');
    clock.stepWall(-dayMs);
    const row = stamp();
    await pass(10_000);
    clock.stepWall(dayMs);
    clock.setTrust('trusted');
    await pass(10_000);
    expect(details('clock.corrected')).toHaveLength(1);
    expect(trueWall(row, details('clock.corrected'))).toBe(row.wall + dayMs);
  });

  test("include the journal's own first entry, which is seen last", async () => {
    const { clock, watch, pass, stamp, details } = watching('untrusted');
    await clock.advance(5);
    const first = { boot, mono: 2, wall: clock.wall() - 3, clock: 'untrusted' } as Entry;
    stamp();
    watch.see([first]);
    clock.stepWall(dayMs);
    clock.setTrust('trusted');
    await pass(5_000);
    expect(trueWall(first, details('clock.corrected'))).toBe(first.wall + dayMs);
  });

  test('of another boot are none of its business, and a clock that never becomes right corrects nothing', async () => {
    const { clock, watch, pass, stamp, told } = watching('untrusted');
    stamp();
    watch.see([{ ...stamp(), boot: brandId<BootId>('b0'), mono: 9e9 } as Entry]);
    clock.setTrust('hinted');
    await pass(600_000);
    expect(told).toEqual([]);
  });
});
