import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SqliteReceiverStore } from '../../../sync/receiver/sqlite-receiver-store.js';
import { tempDir } from '../rig.js';
import { bytesOf, minuteMs, report, sqliteInMemory, startRig, status, topicOf } from './rig.js';

type Place = { epoch: string; sequence: number; position: number };
const place = (sequence: number, epoch = 'e1'): Place => ({ epoch, sequence, position: 1_000 + sequence });

describe('what a district is told', () => {
  test.each<[string, readonly (readonly [sequence: number, previous: number])[], readonly number[], number]>([
    [
      'in order',
      [
        [1, 0],
        [2, 1],
        [3, 2],
      ],
      [1, 2, 3],
      3,
    ],
    [
      'twice each',
      [
        [1, 0],
        [1, 0],
        [2, 1],
        [2, 1],
        [1, 0],
      ],
      [1, 2],
      2,
    ],
    [
      'in reverse',
      [
        [3, 2],
        [2, 1],
        [1, 0],
      ],
      [3, 2, 1],
      3,
    ],
    [
      'with rows left out by a filter',
      [
        [4, 0],
        [9, 4],
        [12, 9],
      ],
      [4, 9, 12],
      12,
    ],
    [
      'with one missing',
      [
        [1, 0],
        [2, 1],
        [4, 3],
      ],
      [1, 2, 4],
      2,
    ],
    [
      'with one missing that comes late',
      [
        [1, 0],
        [4, 3],
        [3, 1],
      ],
      [1, 4, 3],
      4,
    ],
    [
      'with two missing, of which the later comes',
      [
        [1, 0],
        [6, 5],
        [5, 4],
      ],
      [1, 6, 5],
      1,
    ],
    [
      'with the first missing',
      [
        [2, 1],
        [3, 2],
      ],
      [2, 3],
      0,
    ],
    [
      'again after its filter has changed',
      [
        [1, 0],
        [9, 5],
        [9, 1],
      ],
      [1, 9],
      9,
    ],
  ])('%s is handed on once each, and receipted up to the first hole', async (_name, told, handed, kept) => {
    const rig = await startRig();
    await rig.tellBytes(...status());
    for (const [sequence, previous] of told) await rig.tell(report(sequence, previous));
    expect(rig.words()).toEqual(handed.map((each) => `event e1-boot1-${each}`));
    const expected =
      kept === 0 ? [] : [{ district: 'yangshuo', site: 'old-town', uplink: 'district', kept: { fire: place(kept) } }];
    expect(rig.receipts()).toEqual(expected);
  });

  test('all of it at once is one transaction with the same outcome', async () => {
    const rig = await startRig();
    await rig.tellBytes(...status());
    await rig.tell(report(2, 1), report(1, 0), report(2, 1), report(3, 2, { lane: 'journal' }), report(1, 0));
    expect(rig.words()).toEqual(['event e1-boot1-2', 'event e1-boot1-1', 'event e1-boot1-3']);
    expect(rig.receipts()[0]?.kept).toEqual({ fire: place(2) });
  });

  test('of a site that makes up epochs without end are refused, and those of all others are taken', async () => {
    const rig = await startRig();
    const made = Array.from({ length: 700 }, (_, at) => report(1, 0, { epoch: `made-up-${at}` }));
    // Whoever tells them at once gets no more in than a transaction has room for.
    for (let at = 0; at < made.length; at += 50) await rig.tell(...made.slice(at, at + 50));
    expect(rig.receiver.counts.invalid).toBe(100);
    await rig.tell(report(2, 1, { epoch: 'made-up-0' }), report(1, 0, { site: 'new-town' }));
    expect([rig.receiver.counts.invalid, new Set(rig.news)]).toEqual([100, new Set(['invalid many'])]);
  });

  test('lanes and sites have chains of their own', async () => {
    const rig = await startRig();
    await rig.tellBytes(...status());
    await rig.tellBytes(...status('new-town'));
    await rig.tell(report(1, 0), report(2, 0, { lane: 'journal' }), report(3, 1), report(5, 4, { site: 'new-town' }));
    await rig.tell(report(1, 0, { site: 'new-town', lane: 'journal' }));
    expect(rig.words()).toHaveLength(5);
    expect(rig.receipts().map(({ site, kept }) => [site, kept])).toEqual([
      ['old-town', { fire: place(3), journal: place(2) }],
      ['new-town', { journal: place(1) }],
    ]);
  });

  test('from memory first is one event, and its being durable is told once', async () => {
    const rig = await startRig();
    await rig.tell(report(null, null, { counter: 7 }));
    await rig.tell(report(null, null, { counter: 7 }), report(7, 0), report(7, 0), report(null, null, { counter: 7 }));
    expect(rig.words()).toEqual(['event e1-boot1-7', 'durable e1-boot1-7']);
    expect(rig.handed[1]).toMatchObject({ what: 'durable', sequence: 7, number: 2, receiver: 'receiver-1' });
  });

  test('from memory is the same event when the journal was replaced before it became durable in the next epoch', async () => {
    const rig = await startRig();
    await rig.tellBytes(...status());
    await rig.tell(report(null, null, { counter: 7 }));
    const { id } = report(7, 0);
    await rig.tell({ ...report(1, 0, { epoch: 'e2' }), id }, { ...report(1, 0, { epoch: 'e2' }), id });
    expect(rig.words()).toEqual(['event e1-boot1-7', 'durable e1-boot1-7']);
    expect(rig.receipts()[0]?.kept).toEqual({ fire: place(1, 'e2') });
  });

  test('from memory late, after it was durable, is nothing new', async () => {
    const rig = await startRig();
    await rig.tell(report(7, 0), report(null, null, { counter: 7 }));
    expect(rig.words()).toEqual(['event e1-boot1-7']);
  });
});

describe('a gap', () => {
  test('is told after five minutes, not before, and once; then that it is closed', async () => {
    const rig = await startRig();
    await rig.tell(report(1, 0), report(5, 4));
    await rig.clock.advance(4.8 * minuteMs);
    expect(rig.news).toEqual([]);
    await rig.clock.advance(minuteMs);
    expect(rig.news).toEqual(['gap old-town e1 fire 2..4']);
    await rig.clock.advance(60 * minuteMs);
    await rig.tell(report(4, 3));
    expect(rig.news).toHaveLength(1);
    await rig.tell(report(3, 1));
    expect(rig.news.slice(1)).toEqual(['closed old-town fire 2..3']);
  });

  test('keeps its age while other rows come, also those that make it smaller', async () => {
    const rig = await startRig();
    await rig.tell(report(1, 0), report(9, 8));
    for (const [sequence, previous] of [
      [10, 9],
      [8, 7],
      [12, 11],
    ] as const) {
      await rig.clock.advance(1.5 * minuteMs);
      await rig.tell(report(sequence, previous));
    }
    await rig.clock.advance(0.8 * minuteMs);
    expect(rig.news).toEqual(['gap old-town e1 fire 2..7']);
  });

  test('of rows that the uplink says it will never carry is none: receipts go on behind it, also when the notice was told before', async () => {
    const notice = (sequence: number, uplink: string) =>
      report(sequence, 0, {
        lane: 'journal',
        data: {
          ...{ kind: 'journal.dropped', uplink: 'district' },
          detail: {
            ...{ reason: 'passed-over', uplink, rows: 2 },
            places: [
              { lane: 'fire', epoch: 'e1', sequence: 3, previous: 2, position: 1_003, id: 'x', code: 'UPLINK-006' },
              { lane: 'fire', epoch: 'e1', sequence: 2, previous: 1, position: 1_002, id: 'y', code: 'UPLINK-006' },
              { lane: 'fire', epoch: 'e1', sequence: 1, previous: 7, position: 'lies' },
              { lane: 'telemetry', epoch: 'e3', sequence: 1, previous: 0, position: 8 },
            ],
          },
        },
      });
    const rig = await startRig();
    await rig.tellBytes(...status());
    await rig.tell(report(1, 0), report(5, 3), notice(4, 'another'));
    expect(rig.receipts()[0]?.kept).toEqual({ fire: place(1), journal: place(4) });
    await rig.tell(notice(6, 'district'));
    expect(rig.receipts()[0]?.kept.fire).toEqual(place(5));
    await rig.clock.advance(6 * minuteMs);
    expect(rig.news).toEqual([]);
    await rig.tell(report(9, 8, { epoch: 'e2' }), notice(6, 'district'));
    expect(rig.receipts()[0]?.kept.telemetry).toEqual({ epoch: 'e3', sequence: 1, position: 8 });
  });

  test('that a person gives up lets receipts go on behind it, and only that one', async () => {
    const path = join(tempDir(), 'receiver.db');
    const first = await startRig({ store: new SqliteReceiverStore(path, 'r') });
    await first.tellBytes(...status());
    await first.tell(report(1, 0), report(5, 4));
    await first.receiver.stop();
    const second = await startRig({ store: new SqliteReceiverStore(path, 'r'), acceptsGaps: true });
    expect(second.news).toEqual(['given up old-town fire 2..4']);
    await second.tell(report(6, 5), report(9, 8));
    expect(second.receipts()[0]?.kept).toEqual({ fire: place(6) });
  });

  test('that closes in time is never told', async () => {
    const rig = await startRig();
    await rig.tell(report(1, 0), report(5, 4));
    await rig.clock.advance(4 * minuteMs);
    await rig.tell(report(4, 1));
    await rig.clock.advance(60 * minuteMs);
    expect(rig.news).toEqual([]);
  });

  test('before the first row is none for a receiver that joins, but is one in the next epoch', async () => {
    const rig = await startRig({ joins: true });
    await rig.tellBytes(...status());
    await rig.tell(report(900, 899), report(901, 900), report(40, 7, { epoch: 'e2' }));
    expect(rig.receipts()[0]?.kept).toEqual({ fire: place(901) });
    await rig.clock.advance(6 * minuteMs);
    expect(rig.news).toEqual(['gap old-town e2 fire 1..7']);
  });
});

describe('a new epoch', () => {
  test('starts anew: after a restored backup nothing is doubled and nothing lost', async () => {
    const rig = await startRig();
    await rig.tellBytes(...status());
    await rig.tell(report(1, 0), report(2, 1), report(3, 2));
    const begun = { kind: 'journal.begun', class: null, detail: { previous: 'e1', why: 'restored' } } as const;
    await rig.tell(report(1, 0, { epoch: 'e2', lane: 'journal', data: begun }), report(2, 0, { epoch: 'e2' }));
    await rig.tell(report(3, 2));
    expect(rig.words()).toEqual([
      ...['event e1-boot1-1', 'event e1-boot1-2', 'event e1-boot1-3'],
      ...['event e2-boot1-1', 'event e2-boot1-2'],
    ]);
    expect(rig.receipts()[0]?.kept).toEqual({ fire: place(2, 'e2'), journal: place(1, 'e2') });
  });

  test('that is met before the backlog of an older one, by a fire that overtakes, is receipted behind it', async () => {
    const rig = await startRig();
    await rig.tellBytes(...status());
    const at = (position: number) => ({ data: { position } });
    await rig.tell(report(1, 0, { epoch: 'e2', ...at(300) }));
    await rig.tell(report(1, 0, at(100)), report(3, 2, at(102)));
    expect(rig.receipts()[0]?.kept.fire).toEqual({ epoch: 'e1', sequence: 1, position: 100 });
    await rig.tell(report(2, 1, at(101)), report(2, 1, { epoch: 'e2', ...at(301) }));
    expect(rig.receipts()[0]?.kept.fire).toEqual({ epoch: 'e2', sequence: 2, position: 301 });
  });

  test('is not receipted while something of the old one is missing', async () => {
    const rig = await startRig();
    await rig.tellBytes(...status());
    await rig.tell(report(1, 0), report(3, 2), report(1, 0, { epoch: 'e2' }));
    expect(rig.receipts()[0]?.kept).toEqual({ fire: place(1) });
    await rig.tell(report(2, 1));
    expect(rig.receipts()[0]?.kept).toEqual({ fire: place(1, 'e2') });
  });
});

describe('a clock that is corrected', () => {
  const untrusted = { data: { clock: 'untrusted' } } as const;
  const corrected = {
    kind: 'clock.corrected',
    detail: { boot: 'boot1', untilMono: 50, correctionMs: 3_600_000 },
  } as const;

  test('gives better times to what was told by it, before and after, and to nothing else', async () => {
    const rig = await startRig();
    await rig.tell(report(1, 0, untrusted), report(2, 1), report(60, 2, untrusted));
    await rig.tell(report(61, 0, { lane: 'journal', data: corrected }));
    await rig.tell(report(62, 60, { ...untrusted, counter: 40 }), report(61, 0, { lane: 'journal', data: corrected }));
    const times = rig.handed.map((each) => [each.what, each.id, 'correctedTime' in each ? each.correctedTime : null]);
    expect(times).toEqual([
      ['event', 'e1-boot1-1', null],
      ['event', 'e1-boot1-2', null],
      ['event', 'e1-boot1-60', null],
      ['event', 'e1-boot1-61', null],
      ['time', 'e1-boot1-1', '2026-11-30T02:02:03.004Z'],
      ['event', 'e1-boot1-40', '2026-11-30T02:02:03.004Z'],
    ]);
  });
});

describe('whoever takes what is handed on', () => {
  test('and fails, gets the same rows with the same numbers again; meanwhile nothing is receipted', async () => {
    let fails = 2;
    const numbers: number[][] = [];
    const rig = await startRig({
      handOn: async (rows) => {
        numbers.push(rows.map(({ number }) => number));
        if (fails-- > 0) throw new Error('the platform is away');
      },
    });
    await rig.tellBytes(...status());
    await rig.tell(report(1, 0), report(2, 1));
    expect(rig.receipts()).toEqual([]);
    await rig.clock.advance(10_000);
    expect(numbers).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(rig.receipts()[0]?.kept).toEqual({ fire: place(2) });
    expect(rig.news.at(-1)).toBe('well again');
  });

  test('is not asked again when only writing it down failed', async () => {
    const store = sqliteInMemory();
    const settle = store.settle.bind(store);
    let fails = 1;
    store.settle = (...all) => (fails-- > 0 ? Promise.reject(new Error('full')) : settle(...all));
    const rig = await startRig({ store });
    await rig.tell(report(1, 0));
    await rig.clock.advance(10_000);
    expect(rig.words()).toEqual(['event e1-boot1-1']);
  });
});

describe('a receiver', () => {
  test('tells again what it has kept when a gateway comes back or tells something again', async () => {
    const rig = await startRig();
    await rig.tellBytes(...status());
    await rig.tell(report(1, 0));
    expect(rig.receipts()).toHaveLength(1);
    expect(rig.receipts()).toEqual([]);
    await rig.tell(report(1, 0));
    expect(rig.receipts()).toHaveLength(1);
    await rig.tellBytes(...status());
    expect(rig.receipts()).toHaveLength(1);
  });

  test('does not know whom to send receipts until the uplink is named', async () => {
    const rig = await startRig();
    const unnamed = report(1, 0, { data: { uplink: undefined } });
    await rig.tellBytes(topicOf(unnamed), bytesOf(unnamed));
    expect(rig.receipts()).toEqual([]);
    await rig.tell(report(2, 1));
    expect(rig.receipts()[0]).toMatchObject({ uplink: 'district', kept: { fire: place(2) } });
  });

  test('forgets after its time, and still knows what it has handed on', async () => {
    const rig = await startRig({ keepMs: 60 * minuteMs });
    await rig.tell(report(1, 0), report(2, 1), report(9, 8));
    await rig.clock.advance(200 * minuteMs);
    await rig.tell(report(1, 0), report(2, 1), report(9, 8), report(8, 2));
    expect(rig.words()).toEqual(['event e1-boot1-1', 'event e1-boot1-2', 'event e1-boot1-9', 'event e1-boot1-8']);
  });

  test('waits for a disk that fails, and loses nothing', async () => {
    const store = sqliteInMemory();
    const keep = store.keep.bind(store);
    let fails = 3;
    store.keep = (...all) => (fails-- > 0 ? Promise.reject(new Error('full')) : keep(...all));
    const rig = await startRig({ store });
    const taken = rig.receiver.take(
      'gengfu/v1/yangshuo/old-town/report/fire',
      Buffer.from(JSON.stringify(report(1, 0))),
    );
    await rig.clock.advance(30_000);
    await taken;
    expect(rig.words()).toEqual(['event e1-boot1-1']);
  });

  test('takes measurements when it is handed a reader, and links them like rows', async () => {
    const rig = await startRig({
      parseTelemetry: (bytes) => {
        const [sequence = 0, previous = 0] = bytes;
        const site = previous === 99 ? 'new-town' : 'old-town';
        return {
          ...{ district: 'yangshuo', site, uplink: 'district', epoch: 'e1' },
          sequence,
          previous,
          position: 10 * sequence,
          isHistorical: false,
          samples: [],
        };
      },
    });
    await rig.tellBytes(...status());
    const topic = 'gengfu/v1/yangshuo/old-town/telemetry';
    for (const pack of [
      [1, 0],
      [2, 1],
      [2, 1],
      [4, 3],
      [100, 99],
    ])
      await rig.tellBytes(topic, Uint8Array.from(pack));
    expect(rig.words()).toEqual([1, 2, 4].map((n) => `telemetry telemetry-e1-${n}`));
    expect(rig.news).toEqual(['invalid foreign']);
    expect(rig.receipts()[0]?.kept).toEqual({ telemetry: { epoch: 'e1', sequence: 2, position: 20 } });
  });
});
