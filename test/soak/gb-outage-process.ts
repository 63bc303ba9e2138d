/**
 * A gateway's journal, pump and uplink of GB/T 26875.3, pacing off: `gb-outage-process FOLDER PORT ROWS OUTSTANDING`. Fills the journal with
 * the entries of a week once, says `ready`, and drains it. A line on standard input raises a fire. Lives until it is killed.
 */
import path from 'node:path';
import { createInterface } from 'node:readline';
import { brandId } from '../../config/ids.js';
import { SystemClock } from '../../drivers/clock.js';
import { GbUplink } from '../../sync/gb26875/gb-uplink.js';
import { TcpGbLink } from '../../sync/gb26875/tcp-connection.js';
import { JournalCore } from '../../sync/journal/journal-core.js';
import { SqliteStore } from '../../sync/journal/sqlite-store.js';
import { Pump } from '../../sync/pump.js';
import { benchEntry } from '../bench/drain-rows.js';
import { gbConfig, plainSite, plainTellings } from '../sync/gb26875/plain-site.js';

const [folder = '', ...numbers] = process.argv.slice(2);
const [port = 0, rows = 0, outstandingMax = 1] = numbers.map(Number);
const weekMs = 7 * 86_400_000;
const batchMax = 1_000;
const clock = new SystemClock();
const random = Math.random;
const store = new SqliteStore({ path: path.join(folder, 'journal.db'), clock });
const opened = await store.open(brandId('bench'));
if (opened.lastPosition === 0) {
  const beganWall = clock.wall() - weekMs;
  for (let from = 0; from < rows; from += batchMax) {
    const entries = Array.from({ length: Math.min(batchMax, rows - from) }, (_, at) => {
      const number = from + at;
      return { ...benchEntry(number), wall: Math.round(beganWall + (number * weekMs) / rows) };
    });
    await store.append({ entries, facets: [] });
  }
}
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
const uplink = new GbUplink({
  config: gbConfig('standard', { host: '127.0.0.1', port, outstandingMax }),
  ...{ siteKey: 'bench/bench', tellings: plainTellings, site: plainSite, link: new TcpGbLink(clock), clock, random },
});
const pump = new Pump({
  ...{ uplink, journal: core, clock, random },
  events: { onCarried: () => undefined, onUp: () => undefined, onDown: () => undefined },
});
await core.start();
process.stdout.write('ready\n');
pump.start();
createInterface({ input: process.stdin }).on('line', () => {
  const { subject, zone, words, detail, origin } = benchEntry(0);
  core.append({
    drafts: [{ kind: 'alarm.raised', class: 'fire', alarm: null, subject, zone, words, detail, origin }],
    facets: [],
  });
});
