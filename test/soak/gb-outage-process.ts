/**
 * A gateway's journal, pump and uplink of GB/T 26875.3, with the table and the words of the ancient town: `gb-outage-process FOLDER PORT
 * usual|none`. Opens the journal that stands in FOLDER, says `ready WINDOW` and drains it, at the usual pace or without one. On standard
 * input `fire POINT` raises a fire there, and `figures` asks for a line of JSON. Lives until it is killed.
 */
import path from 'node:path';
import { createInterface } from 'node:readline';
import { brandId } from '../../config/ids.js';
import { readDiskWrites } from '../../drivers/box/disk-writes.js';
import { SystemClock } from '../../drivers/clock.js';
import { GbUplink } from '../../sync/gb26875/gb-uplink.js';
import { TcpGbLink } from '../../sync/gb26875/tcp-connection.js';
import { JournalCore } from '../../sync/journal/journal-core.js';
import { SqliteStore } from '../../sync/journal/sqlite-store.js';
import { Pump } from '../../sync/pump.js';
import type { OutageFigures } from './gb-outage-judge.js';
import { outageSite, Standing, siteAndTellings } from './gb-outage-site.js';
import { standingRow } from './week-of-entries.js';

const [folder = '', port = '', pace = 'none'] = process.argv.slice(2);
const clock = new SystemClock();
const random = Math.random;
const outage = await outageSite(Number(port));
const { config } = outage;
let saves = 0;
const store = new SqliteStore({ path: path.join(folder, 'journal.db'), clock });
const core = new JournalCore({
  ...{ store, clock, random },
  events: {
    onDurable: (written) => pump.wake(written),
    onLate: (entry) => pump.offerFromMemory(entry),
    onState: (error) => process.stderr.write(`journal: ${error?.message ?? 'well'}\n`),
    onRestored: () => undefined,
    onLost: () => undefined,
  },
});
const save = core.savePositions.bind(core);
core.savePositions = (rows) => {
  saves += 1;
  return save(rows);
};
const { opened } = await core.start();
const standing = new Standing(opened?.facets ?? []);
const uplink = new GbUplink({
  ...{ config, siteKey: 'yuzhong/hongya', link: new TcpGbLink(clock), clock, random },
  ...siteAndTellings(outage, clock, standing, core),
});
let unsaid = 0;
const pump = new Pump({
  ...{ uplink, journal: core, clock, random, tell: config.tell },
  ...(pace === 'usual' ? { pacePerS: config.pacePerS } : {}),
  events: {
    onCarried: ({ entryId }) => {
      if (uplink.whyNotTold(entryId) === 'no-word') unsaid += 1;
    },
    onUp: () => undefined,
    onDown: (error) => process.stderr.write(`${error.message}\n`),
    onRefused: (error) => process.stderr.write(`refused: ${error?.message ?? 'no more'}\n`),
    onPassedOver: ({ error }) => process.stderr.write(`passed over: ${error.message}\n`),
  },
});
const beganBytes = (await readDiskWrites(folder)).processBytes ?? 0;
process.stdout.write(`ready ${uplink.windowMax}\n`);
pump.start();

createInterface({ input: process.stdin }).on('line', (line) => {
  const [word, point = ''] = line.split(' ');
  if (word === 'fire') raise(point);
  else void tell();
});

function raise(point: string): void {
  const subject = `point:${point}`;
  const id = core.peekId(0);
  const row = standingRow(subject, 'fire', id, clock.wall());
  standing.add([row]);
  const words = { zh: '火警', en: 'fire' };
  core.append({
    drafts: [
      {
        kind: 'alarm.raised',
        class: 'fire',
        alarm: id,
        subject,
        zone: brandId('hall'),
        words,
        detail: {},
        origin: null,
      },
    ],
    facets: [{ subject, row }],
  });
}

async function tell(): Promise<void> {
  const queued = (['fire', 'journal'] as const).reduce((sum, lane) => sum + (pump.lane(lane)?.queued ?? 0), 0);
  const bytes = ((await readDiskWrites(folder)).processBytes ?? 0) - beganBytes;
  const figures: OutageFigures = { saves, bytes, queued, unsaid };
  process.stdout.write(`figures ${JSON.stringify(figures)}\n`);
}
