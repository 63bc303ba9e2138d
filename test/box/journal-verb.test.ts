/** `gengfu journal`: what is asked for is found, newest first, in bounded pieces; names are left out. */
import { expect, onTestFinished, test } from 'vitest';
import { printEntries } from '../../gateway/box/journal-print.js';
import { journalQuery, wallOf } from '../../gateway/box/journal-query.js';
import { namelessEntry } from '../../gateway/box/nameless-entry.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { ReaderCaller } from '../../sync/journal/reader/reader-thread.js';
import { anyEntry } from '../../sync/journal/reader/reading.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { readerOf } from '../sync/reader-rig.js';
import { entry, epochId, stored, tempDir } from '../sync/rig.js';

const now = 1_795_996_800_000;
const hourMs = 3_600_000;

function rig(count: number) {
  const path = `${tempDir()}/journal.db`;
  const writer = new SqliteFile(path);
  onTestFinished(() => writer.close());
  writer.open(epochId('e1'));
  let next = 1;
  const append = (more: number): void => {
    const entries = Array.from({ length: more }, () =>
      entry('e1', next++, { class: next % 2 === 0 ? 'fire' : 'fault' }),
    );
    writer.append({ entries, facets: [] });
  };
  append(count);
  const file = readerOf(path);
  onTestFinished(() => file.close());
  const asked: number[] = [];
  const caller = {
    call: async (call: 'entries', args: { readonly limit: number }) => {
      asked.push(args.limit);
      return file.answer({ id: 1, call, args } as Parameters<typeof file.answer>[0]);
    },
  } as ReaderCaller;
  return { caller, append, asked };
}

async function printed(
  caller: ReaderCaller,
  over: Partial<Parameters<typeof printEntries>[0]> = {},
): Promise<readonly number[]> {
  const positions: number[] = [];
  const take = async ({ position }: { readonly position: number }): Promise<void> => void positions.push(position);
  const signal = new AbortController().signal;
  await printEntries({
    ...{ caller, clock: new SimClock(), filter: anyEntry, most: null, isFollowed: false, take, signal },
    ...over,
  });
  return positions;
}

test('all of a journal comes in pieces, newest first; so many, and those of a class', async () => {
  const { caller, asked } = rig(450);
  const all = await printed(caller);
  expect(all).toEqual(Array.from({ length: 450 }, (_, at) => 450 - at));
  expect(Math.max(...asked)).toBeLessThanOrEqual(200);
  expect(await printed(caller, { most: 3 })).toEqual([450, 449, 448]);
  expect(await printed(caller, { most: 2, filter: { ...anyEntry, classes: ['fault'] } })).toEqual([450, 448]);
});

test('whoever follows has the last ones in order, then each that comes once, until it is ended', async () => {
  const { caller, append } = rig(10);
  const clock = new SimClock();
  const ending = new AbortController();
  const seen: number[] = [];
  const take = async ({ position }: { readonly position: number }): Promise<void> => void seen.push(position);
  const done = printEntries({
    caller,
    clock,
    filter: anyEntry,
    most: 2,
    isFollowed: true,
    take,
    signal: ending.signal,
  });
  await expect.poll(() => clock.advance(1000).then(() => [...seen])).toEqual([9, 10]);
  append(3);
  await expect.poll(() => clock.advance(1000).then(() => [...seen])).toEqual([9, 10, 11, 12, 13]);
  ending.abort();
  expect(await done).toBe(2);
});

test.each([
  ['2h', 'begin', now - 2 * hourMs],
  ['3d', 'begin', now - 72 * hourMs],
  ['2026-11-30T00:00:00Z', 'end', Date.UTC(2026, 10, 30)],
  ['2026-11-30', 'begin', new Date(2026, 10, 30).getTime()],
  ['2026-11-30', 'end', new Date(2026, 10, 30, 23, 59, 59, 999).getTime()],
  ['2026-11-30 08:05', 'begin', new Date(2026, 10, 30, 8, 5).getTime()],
  ['2026-11-31', 'begin', null],
  ['08:05', 'begin', null],
  ['2026-11-30 25:00', 'begin', null],
] as const)('the time %s as %s', (text, side, wall) => {
  expect(wallOf(text, now, side)).toBe(wall);
});

test('kinds are named alone or by their stem, and what is not there is refused with what there is', () => {
  const drill = journalQuery({ kind: ['drill', 'alarm.raised'], zone: ['hall'] }, now);
  expect(drill).toMatchObject({
    ok: true,
    filter: { kinds: ['drill.begun', 'drill.ended', 'drill.noted', 'alarm.raised'], zones: ['hall'] },
  });
  expect(journalQuery({ kind: ['dance'] }, now)).toMatchObject({
    ok: false,
    why: { en: expect.stringContaining('alarm.raised') },
  });
  expect(journalQuery({ since: 'soon' }, now)).toMatchObject({
    ok: false,
    why: { zh: expect.stringContaining('--since') },
  });
});

test('names and notes of people are in no entry without --names, and what happened is in all', () => {
  const told = JSON.stringify([
    namelessEntry(
      stored(1, {
        kind: 'user.refused',
        words: { zh: '拒绝登录面板：wang', en: 'refused: wang' },
        detail: { user: 'wang', from: '10.0.0.9' },
      }),
    ),
    namelessEntry(
      stored(2, { kind: 'alarm.acknowledged', origin: 'panel:wang', detail: { acknowledged_by: 'cli:wang' } }),
    ),
    namelessEntry(stored(3, { kind: 'drill.noted', detail: { note: 'wang was late' } })),
    namelessEntry(stored(4, { kind: 'voice.begun', detail: { occasion: 'broadcast', text: 'wang, come home' } })),
  ]);
  expect(told).not.toContain('wang');
  for (const kept of ['user.refused', '"origin":"panel"', 'drill.noted', 'broadcast']) expect(told).toContain(kept);
});
