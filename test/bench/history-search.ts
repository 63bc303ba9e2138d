/** A search of the full text: how much it looks through, how soon it ends when nobody wants it any more, and who is held up by it. */
import { brandId } from '../../config/ids.js';
import type { JournalReader } from '../../sync/journal/reader/journal-reader.js';
import { anyEntry } from '../../sync/journal/reader/reading.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { entry } from '../sync/rig.js';
import { quantile, walBytes } from './history.js';
import { type Result, round } from './result.js';

/** So many rows are looked through; the rest would take as long again. */
const rowsMax = 1_000_000;
const cancels = 20;
const nowhere = { ...anyEntry, text: 'written nowhere' };

export async function historySearch(
  reader: JournalReader,
  file: string,
  rows: number,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  say('search');
  const looked = await look(reader, rows);
  say('pages and commits beside a search');
  const beside = await besideSearch(reader, file);
  const cancelMs: number[] = [];
  for (let turn = 0; turn < cancels; turn++) cancelMs.push(await cancel(reader));
  return [
    {
      ...{ part: 'history', what: 'rows a second of a search that finds nothing', limit: null, unit: '' },
      value: looked,
    },
    {
      ...{ part: 'history', what: 'a page beside a search', value: quantile(beside.pageMs, 0.95), unit: ' ms p95' },
      limit: { atMost: 100 },
      detail: { p50: round(quantile(beside.pageMs, 0.5)) },
    },
    {
      ...{ part: 'history', what: 'largest log while 20,000 entries come beside a search', unit: ' MB' },
      value: beside.walBytes / 1e6,
      limit: { atMost: 8.5 },
    },
    {
      ...{ part: 'history', what: 'until a search that is cancelled has ended', unit: ' ms p95' },
      value: quantile(cancelMs, 0.95),
      limit: { atMost: 100 },
    },
  ];
}

async function look(reader: JournalReader, rows: number): Promise<number> {
  const stop = new AbortController();
  const beganMs = performance.now();
  let reached = rows;
  for await (const { next } of reader.pieces(nowhere, stop.signal)) {
    reached = next ?? 0;
    if (rows - reached >= rowsMax) stop.abort();
  }
  return ((rows - reached) / (performance.now() - beganMs)) * 1000;
}

async function besideSearch(
  reader: JournalReader,
  path: string,
): Promise<{ readonly pageMs: readonly number[]; readonly walBytes: number }> {
  const stop = new AbortController();
  const search = (async () => {
    for await (const piece of reader.pieces(nowhere, stop.signal)) void piece;
  })();
  const file = new SqliteFile(path);
  file.open(brandId('beside'));
  const pageMs: number[] = [];
  let largest = 0;
  for (let turn = 0; turn < 200; turn++) {
    const entries = Array.from({ length: 100 }, (_, at) => entry('benchold', turn * 100 + at, { lane: 'journal' }));
    file.append({ entries, facets: [] });
    largest = Math.max(largest, walBytes(path));
    const beganMs = performance.now();
    await reader.page({ filter: anyEntry, before: null, limit: 50 });
    pageMs.push(performance.now() - beganMs);
  }
  stop.abort();
  await search;
  file.close();
  return { pageMs, walBytes: largest };
}

/** From the signal to the end of the search. */
async function cancel(reader: JournalReader): Promise<number> {
  const stop = new AbortController();
  const pieces = reader.pieces(nowhere, stop.signal);
  await pieces.next();
  const rest = pieces.next();
  const beganMs = performance.now();
  stop.abort();
  await rest;
  return performance.now() - beganMs;
}
