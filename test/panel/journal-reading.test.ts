/** The journal as the panel's server asks for it: names of the site become what is looked for, and a page says why it is short. */
import { expect, onTestFinished, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import { historyEntry, historyPage, historyQuery, trend } from '../../gateway/panel/api/history.js';
import type { SiteInfo } from '../../gateway/panel/api/site.js';
import { journalReadingOf } from '../../gateway/panel/server/journal-reading-worker.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { ReaderCaller } from '../../sync/journal/reader/reader-thread.js';
import type { EntryFilter } from '../../sync/journal/reader/reading.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { readerOf } from '../sync/reader-rig.js';
import { entry, epochId, tempDir } from '../sync/rig.js';

const named = (id: string, zh: string, en: string) => ({ id, name: { zh, en } });
const placed = (id: string, zone: string, zh: string) => ({
  ...named(id, `${zh}烟感`, `smoke ${id}`),
  ...{ line: 'east', zone, place: { zh, en: `place of ${id}` }, profile: 'p' },
});
const site: SiteInfo = {
  ...{ id: 'v', district: 'd', name: { zh: '村', en: 'village' }, timeZone: 'Asia/Shanghai', night: null },
  zones: [named('hall', '祠堂', 'ancestral hall'), named('lane', '东巷', 'east lane')],
  lines: [],
  devices: [placed('smoke-1', 'hall', '祠堂东厢'), placed('smoke-2', 'lane', '东巷12号')],
  ...{ points: [], speakers: [], messages: [], programme: [], uplinks: [], steps: [], care: [] },
  outputs: [{ ...named('siren-hall', '祠堂警笛', 'siren of the hall'), kind: 'siren', zone: null }],
};

function rig() {
  const path = `${tempDir()}/journal.db`;
  const writer = new SqliteFile(path);
  onTestFinished(() => writer.close());
  writer.open(epochId('e1'));
  const zone = (id: string) => ({ zone: brandId<NonNullable<ReturnType<typeof entry>['zone']>>(id) });
  const entries = [
    entry('e1', 1, { subject: 'point:smoke-1/smoke', ...zone('hall') }),
    entry('e1', 2, { subject: 'fault:unit:smoke-2', ...zone('lane'), class: 'fault' }),
    entry('e1', 3, { subject: 'output:siren-hall', kind: 'output.commanded', words: { zh: '警笛响', en: 'siren on' } }),
    entry('e1', 4, { subject: 'gateway', kind: 'gateway.started', class: null }),
  ];
  writer.append({ entries, facets: [] });
  const file = readerOf(path);
  onTestFinished(() => file.close());
  const asked: EntryFilter[] = [];
  const caller: ReaderCaller = {
    call: (async (call: 'entries', args: { readonly filter: EntryFilter }) => {
      asked.push(args.filter);
      return file.answer({ id: 1, call, args } as Parameters<typeof file.answer>[0]);
    }) as ReaderCaller['call'],
  };
  const reading = journalReadingOf({ caller, clock: new SimClock(), site: () => site });
  const found = async (query: object): Promise<readonly number[]> =>
    (await reading.page(historyQuery.parse({ filter: {}, ...query }))).entries.map(({ position }) => position);
  return { reading, found };
}

test('a text of the page finds what is in a place or about a device of that name, in either language or by its id', async () => {
  const { reading, found } = rig();
  expect(await found({})).toEqual([4, 3, 2, 1]);
  expect(await found({ text: '祠堂' })).toEqual([3, 1]);
  expect(await found({ text: ' EAST LANE ' })).toEqual([2]);
  expect(await found({ text: 'smoke-2' })).toEqual([2]);
  expect(await found({ text: '祠堂', filter: { classes: ['fire'], devices: ['smoke-1'] } })).toEqual([1]);
  const page = await reading.page(historyQuery.parse({ filter: {}, text: '水库' }));
  expect(historyPage.parse(page)).toMatchObject({
    entries: [],
    next: null,
    note: { zh: expect.stringContaining('全文') },
  });
});

test('pages, entries and trends have the shapes of the API', async () => {
  const { reading } = rig();
  const page = await reading.page(historyQuery.parse({ filter: {}, limit: 2 }));
  expect(historyPage.parse(page)).toEqual(page);
  expect([page.next, page.note]).toEqual([3, undefined]);
  const one = await reading.entry(page.entries[0]?.id ?? '');
  expect(historyEntry.parse(one)).toEqual(page.entries[0]);
  const found = await reading.trend({ point: 'smoke-1/smoke', fromWall: 0, toWall: 100, buckets: 10 });
  expect(trend.parse(found).buckets).toHaveLength(10);
});

test('free text is searched as it is written, an export has what the page would have, and both end when nobody listens', async () => {
  const { reading } = rig();
  const span = historyQuery.omit({ before: true, limit: true });
  const seen: number[] = [];
  const stop = new AbortController();
  const take = async ({ position }: { readonly position: number }): Promise<void> => void seen.push(position);
  await reading.search(span.parse({ filter: {}, text: '警笛' }), take, stop.signal);
  expect(seen.splice(0)).toEqual([3]);
  await reading.exportRows(
    span.parse({ filter: {}, text: '祠堂' }),
    async (rows) => void seen.push(...rows.map(({ position }) => position)),
    stop.signal,
  );
  expect(seen.splice(0)).toEqual([3, 1]);
  await reading.search(
    span.parse({ filter: {} }),
    async (found) => {
      seen.push(found.position);
      stop.abort();
    },
    stop.signal,
  );
  expect(seen).toEqual([4]);
});
