/** Whatever a link, a broker and a process do to the order: handed on is exactly what was told, and no receipt says more. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HandedOn } from '../../../sync/receiver/handed-on.js';
import type { ReceivedReport } from '../../../sync/receiver/message-shape.js';
import { SqliteReceiverStore } from '../../../sync/receiver/sqlite-receiver-store.js';
import { seeded, tempDir } from '../rig.js';
import { bytesOf, type Rig, report, startRig, status, topicOf } from './rig.js';

const seeds = [1, 2, 3, 4];
const rowsPerSite = 60;
const sites = ['old-town', 'new-town'] as const;

interface Told {
  readonly row: ReceivedReport;
  readonly isInMemoryFirst: boolean;
}

/** Two sites, two lanes, two epochs; a filter leaves out some rows; some fires are told from memory first. */
function toldBy(random: () => number): readonly Told[] {
  return sites.flatMap((site) =>
    ['e1', 'e2'].flatMap((epoch) => {
      const told = { fire: 0, journal: 0 };
      return Array.from({ length: rowsPerSite }, (_, index) => index + 1).flatMap((sequence): readonly Told[] => {
        const lane = random() < 0.4 ? 'fire' : 'journal';
        if (random() < 0.2) return [];
        const row = report(sequence, told[lane], { site, epoch, lane });
        told[lane] = sequence;
        return [{ row, isInMemoryFirst: lane === 'fire' && random() < 0.2 }];
      });
    }),
  );
}

function fromMemory({ source, data, id, ...rest }: ReceivedReport): ReceivedReport {
  const { position: _, ...facts } = data;
  const { sequence: _s, previous: _p, ...head } = rest;
  return { ...head, source, id, data: { ...facts, durable: false } } as ReceivedReport;
}

/** What is on its way: mostly in order, some late, some twice, some lost and told again. */
function shuffled(told: readonly Told[], random: () => number): readonly ReceivedReport[] {
  const at = told.flatMap(({ row, isInMemoryFirst }, index) => {
    const late = (spread: number): number => index + random() * spread;
    return [
      ...(isInMemoryFirst ? [{ at: late(3) - 5, row: fromMemory(row) }] : []),
      { at: random() < 0.15 ? late(80) : late(4), row },
      ...(random() < 0.3 ? [{ at: late(150), row }] : []),
    ];
  });
  return at.sort((one, other) => one.at - other.at).map(({ row }) => row);
}

/** Everything of its lane and epoch up to a place that a receipt names was handed on. */
function checkReceipts(rig: Rig, told: readonly Told[], handed: readonly HandedOn[]): void {
  const here = new Set(handed.map(({ site, id }) => `${site} ${id}`));
  for (const { site, kept } of rig.receipts()) {
    for (const lane of ['fire', 'journal'] as const) {
      const { epoch, sequence = 0 } = kept[lane] ?? {};
      const claimed = told.filter(
        ({ row }) =>
          row.source.endsWith(`/${site}/${epoch}`) && row.data.lane === lane && Number(row.sequence) <= sequence,
      );
      const lost = claimed.filter(({ row }) => !here.has(`${site} ${row.id}`)).map(({ row }) => row.id);
      expect(lost, `${site} ${lane}`).toEqual([]);
    }
  }
}

describe('a chain that is doubled, shaken and torn', () => {
  test.each(seeds)('is handed on exactly once each, and never receipted too far (seed %i)', async (seed) => {
    const random = seeded(seed);
    const told = toldBy(random);
    const path = join(tempDir(), 'receiver.db');
    const handed: HandedOn[] = [];
    let rig = await startRig({ handed, store: new SqliteReceiverStore(path, 'r1') });
    for (const site of sites) await rig.tellBytes(...status(site));
    const messages = shuffled(told, random);
    for (let at = 0; at < messages.length; ) {
      const some = messages.slice(at, at + 1 + Math.floor(random() * 25));
      at += some.length;
      await rig.tell(...some);
      checkReceipts(rig, told, handed);
      if (random() < 0.1) {
        await rig.receiver.stop();
        rig = await startRig({ handed, store: new SqliteReceiverStore(path, 'r2') });
      }
    }
    const events = handed.filter(({ what }) => what === 'event').map(({ site, id }) => `${site} ${id}`);
    const wanted = told.map(({ row }) => `${row.source.split('/')[3]} ${row.id}`);
    expect([...events].sort()).toEqual([...wanted].sort());
    expect(handed.map(({ number }) => number)).toEqual(handed.map((_, index) => index + 1));
    const upgraded = handed.filter(({ what }) => what === 'durable').map(({ id }) => id);
    expect(new Set(upgraded).size).toBeLessThanOrEqual(told.filter(({ isInMemoryFirst }) => isInMemoryFirst).length);
    for (const site of sites) await rig.tellBytes(...status(site));
    for (const { kept } of rig.receipts()) {
      expect(kept.fire?.epoch).toBe('e2');
      expect(kept.journal?.epoch).toBe('e2');
    }
  });
});

describe('hostile bytes', () => {
  test('twenty thousand of them change nothing, throw nothing, and the next alarm is handed on', async () => {
    const random = seeded(5);
    const rig = await startRig({
      parseTelemetry: () => {
        throw new Error('a reader that fails');
      },
    });
    const whole = bytesOf(report(1, 0));
    const topics = [
      topicOf(report(1, 0)),
      ...['status', 'telemetry', 'report/fire/x', 'command'].map((last) => `gengfu/v1/yangshuo/old-town/${last}`),
    ];
    const taken: Promise<void>[] = [];
    for (let round = 0; round < 20_000; round++) {
      const bytes = Buffer.from(whole.subarray(0, random() < 0.2 ? Math.floor(random() * whole.length) : whole.length));
      // One byte at least, in the fields that are not free text: what is left may be a report, of another name.
      for (let change = 0; change <= random() * 4; change++) {
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      const topic = topics[random() < 0.7 ? 0 : Math.floor(random() * topics.length)] ?? '';
      taken.push(rig.receiver.take(random() < 0.05 ? `${topic}\u0000${round}` : topic, bytes));
      if (taken.length % 500 === 0) await rig.clock.advance(50);
    }
    await rig.clock.advance(1_000);
    await Promise.all(taken);
    expect(rig.receiver.counts).toMatchObject({ messages: 20_000 });
    expect(rig.receiver.counts.invalid).toBeGreaterThan(10_000);
    expect(rig.news.filter((word) => word.startsWith('trouble'))).toEqual([]);
    await rig.tell(report(77, 0, { epoch: 'fresh' }));
    expect(rig.words().at(-1)).toBe('event fresh-boot1-77');
  });
});
