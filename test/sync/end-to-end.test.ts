/** A real journal file, its pump and the reference receiver with a broker between them that may forget: what was recorded is heard, once. */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import { JournalCore } from '../../sync/journal/journal-core.js';
import { type SiteAddress, toCloudEvent, topicRoot } from '../../sync/mqtt/cloud-event.js';
import { toSenml } from '../../sync/mqtt/senml.js';
import { Pump } from '../../sync/pump.js';
import { type HandedOn, Receiver, readSenmlPack, receiptEnvelope } from '../../sync/receiver/index.js';
import { SqliteReceiverStore } from '../../sync/receiver/sqlite-receiver-store.js';
import { packSamples } from '../../sync/telemetry/pack-codec.js';
import type { Report, TelemetryReport, Uplink, UplinkEvents } from '../../sync/uplink.js';
import { fault, fire, seeded, tempDir } from './rig.js';

const address: SiteAddress = { district: brandId('yangshuo'), site: brandId('old-town') };
const uplinkId = brandId<Uplink['id']>('district');
const clock = new SimClock();

/** The broker and the receiver behind it. */
class District {
  readonly handed: HandedOn[] = [];
  readonly receiver = new Receiver({
    ...{ store: new SqliteReceiverStore(':memory:', 'r'), clock, random: seeded(9), parseTelemetry: readSenmlPack },
    ...{ handOn: async (rows) => void this.handed.push(...rows), gapAfterMs: 60_000, keepMs: 1e12 },
    events: { onGap: (_chain, { from, to }) => this.gaps.push(`${from}..${to}`) },
  });
  readonly gaps: string[] = [];
  /** Confirmed by the broker and lost. */
  forgets: (topic: string) => boolean = () => false;

  async start(): Promise<this> {
    await this.receiver.start();
    onTestFinished(() => this.receiver.stop());
    return this;
  }

  carry(topic: string, bytes: Uint8Array | null): Promise<void> {
    if (bytes === null) throw new Error('a pack that does not read');
    return this.forgets(topic) ? Promise.resolve() : this.receiver.take(topic, bytes);
  }

  /** Ids in the order in which they were handed on. */
  get ids(): readonly string[] {
    return this.handed.map(({ id }) => id);
  }
}

/** One box. */
class Box {
  readonly rows: StoredEntry[] = [];
  #events: UplinkEvents | null = null;
  readonly core: JournalCore;
  readonly pump: Pump;

  constructor(
    readonly path: string,
    box: string,
    seed: number,
    private readonly district: District,
  ) {
    this.core = new JournalCore({
      ...{ store: new InlineStore(path, { box, site: 'yangshuo/old-town' }), clock, random: seeded(seed) },
      events: {
        onDurable: (entries) => {
          this.rows.push(...entries);
          this.pump.wake(entries);
        },
        onLate: (entry) => this.pump.offerFromMemory(entry),
        onState: () => undefined,
        onRestored: () => undefined,
        onLost: () => undefined,
      },
    });
    const topic = topicRoot(address);
    const uplink: Uplink = {
      ...{ id: uplinkId, windowMax: 20, stop: async () => undefined },
      start: (events) => {
        this.#events = events;
        events.onUp();
      },
      send: (report: Report) =>
        district.carry(
          `${topic}/report/${report.entry.class ?? 'operation'}`,
          toCloudEvent({ ...address, uplink: uplinkId }, report),
        ),
      sendTelemetry: (report: TelemetryReport) =>
        district.carry(`${topic}/telemetry`, toSenml(report, address, 'json', uplinkId)),
    };
    const receipts = { mode: 'unsigned', ...address, keys: [] } as const;
    const events = { onCarried: () => undefined, onDown: () => undefined, onUp: () => undefined };
    this.pump = new Pump({ ...{ uplink, journal: this.core, clock, random: seeded(seed), receipts }, events });
  }

  async start(): Promise<this> {
    await this.core.start();
    this.pump.start();
    await clock.advance(100);
    return this;
  }

  async record(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      this.core.append({ drafts: [n % 2 === 0 ? fire() : fault()], facets: [] });
      const body = packSamples([{ pointId: brandId('tank/level'), unit: 'm', afterMs: 0, value: n, reason: null }]);
      const when = { mono: clock.mono(), wall: clock.wall(), clock: clock.trust() };
      this.core.keepTelemetry([{ ...when, samples: 1, body }]);
      await clock.advance(50);
    }
  }

  /** What the receiver has to say reaches it. */
  async hearReceipts(): Promise<void> {
    await clock.advance(1_000);
    for (const { district, site, uplink, kept } of this.district.receiver.takeReceipts()) {
      const receipt = { version: 1, district, site, uplink, issued: '2026-11-30T01:02:03Z', kept } as const;
      const envelope = Buffer.from(JSON.stringify(receiptEnvelope(receipt, null)));
      this.#events?.onRequest({ uplink: uplinkId, kind: 'receipt', envelope });
    }
    await clock.advance(11_000);
  }

  /** Of each lane, what is queued and what is not kept. */
  get owes(): readonly (number | undefined)[] {
    const lanes = (['fire', 'journal', 'telemetry'] as const).map((name) => this.pump.lane(name));
    return lanes.flatMap((lane) => [lane?.queued, lane?.unkept.rows]);
  }

  async stop(): Promise<void> {
    const stopped = Promise.all([this.pump.stop(), clock.advance(5_000)]);
    await stopped;
    await Promise.all([this.core.stop(), clock.advance(5_000)]);
  }
}

const nothing = [0, 0, 0, 0, 0, 0];
const packsOf = ({ ids }: District): readonly string[] => ids.filter((id) => id.startsWith('telemetry'));
const eventsOf = ({ ids }: District): readonly string[] => ids.filter((id) => !id.startsWith('telemetry'));

test('a backup restored on another box begins a new epoch, and the receiver loses and doubles nothing', async () => {
  const district = await new District().start();
  const home = tempDir();
  const box = await new Box(join(home, 'journal.db'), 'box-1', 1, district).start();
  await box.record(10);
  await box.hearReceipts();
  // The line is gone when the backup is made, and some rows wait in it.
  const carry = district.carry.bind(district);
  district.carry = () => new Promise(() => undefined);
  await box.record(4);
  const copy = join(tempDir(), 'journal.db');
  for (const side of ['', '-wal'])
    if (existsSync(`${home}/journal.db${side}`)) copyFileSync(`${home}/journal.db${side}`, copy + side);
  const atBackup = [...box.rows];
  await box.stop();
  district.carry = carry;
  // The old box goes on for a while, and dies.
  const old = await new Box(join(home, 'journal.db'), 'box-1', 2, district).start();
  await old.record(6);
  await old.hearReceipts();
  expect(old.owes).toEqual(nothing);
  await old.stop();
  const next = await new Box(copy, 'box-2', 3, district).start();
  await next.record(8);
  await next.hearReceipts();
  expect(next.core.epoch).not.toBe(old.core.epoch);
  expect(next.rows[0]).toMatchObject({ kind: 'journal.begun', detail: { why: 'restored', previous: old.core.epoch } });
  const recorded = [...box.rows, ...old.rows, ...next.rows].map(({ id }) => id);
  expect(new Set(recorded).size).toBe(recorded.length);
  expect([...eventsOf(district)].sort()).toEqual([...recorded].sort());
  expect(new Set(packsOf(district)).size).toBe(packsOf(district).length);
  expect(packsOf(district)).toHaveLength(10 + 4 + 6 + 8);
  expect(district.gaps).toEqual([]);
  expect(next.owes).toEqual(nothing);
  expect(atBackup.every(({ id }) => district.ids.includes(id))).toBe(true);
  await next.stop();
});

test('what the broker confirmed and lost is told again when no receipt comes, also after a restart, and nothing else is heard twice', async () => {
  const district = await new District().start();
  const path = join(tempDir(), 'journal.db');
  const box = await new Box(path, 'box-1', 1, district).start();
  await box.record(6);
  await box.hearReceipts();
  district.forgets = () => true;
  await box.record(6);
  district.forgets = () => false;
  await box.record(4);
  await box.hearReceipts();
  await clock.advance(120_000);
  expect(district.gaps).toHaveLength(3);
  expect(box.owes).toEqual([0, 5, 0, 5, 0, 10]);
  await box.stop();
  const again = await new Box(path, 'box-1', 2, district).start();
  await again.hearReceipts();
  expect(again.owes).toEqual([0, 5, 0, 5, 0, 10]);
  for (const lane of ['fire', 'journal', 'telemetry'] as const) again.pump.tellAgain(lane);
  await clock.advance(10_000);
  expect(again.owes).toEqual([0, 5, 0, 5, 0, 10]);
  await again.hearReceipts();
  expect(again.owes).toEqual(nothing);
  expect([...eventsOf(district)].sort()).toEqual(box.rows.map(({ id }) => String(id)).sort());
  expect(new Set(packsOf(district)).size).toBe(16);
  expect(packsOf(district)).toHaveLength(16);
  await again.stop();
});

test('the last rows of an epoch that the broker lost are missed although the next epoch has begun', async () => {
  const district = await new District().start();
  const path = join(tempDir(), 'journal.db');
  const box = await new Box(path, 'box-1', 1, district).start();
  await box.record(4);
  await box.hearReceipts();
  district.forgets = (topic) => topic.includes('report');
  await box.record(2);
  district.forgets = () => false;
  await box.stop();
  // Another box takes over the file as it is.
  const next = await new Box(path, 'box-2', 2, district).start();
  await next.record(4);
  await next.hearReceipts();
  await clock.advance(120_000);
  expect(district.gaps).toHaveLength(2);
  expect(next.owes.slice(0, 4)).toEqual([0, 3, 0, 4]);
  for (const lane of ['fire', 'journal'] as const) next.pump.tellAgain(lane);
  await clock.advance(10_000);
  await next.hearReceipts();
  expect(next.owes).toEqual(nothing);
  expect([...eventsOf(district)].sort()).toEqual([...box.rows, ...next.rows].map(({ id }) => String(id)).sort());
  await next.stop();
});
