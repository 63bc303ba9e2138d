/**
 * What a page of history takes in a journal of ten million rows, by the reader's thread, beside the barest read of a page there is; and what
 * a search, a trend and the index cost. The file is made in the system's temporary folder and removed afterwards.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { SystemClock } from '../../drivers/clock.js';
import { JournalReader } from '../../sync/journal/reader/journal-reader.js';
import { ReaderThread } from '../../sync/journal/reader/reader-thread.js';
import { anyEntry, type EntryFilter } from '../../sync/journal/reader/reading.js';
import { historyCost } from './history-cost.js';
import { makeHistory, newestWall, rare, rowMs } from './history-rows.js';
import { historySearch } from './history-search.js';
import { historyTrend } from './history-trend.js';
import { type BenchOptions, type Result, round } from './result.js';

const pageRows = 50;
const pageLimitMs = 100;
const dayMs = 86_400_000;

export async function history(options: BenchOptions): Promise<readonly Result[]> {
  const { say, quick } = options;
  const rows = options.rows ?? (quick ? 500_000 : 10_000_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-history-'));
  const file = path.join(folder, 'journal.db');
  const clock = new SystemClock();
  const thread = new ReaderThread({ path: file, clock, random: Math.random });
  try {
    const made = makeHistory(file, rows, say);
    const reader = new JournalReader(thread, clock);
    const results: Result[] = [
      {
        ...{
          part: 'history',
          what: `index of ${rows} rows, built in ${made.indexSteps} steps`,
          limit: null,
          unit: ' B/row',
        },
        value: (made.indexedBytes - made.bytes) / rows,
        detail: {
          'file, B/row': round(made.bytes / rows),
          'filled in s': round(made.fillMs / 1000),
          'built in s': round(made.indexMs / 1000),
          'longest step, ms': round(made.longestStepMs),
        },
      },
      ...(await pages(reader, file, rows, quick ? 20 : 60, say)),
      ...(await historySearch(reader, file, rows, say)),
      ...(await historyTrend(reader, file, newestWall, say)),
    ];
    thread.stop();
    return [...results, ...(await historyCost(folder, quick, say))];
  } finally {
    thread.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Asked = readonly [name: string, filterOf: (dice: number) => Partial<EntryFilter>];

/** `dice`: 0 to 1, another for each page. */
function questions(rows: number): readonly Asked[] {
  const time = (dice: number): Partial<EntryFilter> => {
    const toWall = Math.round(newestWall - dice * rows * rowMs);
    return { toWall, fromWall: toWall - 30 * dayMs };
  };
  const fire: Partial<EntryFilter> = { classes: ['fire'] };
  const device = (dice: number): Partial<EntryFilter> => ({ devices: [`smoke-${Math.floor(dice * 499)}`] });
  const zone = (dice: number): Partial<EntryFilter> => ({ zones: [`zone-${Math.floor(dice * 11)}`] });
  const [rareDevice, rareZone, rareKind] = [{ devices: [rare.device] }, { zones: [rare.zone] }, { kinds: [rare.kind] }];
  const half = Array.from({ length: 250 }, (_, at) => `smoke-${at}`);
  return [
    ['nothing', () => ({})],
    ['time', time],
    ['class', () => fire],
    ['zone', zone],
    ['zone, rare', () => rareZone],
    ['device', device],
    ['device, rare', () => rareDevice],
    ['kind, rare', () => rareKind],
    ['alarm', (dice) => ({ alarm: `benchold-p7q1z8wd-${4 * Math.floor((dice * rows) / 4)}` })],
    ['text that names half of the devices', () => ({ named: { zones: [], devices: half } })],
    ['text that names what is rare', () => ({ named: { zones: [rare.zone], devices: [rare.device] } })],
    ['time and class', (dice) => ({ ...time(dice), ...fire })],
    ['time and zone', (dice) => ({ ...time(dice), ...zone(1 - dice) })],
    ['time and device', (dice) => ({ ...time(dice), ...device(1 - dice) })],
    ['time and kind, rare', (dice) => ({ ...time(dice), ...rareKind })],
    ['class and zone', (dice) => ({ ...fire, ...zone(dice) })],
    ['class and device', (dice) => ({ ...fire, ...device(dice) })],
    ['class and kind', () => ({ ...fire, kinds: ['alarm.raised'] })],
    ['class and device, rare: nothing', () => ({ ...fire, ...rareDevice })],
    ['zone and device: nothing', (dice) => ({ ...device(dice), ...rareZone })],
    ['zone and kind, rare', (dice) => ({ ...zone(dice), ...rareKind })],
    ['device and kind', (dice) => ({ ...device(dice), kinds: ['alarm.acknowledged'] })],
  ];
}

export async function pages(
  reader: JournalReader,
  file: string,
  rows: number,
  turns: number,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  // The thread is there, and its code is compiled, before anything is measured.
  for (let turn = 0; turn < turns; turn++) await reader.page({ filter: anyEntry, before: null, limit: pageRows });
  const bare = barePages(file, rows, turns);
  const results: Result[] = [
    {
      ...{ part: 'history', what: 'bare read of a page by its key, in this thread', limit: null, unit: ' ms p50' },
      value: quantile(bare, 0.5),
      detail: { p95: round(quantile(bare, 0.95)) },
    },
  ];
  for (const [name, filterOf] of questions(rows)) {
    const tookMs: number[] = [];
    let [found, short] = [0, 0];
    for (let turn = 0; turn < turns; turn++) {
      const filter = { ...anyEntry, ...filterOf(diceOf(turn)) };
      // Half of them from the newest on, half from somewhere in the middle.
      const before = turn % 2 === 0 ? null : Math.floor(diceOf(turn + 1_000) * rows);
      const beganMs = performance.now();
      const page = await reader.page({ filter, before, limit: pageRows });
      tookMs.push(performance.now() - beganMs);
      found += page.entries.length;
      if (page.next !== null && page.entries.length < pageRows) short += 1;
    }
    say(`page by ${name}`);
    results.push({
      ...{ part: 'history', what: `page by ${name}`, value: quantile(tookMs, 0.95), unit: ' ms p95' },
      limit: { atMost: pageLimitMs },
      detail: {
        p50: round(quantile(tookMs, 0.5)),
        'times bare, p50': round(quantile(tookMs, 0.5) / quantile(bare, 0.5)),
        'rows found each': round(found / turns),
        'pages cut short': short,
      },
    });
  }
  return results;
}

function barePages(file: string, rows: number, turns: number): readonly number[] {
  const db = new Database(file, { readonly: true });
  const read = db.prepare('SELECT * FROM entries WHERE position < ? ORDER BY position DESC LIMIT ?');
  const tookMs = Array.from({ length: turns }, (_, turn) => {
    const before = Math.floor(diceOf(turn) * rows);
    const beganMs = performance.now();
    const page = read.all(before, pageRows) as { readonly words: string; readonly detail: string }[];
    for (const { words, detail } of page) [JSON.parse(words), JSON.parse(detail)];
    return performance.now() - beganMs;
  });
  db.close();
  return tookMs;
}

/** As even as chance, and the same in each run. */
function diceOf(turn: number): number {
  return ((turn * 7_919 + 13) % 1_009) / 1_009;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export function walBytes(file: string): number {
  return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}
