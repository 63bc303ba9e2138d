/** History by pages, free text and trends: what is found, in what pieces, and in files that change under the reader. */
import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import { alarmClasses } from '../../config/vocabulary.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import type { JournalFile } from '../../sync/journal/reader/journal-file.js';
import type { EntryFilter } from '../../sync/journal/reader/reading.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { keep } from '../../sync/journal/sqlite-keep.js';
import { schemaVersion } from '../../sync/journal/sqlite-schema.js';
import { newestWall, rare, rowMs } from '../bench/history-rows.js';
import {
  allOf,
  buildIndex,
  entriesOf,
  gap,
  historyJournal,
  historyRows,
  readerOf,
  sparseJournal,
  withDb,
} from './reader-rig.js';
import { entry, epochId, keptDir, seeded, tempDir } from './rig.js';

interface Row {
  readonly position: number;
  readonly class: string;
  readonly kind: string;
  readonly zone: string;
  readonly subject: string;
  readonly alarm: string;
  readonly wall: number;
}

const dir = keptDir();
let path = '';
let rows: readonly Row[] = [];
let subjects: readonly string[] = [];

beforeAll(() => {
  path = sparseJournal(dir);
  rows = withDb(path, (db) =>
    keep(
      db.prepare('SELECT position, class, kind, zone, subject, alarm, wall FROM entries ORDER BY position DESC'),
    ).all(),
  ) as readonly Row[];
  subjects = [...new Set(rows.map(({ subject }) => subject))];
});

function opened(at = path): JournalFile {
  const file = readerOf(at);
  onTestFinished(() => file.close());
  return file;
}

/** Written down once more, without an index and without SQL. */
function meantBy(filter: Partial<EntryFilter>): (row: Row) => boolean {
  const { fromWall = null, toWall = null, classes = [], kinds = [], zones = [], devices = [], alarm = null } = filter;
  const within = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value);
  const aboutAny = (ids: readonly string[]): ((subject: string) => boolean) => {
    const isAbout = (subject: string): boolean =>
      ids.some((id) => `:${subject.replace('/', ':')}:`.includes(`:${id.replace('/', ':')}:`));
    const about = new Set(subjects.filter(isAbout));
    return (subject) => about.has(subject);
  };
  const [isOfDevice, isNamed] = [aboutAny(devices), aboutAny(filter.named?.devices ?? [])];
  return (row) =>
    (fromWall === null || row.wall >= fromWall) &&
    (toWall === null || row.wall <= toWall) &&
    within(classes, row.class) &&
    within(kinds, row.kind) &&
    within(zones, row.zone) &&
    (devices.length === 0 || isOfDevice(row.subject)) &&
    (alarm === null || row.alarm === alarm) &&
    (filter.named == null || filter.named.zones.includes(row.zone) || isNamed(row.subject));
}

/** Some conditions together, common ones and rare ones. */
function someFilter(chance: () => number): Partial<EntryFilter> {
  const pick = (count: number): number => Math.floor(chance() * count);
  const device = (): string =>
    [rare.device, `${rare.device}/smoke`, `smoke-${pick(499)}`, `smoke-${pick(499)}/smoke`][pick(4)] ?? '';
  const several = (): readonly string[] => Array.from({ length: pick(120) }, () => device());
  const toWall = newestWall - pick(historyRows) * rowMs;
  const parts: readonly Partial<EntryFilter>[] = [
    { toWall },
    { fromWall: newestWall - pick(historyRows) * rowMs },
    { toWall, fromWall: toWall - pick(2_000) * rowMs },
    { classes: [alarmClasses[pick(5)] ?? 'fire'] },
    { classes: ['fire', 'warning'] },
    { kinds: chance() < 0.5 ? [rare.kind] : ['alarm.raised', rare.kind] },
    { zones: chance() < 0.5 ? [rare.zone] : [`zone-${pick(11)}`, `zone-${pick(11)}`] },
    { devices: [device(), device()] },
    { named: { zones: chance() < 0.3 ? ['zone-3'] : [], devices: several() } },
    { alarm: `benchold-p7q1z8wd-${4 * pick(historyRows / 4)}` },
  ];
  return Object.assign({}, ...Array.from({ length: 1 + pick(3) }, () => parts[pick(parts.length)]));
}

describe('a page of history', () => {
  test('has exactly what a look at every row finds, newest first, for any conditions together', () => {
    const file = opened();
    const chance = seeded(54);
    for (let turn = 0; turn < 60; turn++) {
      const filter = someFilter(chance);
      const before = chance() < 0.5 ? null : Math.floor(chance() * gap * historyRows);
      const isMeant = meantBy(filter);
      const meant = rows.filter((row) => isMeant(row) && row.position < (before ?? gap * historyRows + 1));
      const { entries, next } = entriesOf(file, filter, { before, limit: 200 });
      expect([filter, entries.map(({ position }) => position)]).toEqual([
        filter,
        meant.slice(0, 200).map(({ position }) => position),
      ]);
      expect(next).toBe(meant.length > 200 ? meant[199]?.position : null);
    }
  });

  test('continues where the last one ended until there is nothing more, however little time it has', () => {
    const file = opened();
    for (const filter of [{ classes: ['fire' as const] }, { kinds: [rare.kind as 'drill.begun'], devices: [] }]) {
      const meant = rows.filter(meantBy(filter)).map(({ position }) => position);
      expect(allOf(file, filter, { limit: 7 })).toEqual(meant);
      expect(allOf(file, filter, { budgetMs: 0 })).toEqual(meant);
    }
  });

  test('is found by whole names of devices only, and a text that names nothing finds nothing', () => {
    const file = opened();
    const subjects = (devices: readonly string[]): ReadonlySet<string> =>
      new Set(entriesOf(file, { devices }, { limit: 500 }).entries.map(({ subject }) => subject));
    expect(subjects(['smoke-4'])).toEqual(new Set(['fault:unit:smoke-4', 'point:smoke-4/smoke']));
    expect(subjects(['smoke-4/smoke'])).toEqual(new Set(['point:smoke-4/smoke']));
    expect(entriesOf(file, { named: { zones: [], devices: [] } })).toMatchObject({ entries: [], next: null });
  });

  test('shows entries whole, and one of them by its id', () => {
    const file = opened();
    const [newest] = entriesOf(file).entries;
    expect(newest).toMatchObject({
      position: gap * historyRows,
      sequence: historyRows,
      boot: 'p7q1z8wd',
      clock: 'trusted',
    });
    expect(newest?.words.en).toMatch(/^fault: smoke detector/);
    expect(newest?.detail).toMatchObject({ reason: 'silent', tries: 3 });
    expect(file.answer({ id: 1, call: 'entry', args: newest?.id ?? '' })).toEqual(newest);
    expect(file.answer({ id: 1, call: 'entry', args: 'nobody' })).toBeNull();
  });
});

describe('the index of history', () => {
  test('is built by the writer in pieces when it is idle; until then everything is found without it, and it is told', () => {
    const own = join(tempDir(), 'journal.db');
    const writer = new SqliteFile(own);
    onTestFinished(() => writer.close());
    writer.open(epochId('e1'));
    const order = { holders: [], wall: null, maxBytes: 1e9, keepMs: 1e12, telemetryKeepMs: 1e12 };
    const entries = Array.from({ length: 5_000 }, (_, n) => entry('e1', n, { zone: brandId(`z${n % 1_000}`) }));
    writer.append({ entries, facets: [] });
    const file = opened(own);
    const sought = { zones: ['z7'] };
    const before = allOf(file, sought);
    expect([before.length, entriesOf(file).unindexed]).toEqual([5, 5_000]);
    let steps = 1;
    for (; writer.tidy(order).hasMore; steps++);
    expect(steps).toBeGreaterThanOrEqual(3);
    expect([allOf(file, sought), entriesOf(file).unindexed]).toEqual([before, 5_000 + 1 - 2 * 2_048]);
    // What comes later is found at once.
    writer.append({ entries: [entry('e1', 9_999, { zone: brandId('z7') })], facets: [] });
    expect(allOf(file, sought)).toEqual([5_001, ...before]);
  });

  test('may be gone at any time, and forgets what was removed from the journal', () => {
    const own = historyJournal(tempDir(), 6_200);
    const file = opened(own);
    const sought = { zones: ['zone-1'] };
    const meant = allOf(file, sought);
    withDb(own, (db) => db.exec('DROP TABLE history_keys; DROP TABLE history_spans'));
    expect([allOf(file, sought), entriesOf(file).unindexed]).toEqual([meant, 6_200]);
    withDb(own, (db) => {
      buildIndex(db);
      db.exec('DELETE FROM entries WHERE position <= 4500');
      buildIndex(db);
      const left = keep(
        db.prepare('SELECT (SELECT min(span) FROM history_keys), (SELECT min(span) FROM history_spans)'),
      );
      expect(left.raw().get()).toEqual([2, 2]);
    });
    expect(allOf(file, sought)).toEqual(meant.filter((position) => position > 4_500));
  });

  test('is no new version of the file: one of the release before is read at once, and stays one', () => {
    const own = join(tempDir(), 'journal.db');
    copyFileSync(new URL('old/journal-4.db', import.meta.url), own);
    const file = opened(own);
    expect([allOf(file, { zones: ['hall'] }), entriesOf(file).unindexed]).toEqual([[3, 2, 1], 3]);
    withDb(own, buildIndex);
    expect(allOf(file, { zones: ['hall'] })).toEqual([3, 2, 1]);
    for (const made of [own, path])
      expect(withDb(made, (db) => keep(db.prepare('PRAGMA user_version')).pluck().get())).toBe(4);
  });
});

describe('free text', () => {
  test('is literal, in what people read and not in names of fields, whatever its case', () => {
    const own = join(tempDir(), 'journal.db');
    const writer = new SqliteFile(own);
    onTestFinished(() => writer.close());
    writer.open(epochId('e1'));
    const said = (n: number, zh: string, en: string, detail = {}) => entry('e1', n, { words: { zh, en }, detail });
    const entries = [
      said(1, '祠堂 100% 浓烟', 'thick smoke_1 in the "hall"', { reason: 'silent', list: ['deep', { under: 42 }] }),
      said(2, '水池', 'tank \\ level'),
      entry('e1', 3, { origin: 'panel:Zhang', subject: 'unit:pump-9' }),
    ];
    writer.append({ entries, facets: [] });
    const file = opened(own);
    const found = (text: string): readonly number[] => allOf(file, { text });
    expect(found('祠堂 100%')).toEqual([1]);
    expect(found('SMOKE_1')).toEqual([1]);
    expect(found('"hall"')).toEqual([1]);
    expect(found('k \\ l')).toEqual([2]);
    expect(found('zhang')).toEqual([3]);
    expect(found('pump-9')).toEqual([3]);
    expect([found('deep'), found('42')]).toEqual([[1], [1]]);
    for (const nothing of ['100_', 'smoke%', '"zh"', 'reason', 'under', '[', '*'])
      expect([nothing, found(nothing)]).toEqual([nothing, []]);
  });

  test('leaves no transaction open between its pieces, so that the log can always be cut back', () => {
    const own = historyJournal(tempDir(), 3_000);
    const file = opened(own);
    const writer = keep(new Database(own));
    onTestFinished(() => void writer.close());
    let before: number | null = null;
    for (let turn = 0; turn < 3; turn++) {
      ({ next: before } = entriesOf(file, { text: 'written nowhere' }, { before, budgetMs: 0 }));
      expect(before).not.toBeNull();
      writer.exec(`INSERT INTO marks (name, wall, detail) VALUES ('m${turn}', 1, '')`);
      const [busy] = keep(writer.prepare('PRAGMA wal_checkpoint(TRUNCATE)')).raw().get() as number[];
      expect(busy).toBe(0);
    }
  });
});

describe('a journal file that is not as it was', () => {
  const refusal = (file: JournalFile): unknown => {
    try {
      return entriesOf(file).entries.length;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  test('missing, foreign, newer and locked ones are told apart, and read again when they are well', () => {
    const own = join(tempDir(), 'journal.db');
    const file = opened(own);
    expect(refusal(file)).toBe('READER-001');
    writeFileSync(own, 'not a database at all'.repeat(20));
    expect(refusal(file)).toBe('READER-003');
    rmSync(own);
    const other = keep(new Database(own));
    other.exec('CREATE TABLE t(a)');
    other.close();
    expect(refusal(file)).toBe('READER-004');
    rmSync(own);
    historyJournal(join(own, '..'), 10);
    expect(refusal(file)).toBe(10);
    file.close();
    withDb(own, (db) => {
      db.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE');
      expect(refusal(file)).toBe('READER-002');
    });
    expect(refusal(file)).toBe(10);
    withDb(own, (db) => db.exec(`PRAGMA user_version=${schemaVersion + 1}`));
    file.close();
    expect(refusal(file)).toBe('READER-004');
  });

  test('that was set aside is let go of: the next page is of the one in its place', async () => {
    const own = historyJournal(tempDir(), 100);
    const file = opened(own);
    expect(refusal(file)).toBe(50);
    for (const side of ['', '-wal', '-shm']) {
      try {
        renameSync(`${own}${side}`, `${own}.damaged${side}`);
      } catch {
        // The log is gone when the last writer has closed.
      }
    }
    const store = new InlineStore(own);
    onTestFinished(() => store.close());
    await store.open(epochId('e2'));
    await store.append({ entries: [entry('e2', 1)], facets: [] });
    expect(entriesOf(file).entries).toMatchObject([{ epoch: 'e2' }]);
  });
});
