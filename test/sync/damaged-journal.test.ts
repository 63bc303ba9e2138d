/** Journals that do not read any more, and copies that come back: what is begun, what is taken over, what nobody may mistake. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { openDb } from '../../sync/journal/sqlite-open.js';
import type { PositionRow, TidyOrder } from '../../sync/journal/store.js';
import { entry, epochId, facet, positionRow, tempDir } from './rig.js';

const day = 86_400_000;
const wall = 1_795_000_000_000;
const owner = { box: 'box-1', site: 'district/village' };
const order: TidyOrder = { holders: [], wall: null, maxBytes: 64_000_000, keepMs: day, telemetryKeepMs: day };
const position = (lane: PositionRow['lane'], at: number): PositionRow => ({ ...positionRow(at), lane });

function opened(path: string, epoch: string, whose = owner) {
  const file = new SqliteFile(path, whose);
  onTestFinished(() => file.close());
  return { file, ...file.open(epochId(epoch), wall) };
}

const template = tempDirOfFile();
const whole = new Map<string, Buffer>();

/** As journalOf(), made once: the file is another one, and what stands beside it says which. */
function journal(dir = tempDir()): string {
  if (whole.size === 0) {
    const made = journalOf(template);
    for (const path of [made, made.replace('.db', '.id')])
      whole.set(path.slice(template.length + 1), readFileSync(path));
  }
  for (const [name, bytes] of whole) writeFileSync(join(dir, name), bytes);
  const path = join(dir, 'journal.db');
  const beside = JSON.parse(readFileSync(path.replace('.db', '.id'), 'utf8'));
  writeFileSync(path.replace('.db', '.id'), JSON.stringify({ ...beside, inode: statSync(path).ino }));
  return path;
}

function tempDirOfFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gengfu-damaged-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A journal with a latched alarm, a mark, a command, 300 entries and 5 packs; the centre has 200 and 2 of them. */
function journalOf(dir: string): string {
  const path = join(dir, 'journal.db');
  const { file } = opened(path, 'e1');
  const row = facet('point:a');
  const marks = [{ name: 'drill', wall: 1, detail: '' }];
  const command = { id: 'c1', keyId: 'k1', expiresWall: 9, state: 'done', answer: '{}' } as const;
  file.append({ entries: [], facets: [{ subject: row.subject, row }], marks, commands: [command] });
  for (let n = 0; n < 300; n += 100) {
    file.append({ entries: Array.from({ length: 100 }, (_, index) => lined(n + index + 1)), facets: [] });
  }
  const pack = { epoch: epochId('e1'), boot: brandId<never>('boot1'), mono: 1, wall, clock: 'trusted' as const };
  for (let n = 1; n <= 5; n++) {
    file.append({ entries: [], facets: [], telemetry: [{ ...pack, samples: n, body: Uint8Array.of(n) }] });
  }
  file.savePositions([position('fire', 200), position('journal', 200), position('telemetry', 2)]);
  file.close();
  return path;
}

/** Every second one of the fire lane. */
function lined(n: number) {
  return entry('e1', n, { lane: n % 2 === 0 ? 'fire' : 'journal', class: n % 2 === 0 ? 'fire' : 'fault' });
}

/** Pages of a table's tree, from 1. */
function pagesOf(path: string, table: string): readonly number[] {
  const db = openDb(path, { isReadOnly: true });
  const pages = db.prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'").pluck().all(table);
  db.close();
  return pages as number[];
}

function zeroPage(path: string, page: number): void {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0, (page - 1) * 4096, page * 4096));
}

/** Tidies until nothing is left of the damaged file; what it came to. */
function salvageAll(file: SqliteFile): unknown {
  for (let n = 0; n < 100; n++) {
    const { salvaged } = file.tidy(order);
    if (salvaged !== undefined) return salvaged;
  }
  return null;
}

const damages: readonly (readonly [
  what: string,
  harm: (path: string) => void,
  reads: { facets: boolean; rows: number },
])[] = [
  ['a page of zeros', (path) => zeroPage(path, middleOf(pagesOf(path, 'entries'))), { facets: true, rows: 250 }],
  ['a cut end', (path) => truncateSync(path, statSync(path).size - 4 * 4096), { facets: true, rows: 200 }],
  [
    'a table that is gone',
    (path) => {
      const db = openDb(path);
      db.exec('DROP TABLE facets');
      db.close();
    },
    { facets: false, rows: 300 },
  ],
  ['a header of zeros', (path) => zeroPage(path, 1), { facets: false, rows: 0 }],
  ['nothing in it', (path) => truncateSync(path, 0), { facets: false, rows: 0 }],
];

function middleOf(pages: readonly number[]): number {
  return pages[Math.floor(pages.length / 2)] ?? 0;
}

describe('a journal that is damaged', () => {
  test.each(damages)('by %s is set aside under the date; what reads is taken over', (_what, harm, { facets, rows }) => {
    const path = journal();
    harm(path);
    const next = opened(path, 'e2');
    const setAside = 'journal.damaged-2026-11-18T110640Z.db';
    expect(next).toMatchObject({ epoch: 'e2', fresh: true, begun: { why: 'damaged', previous: 'e1', setAside } });
    expect(existsSync(path.replace('journal.db', setAside))).toBe(true);
    expect(next.facets).toEqual(facets ? [facet('point:a')] : []);
    const done = salvageAll(next.file);
    const kept = [...next.file.readAfter('fire', 0, 1000), ...next.file.readAfter('journal', 0, 1000)];
    expect(kept.length).toBeGreaterThanOrEqual(rows);
    if (rows > 0) expect(done).toMatchObject({ entries: kept.length, file: setAside });
    // Ids, epochs, sequences and positions are what they were, and nothing that comes has a place that was used.
    for (const row of kept)
      expect(row).toMatchObject({ epoch: 'e1', id: `e1-boot1-${row.sequence}`, position: row.sequence });
    const [first] = next.file.append({ entries: [entry('e2', 1)], facets: [] });
    expect(first?.sequence).toBe(1);
    expect(first?.position).toBeGreaterThan(300);
    // The next start finds nothing odd.
    next.file.close();
    expect(opened(path, 'e3')).toMatchObject({ epoch: 'e2', fresh: false, begun: null });
  });

  test('is not read past rows that no centre had, until they are there; they come first', () => {
    const path = journal();
    zeroPage(path, pagesOf(path, 'entries')[1] ?? 0);
    const { file, positions, marks, commands } = opened(path, 'e2');
    expect(positions).toContainEqual(position('fire', 200));
    expect([marks.length, commands.length]).toEqual([1, 1]);
    file.append({ entries: [entry('e2', 1)], facets: [] });
    expect(() => file.readAfter('fire', 200, 100)).toThrowError(/STORE-006/);
    file.tidy(order);
    const fires = file.readAfter('fire', 200, 100);
    expect(fires.map(({ id }) => id)).toEqual(
      [...Array(50).keys()].map((n) => `e1-boot1-${202 + 2 * n}`).concat('e2-boot1-1'),
    );
    expect(() => file.readAfter('fire', 0, 100)).toThrowError(/STORE-006/);
    salvageAll(file);
    expect(file.readTelemetryAfter(2, 10).map(({ samples }) => samples)).toEqual([3, 4, 5]);
  });

  test('goes on being salvaged by the next start', () => {
    const path = journal();
    zeroPage(path, middleOf(pagesOf(path, 'entries')));
    const first = opened(path, 'e2');
    first.file.tidy(order);
    first.file.close();
    const second = opened(path, 'e3');
    // Nothing was written in it yet: it is told now, with the name of the last.
    expect(second).toMatchObject({ epoch: 'e2', begun: { why: 'damaged', previous: 'e1' } });
    expect(salvageAll(second.file)).toMatchObject({ file: 'journal.damaged-2026-11-18T110640Z.db' });
    expect(second.file.readAfter('journal', 0, 1000).length).toBeGreaterThan(100);
  });

  test('while it is in use: the next append says so, and opening it anew puts another in its place', () => {
    const path = journal();
    const { file } = opened(path, 'e1b');
    file.markDamaged();
    expect(() => file.append({ entries: [entry('e1', 301)], facets: [] })).toThrowError(/STORE-009/);
    const next = file.open(epochId('e2'), null);
    expect(next.begun).toEqual({
      ...{ why: 'damaged', previous: 'e1', setAside: 'journal.damaged-1.db' },
      salvaged: { entries: 0, packs: 0, facets: 1 },
    });
    expect(next.lastPosition).toBeGreaterThanOrEqual(300);
    expect(salvageAll(file)).toEqual({ entries: 300, packs: 5, lost: 0, file: 'journal.damaged-1.db' });
  });

  test('a row whose words are none any more is met, and passed over by the salvage', () => {
    const path = journal();
    const db = openDb(path);
    db.exec("UPDATE entries SET words = '{broken' WHERE position = 250");
    db.close();
    const { file } = opened(path, 'e1b');
    expect(() => file.readAfter('fire', 248, 10)).toThrowError(/STORE-009/);
    file.open(epochId('e2'), null);
    expect(salvageAll(file)).toMatchObject({ entries: 299, lost: 1 });
  });

  test('three of them are kept beyond 30 days, and ten at most', () => {
    const dir = tempDir();
    for (let n = 1; n <= 12; n++) {
      const name = join(dir, `journal.damaged-${n}.db`);
      writeFileSync(name, '');
      const seconds = (wall - (n <= 5 ? 40 : 1) * day) / 1000 + n;
      utimesSync(name, seconds, seconds);
    }
    const path = journal(dir);
    truncateSync(path, 0);
    utimesSync(path, wall / 1000, wall / 1000);
    opened(path, 'e2');
    const left = readdirSync(dir).filter((name) => /damaged.*db$/.test(name));
    expect(left.sort()).toEqual(
      [
        'journal.damaged-2026-11-18T110640Z.db',
        ...[6, 7, 8, 9, 10, 11, 12].map((n) => `journal.damaged-${n}.db`),
      ].sort(),
    );
  });

  test('a power cut between the two names leaves the new one whole', () => {
    const path = journal();
    zeroPage(path, middleOf(pagesOf(path, 'entries')));
    opened(path, 'e2').file.close();
    renameSync(path, `${path}.new`); // as if its own name had not been given yet
    expect(opened(path, 'e3')).toMatchObject({ epoch: 'e2', facets: [facet('point:a')] });
  });
});

describe('a copy of a journal', () => {
  test.each<readonly [string, (path: string) => void, string]>([
    ['of an earlier moment', (path) => rewind(path), 'box-1'],
    ['of another box', () => undefined, 'box-2'],
    ['without what stood beside it', (path) => rmSync(path.replace('.db', '.id')), 'box-1'],
    ['under another inode', (path) => renameSync(copyOf(path), path), 'box-1'],
  ])('%s goes on in a new epoch that names the last, and keeps what it has', (_what, change, box) => {
    const path = journal();
    change(path);
    const next = opened(path, 'e9', { ...owner, box });
    expect(next).toMatchObject({
      epoch: 'e9',
      fresh: false,
      begun: { why: 'restored', previous: 'e1', setAside: null },
    });
    expect([next.facets, next.positions.length]).toEqual([[facet('point:a')], 3]);
    const [row] = next.file.append({ entries: [entry('e9', 1)], facets: [] });
    expect(row?.sequence).toBe(1);
    expect(row?.position).toBeGreaterThan(300);
    expect(next.file.readAfter('fire', 200, 1000)).toHaveLength(51);
    next.file.close();
    expect(opened(path, 'e10', { ...owner, box })).toMatchObject({ epoch: 'e9', begun: null });
  });

  test('of another site begins a new epoch as well; what was opened by killed processes does not', () => {
    const path = journal();
    expect(opened(path, 'e2', { ...owner, site: 'district/other' }).begun).toMatchObject({ why: 'restored' });
    const other = journal();
    for (let n = 0; n < 3; n++) {
      const kept = new SqliteFile(other, owner);
      expect(kept.open(epochId(`k${n}`)).begun).toBeNull();
      // Killed: never closed in order.
    }
  });

  test('whatever a power cut leaves of the two tokens is believed', () => {
    const path = journal();
    const beside = readFileSync(path.replace('.db', '.id'));
    const file = new SqliteFile(path, owner);
    file.open(epochId('e2'));
    // The file had its token; the one beside it is still the old one.
    writeFileSync(path.replace('.db', '.id'), beside);
    expect(opened(path, 'e3')).toMatchObject({ epoch: 'e1', begun: null });
  });

  test('that is gone under its name is told by the next one', () => {
    const path = journal();
    for (const side of ['', '-wal', '-shm']) rmSync(`${path}${side}`, { force: true });
    expect(opened(path, 'e2')).toMatchObject({
      fresh: true,
      begun: { why: 'damaged', previous: 'e1', setAside: null },
    });
  });
});

/** Back to the copy of before the last 50 entries. */
function rewind(path: string): void {
  const earlier = join(tempDir(), 'earlier.db');
  copyFileSync(path, earlier);
  const file = new SqliteFile(path, owner);
  file.open(epochId('later'));
  file.append({ entries: [entry('e1', 301)], facets: [] });
  file.close();
  cpSync(earlier, path);
}

function copyOf(path: string): string {
  copyFileSync(path, `${path}.copy`);
  return `${path}.copy`;
}
