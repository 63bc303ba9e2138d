/** The reader's thread as its askers see it: in pieces, in time, gone when idle, back on demand. */
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { JournalReader } from '../../sync/journal/reader/journal-reader.js';
import { answerMs, type ReaderCaller, ReaderThread } from '../../sync/journal/reader/reader-thread.js';
import { anyEntry } from '../../sync/journal/reader/reading.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { keep } from '../../sync/journal/sqlite-keep.js';
import type { TelemetryPack } from '../../sync/journal/store.js';
import { packSamples } from '../../sync/telemetry/pack-codec.js';
import type { Sample } from '../../sync/telemetry/sample.js';
import { fillHistory } from '../bench/history-rows.js';
import { buildIndex, historyJournal, readerOf, withDb } from './reader-rig.js';
import { epochId, tempDir } from './rig.js';

const built = new URL('../../dist/sync/journal/reader/reader-worker.js', import.meta.url);
/** Threads that do not do what they should. */
const made = (source: string): URL => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
const silent = made("import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => undefined);");
const dying = made(
  "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));",
);
const asked = { filter: anyEntry, before: null, limit: 10, budgetMs: 1_000 } as const;

function threadOf(path: string, workerUrl: URL): { readonly thread: ReaderThread; readonly clock: SimClock } {
  const clock = new SimClock();
  const thread = new ReaderThread({ path, clock, random: () => 0.5, workerUrl });
  onTestFinished(() => thread.stop());
  return { thread, clock };
}

/** The file itself in its place. */
function inline(path: string): ReaderCaller & { calls: number } {
  const file = readerOf(path);
  onTestFinished(() => file.close());
  const caller = {
    calls: 0,
    call: (async (call: 'entries', args: typeof asked) => {
      caller.calls += 1;
      return file.answer({ id: 1, call, args });
    }) as ReaderCaller['call'],
  };
  return caller;
}

const codeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'answered',
    (error: { readonly code: string }) => error.code,
  );

describe("the reader's thread", () => {
  test('answers, tells what is wrong with the file, ends after a minute without a question, and comes back', async () => {
    const dir = tempDir();
    const missing = threadOf(`${dir}/none.db`, built);
    expect(await codeOf(missing.thread.call('entries', asked))).toBe('READER-001');
    const { thread, clock } = threadOf(historyJournal(dir, 100), built);
    expect((await thread.call('entries', asked)).entries).toHaveLength(10);
    await clock.advance(59_000);
    expect(thread.isRunning).toBe(true);
    await clock.advance(1_001);
    expect(thread.isRunning).toBe(false);
    expect((await thread.call('entries', asked)).entries).toHaveLength(10);
  });

  test('is given up when it does not answer in time, with all that waits; then nobody asks for a while', async () => {
    const { thread, clock } = threadOf('nowhere', silent);
    const waiting = [thread.call('entry', 'a'), thread.call('entry', 'b')].map(codeOf);
    await clock.advance(answerMs);
    expect(await Promise.all(waiting)).toEqual(['READER-005', 'READER-005']);
    expect(await codeOf(thread.call('entry', 'c'))).toBe('READER-007');
    await clock.advance(1_000);
    const again = codeOf(thread.call('entry', 'd'));
    expect(thread.isRunning).toBe(true);
    thread.stop();
    expect(await again).toBe('READER-007');
  });

  test('that dies rejects what waits, and is started again with growing pauses', async () => {
    const { thread, clock } = threadOf('nowhere', dying);
    expect(await codeOf(thread.call('entry', 'a'))).toBe('READER-007');
    await clock.advance(760);
    expect(await codeOf(thread.call('entry', 'b'))).toBe('READER-007');
    expect(thread.isRunning).toBe(false);
    await clock.advance(760);
    void codeOf(thread.call('entry', 'c'));
    expect(thread.isRunning).toBe(false);
  });

  test('takes no more questions than it may keep', async () => {
    const { thread } = threadOf('nowhere', silent);
    const answers = Array.from({ length: 65 }, () => codeOf(thread.call('entry', 'a')));
    expect(await answers[64]).toBe('READER-006');
    thread.stop();
    expect(new Set(await Promise.all(answers.slice(0, 64)))).toEqual(new Set(['READER-007']));
  });
});

describe('a search or an export', () => {
  test('asks for a piece when the last one was taken, and for none after it was cancelled', async () => {
    const caller = inline(historyJournal(tempDir(), 900));
    const reader = new JournalReader(caller, new SimClock());
    const stop = new AbortController();
    const positions: number[] = [];
    let taken = 0;
    for await (const { entries } of reader.pieces(anyEntry, stop.signal)) {
      taken += 1;
      expect(caller.calls).toBe(taken);
      positions.push(...entries.map(({ position }) => position));
    }
    expect(positions).toEqual(Array.from({ length: 900 }, (_, at) => 900 - at));
    caller.calls = 0;
    for await (const _ of reader.pieces(anyEntry, stop.signal)) stop.abort();
    expect(caller.calls).toBe(1);
  });

  test('leaves the writer a gap in which its log can be cut back, when the log has outgrown its limit', async () => {
    const path = historyJournal(tempDir(), 1);
    const writer = keep(new Database(path));
    onTestFinished(() => void writer.close());
    writer.exec('PRAGMA wal_autocheckpoint=0; DELETE FROM entries');
    fillHistory(writer, 16_000);
    const clock = new SimClock();
    const caller = inline(path);
    const pieces = new JournalReader(caller, clock).pieces(anyEntry, new AbortController().signal);
    await pieces.next();
    const second = pieces.next();
    await clock.advance(99);
    expect(caller.calls).toBe(1);
    await clock.advance(1);
    expect((await second).value?.entries).toHaveLength(200);
    writer.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    await Promise.all([pieces.next(), clock.advance(100)]);
    expect((await pieces.next()).value?.entries).toHaveLength(200);
  });
});

describe('a trend', () => {
  const minute = 60_000;
  const start = 1_795_000_000_000;

  function pack(number: number, values: readonly Sample['value'][]): TelemetryPack {
    const samples = values.flatMap((value, at): Sample[] =>
      ['meter-1/current', 'meter-2/current'].map((pointId, which) => ({
        pointId: brandId(pointId),
        ...{ unit: 'A', afterMs: at * 1_000, reason: value === null ? 'sentinel' : null },
        value: typeof value === 'number' ? value + which * 1_000 : value,
      })),
    );
    const stamp = { epoch: epochId('e1'), boot: brandId<TelemetryPack['boot']>('b1'), clock: 'trusted' as const };
    return {
      ...stamp,
      mono: number,
      wall: start + number * minute,
      samples: samples.length,
      body: packSamples(samples),
    };
  }

  test('has the least, the largest and the last of each bucket, and nulls where there is nothing to be drawn', async () => {
    const path = `${tempDir()}/journal.db`;
    const file = new SqliteFile(path);
    onTestFinished(() => file.close());
    file.open(epochId('e1'));
    // Minutes 0 to 199 without 50 to 99; a bad one, a state and a text of no pack among them.
    const numbers = Array.from({ length: 200 }, (_, at) => at).filter((at) => at < 50 || at >= 100);
    const telemetry = numbers.map((at) => pack(at, at === 7 ? [null] : at === 8 ? ['open'] : [at, at + 0.5, at - 0.5]));
    file.append({
      entries: [],
      facets: [],
      telemetry: [...telemetry, { ...pack(10, [99]), body: Uint8Array.of(1, 2) }],
    });
    const reader = new JournalReader(inline(path), new SimClock());
    const ask = (buckets: number, from = 0, to = 200) =>
      reader.trend({ point: 'meter-1/current', fromWall: start + from * minute, toWall: start + to * minute, buckets });
    const meant = [0, 1, 2, 3].map((bucket) =>
      bucket === 1
        ? [start + 50 * minute, null, null, null]
        : [start + bucket * 50 * minute, bucket * 50 - 0.5, bucket * 50 + 49.5, bucket * 50 + 48.5],
    );
    expect(await ask(4)).toEqual(meant);
    withDb(path, buildIndex);
    expect(await ask(4)).toEqual(meant);
    expect((await ask(10, 0, 10)).map(([, least]) => least)).toEqual([
      -0.5,
      0.5,
      1.5,
      2.5,
      3.5,
      4.5,
      5.5,
      null,
      null,
      8.5,
    ]);
    expect(await ask(1, 500, 600)).toEqual([[start + 500 * minute, null, null, null]]);
    expect(await reader.trend({ point: 'nobody', fromWall: start, toWall: start + minute, buckets: 1 })).toEqual([
      [start, null, null, null],
    ]);
  });
});
