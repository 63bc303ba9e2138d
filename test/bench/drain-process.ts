/**
 * Journal, pump and MQTT uplink as the gateway has them, pacing off: `drain-process BROKER_PORT ENTRIES PACKS FIRES`. Fills a
 * journal on the disk, says `ready`, and at the next line on standard input connects and drains it; meanwhile a fire is raised
 * every 20 ms, at most FIRES of them. Prints what it took as JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { brandId, type EntryId } from '../../config/ids.js';
import { SystemClock } from '../../drivers/clock.js';
import { JournalCore } from '../../sync/journal/journal-core.js';
import { SqliteStore } from '../../sync/journal/sqlite-store.js';
import { MqttClientLink } from '../../sync/mqtt/mqtt-client.js';
import { MqttUplink } from '../../sync/mqtt/mqtt-uplink.js';
import { Pump } from '../../sync/pump.js';
import { uplinkConfig } from '../uplink-config.js';
import { benchAddress, benchEntry, fillRows } from './drain-rows.js';

const fireEveryMs = 20;

const [brokerPort = 0, entries = 0, packs = 0, fires = 0] = process.argv.slice(2).map(Number);
const random = Math.random;
const clock = new SystemClock();
const folder = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-'));
const store = new SqliteStore({ path: path.join(folder, 'journal.db'), clock });
await store.open(brandId('bench'));
await fillRows(store, entries, packs);

const uplink = new MqttUplink({
  config: uplinkConfig({ url: `mqtt://127.0.0.1:${brokerPort}` }),
  address: benchAddress,
  ...{ link: new MqttClientLink(), clock, random },
});
const raisedMono = new Map<EntryId, number>();
const tookMs: number[] = [];
let carried = 0;
let carriedPacks = 0;
let largestRss = 0;
let startRss = 0;
const core = new JournalCore({
  ...{ store, clock, random },
  events: {
    onDurable: (rows) => pump.wake(rows),
    onLate: (entry) => pump.offerFromMemory(entry),
    onState: (error) => process.stderr.write(`journal: ${error?.message ?? 'well'}\n`),
    onRestored: () => undefined,
    onLost: () => undefined,
  },
});
const pump = new Pump({
  ...{ uplink, journal: core, clock, random },
  events: {
    onCarried: ({ entryId, lane }) => {
      if (lane === 'journal') carried += 1;
      const raised = raisedMono.get(entryId);
      if (raised === undefined) return;
      raisedMono.delete(entryId);
      tookMs.push(clock.mono() - raised);
    },
    onPackCarried: () => {
      carriedPacks += 1;
    },
    onUp: () => undefined,
    onDown: (error) => process.stderr.write(`${error.message}\n`),
  },
});
await core.start();
process.stdout.write('ready\n');

const input = createInterface({ input: process.stdin });
input.once('line', () => void drain());

async function drain(): Promise<void> {
  globalThis.gc?.();
  startRss = process.memoryUsage.rss();
  const before = process.cpuUsage();
  const beganMono = clock.mono();
  pump.start();
  const isDone = (): boolean => carried >= entries && carriedPacks >= packs;
  for (let raised = 0; !isDone(); raised++) {
    if (raised < fires && carried + carriedPacks > 0) raise();
    largestRss = Math.max(largestRss, process.memoryUsage.rss());
    await sleep(fireEveryMs);
  }
  const { user, system } = process.cpuUsage(before);
  const lastedMs = clock.mono() - beganMono;
  process.stdout.write(
    `${JSON.stringify({ lastedMs, cpuUs: user + system, tookMs, rssMb: (largestRss - startRss) / 1e6 })}\n`,
  );
  await pump.stop();
  await core.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

function raise(): void {
  const { subject, zone, words, detail, origin } = benchEntry(tookMs.length);
  const draft = { kind: 'alarm.raised', class: 'fire', alarm: null, subject, zone, words, detail, origin } as const;
  const mono = clock.mono();
  for (const { id } of core.append({ drafts: [draft], facets: [] })) raisedMono.set(id, mono);
}
