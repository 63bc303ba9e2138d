import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ackWhenKept } from '../../../sync/mqtt/late-puback.js';
import { toRfc3339 } from '../../../sync/mqtt/rfc3339.js';
import { readMoment } from '../../../sync/read-moment.js';
import { addLink, type Chain, emptyChain, gapsOf } from '../../../sync/receiver/chain.js';
import type { HandedOn } from '../../../sync/receiver/handed-on.js';
import { OutFile } from '../../../sync/receiver/out-file.js';
import { readMessage } from '../../../sync/receiver/read-message.js';
import { SqliteReceiverStore } from '../../../sync/receiver/sqlite-receiver-store.js';
import Database from '../../../sync/sqlite.js';
import { seeded, tempDir } from '../rig.js';
import { bytesOf, report, topicOf } from './rig.js';

type Pair = readonly [previous: number, sequence: number];

function chainOf(...links: readonly Pair[]): Chain {
  return links.reduce(
    (chain, [previous, sequence]) => addLink(chain, { previous, sequence, position: 10 * sequence }),
    emptyChain(),
  );
}

describe('the chain', () => {
  test.each<[readonly Pair[], number, readonly string[]]>([
    [[], 0, []],
    [[[0, 1]], 1, []],
    [
      [
        [0, 4],
        [4, 9],
      ],
      9,
      [],
    ],
    [[[2, 3]], 0, ['1..2']],
    [
      [
        [0, 1],
        [5, 6],
        [8, 9],
      ],
      1,
      ['2..5', '7..8'],
    ],
    [
      [
        [8, 9],
        [5, 6],
        [0, 1],
      ],
      1,
      ['2..5', '7..8'],
    ],
    [
      [
        [0, 1],
        [5, 6],
        [8, 9],
        [1, 5],
      ],
      6,
      ['7..8'],
    ],
    [
      [
        [0, 1],
        [5, 6],
        [8, 9],
        [6, 8],
      ],
      1,
      ['2..5'],
    ],
    [
      [
        [0, 1],
        [5, 6],
        [8, 9],
        [3, 8],
      ],
      1,
      ['2..3'],
    ],
    [
      [
        [0, 5],
        [3, 7],
      ],
      7,
      [],
    ],
    [
      [
        [0, 5],
        [0, 3],
        [2, 5],
      ],
      5,
      [],
    ],
  ])('%j stands at %i and misses %j', (links, head, gaps) => {
    const chain = chainOf(...links);
    expect(chain.head).toBe(head);
    expect(chain.position).toBe(10 * head);
    expect(gapsOf(chain).map(({ from, to }) => `${from}..${to}`)).toEqual(gaps);
  });

  test('has a limit of gaps; what goes beyond it counts when it is told again', () => {
    const many = Array.from({ length: 1_001 }, (_, index): Pair => [3 * index + 1, 3 * index + 2]);
    expect(gapsOf(chainOf(...many))).toHaveLength(1_000);
  });
});

describe('a moment', () => {
  test('is read as it was written, over four centuries', () => {
    const random = seeded(3);
    for (let round = 0; round < 2_000; round++) {
      const wall = Math.floor(random() * 13e12);
      expect(readMoment(toRfc3339(wall))).toBe(wall);
    }
    expect(readMoment('2024-02-29T23:59:59Z')).toBe(Date.UTC(2024, 1, 29, 23, 59, 59));
    expect(readMoment('yesterday')).toBeNull();
  });
});

describe('a message', () => {
  const good = report(3, 2);
  const of = (over: object, topic = topicOf(good)) => readMessage(topic, bytesOf({ ...good, ...over }), null);

  test.each<[string, object, string]>([
    ['of a site that is not its topic’s', { source: '/gengfu/yangshuo/new-town/e1' }, 'foreign'],
    ['whose type is not its kind', { type: 'gengfu.alarm.reset' }, 'foreign'],
    ['of a class that is not its topic’s', { data: { ...good.data, class: 'fault' } }, 'foreign'],
    ['that follows itself', { previous: good.sequence }, 'order'],
    ['that is durable without a sequence', { sequence: undefined }, 'order'],
    ['from memory with a sequence', { data: { ...good.data, durable: false } }, 'order'],
    ['without words', { data: { ...good.data, words: undefined } }, 'shape'],
    ['that is too large', { data: { ...good.data, detail: { text: 'x'.repeat(70_000) } } }, 'large'],
  ])('%s is none', (_name, over, why) => {
    expect(of(over)).toEqual({ of: 'invalid', why });
  });

  test('nested so deeply that it could never be written out again is none: kept, it would hold up all villages', () => {
    const deep = (depth: number): Uint8Array => {
      const whole = Buffer.from(bytesOf({ ...good, data: { ...good.data, detail: { nest: 'here' } } })).toString();
      return Buffer.from(whole.replace('"here"', '['.repeat(depth) + ']'.repeat(depth)));
    };
    expect(readMessage(topicOf(good), deep(30_000), null)).toEqual({ of: 'invalid', why: 'text' });
    expect(readMessage(topicOf(good), deep(20), null)).toMatchObject({ of: 'row' });
  });

  test('of a newer gateway is taken with all it says', () => {
    const read = of({
      traceparent: 'x',
      type: 'gengfu.roof.opened',
      data: { ...good.data, kind: 'roof.opened', mood: 'new' },
    });
    expect(read).toMatchObject({ of: 'row', row: { place: { sequence: 3 } } });
    expect(read.of === 'row' && read.row.body).toContain('"mood":"new"');
  });
});

describe('the store of a receiver', () => {
  test('refuses what is no store of a receiver, and changes nothing of it', async () => {
    const path = join(tempDir(), 'notes.txt');
    writeFileSync(path, 'not a database, but a text that somebody needs. '.repeat(40));
    await expect(new SqliteReceiverStore(path, 'r').open()).rejects.toMatchObject({ code: 'RECEIVER-001' });
    expect(readFileSync(path, 'utf8')).toMatch(/^not a database/);
  });

  test('keeps its name, and lets no second one in', async () => {
    const path = join(tempDir(), 'receiver.db');
    const first = new SqliteReceiverStore(path, 'first');
    expect((await first.open()).receiver).toBe('first');
    await expect(new SqliteReceiverStore(path, 'second').open()).rejects.toMatchObject({ code: 'RECEIVER-003' });
    await first.close();
    const third = new SqliteReceiverStore(path, 'third');
    expect((await third.open()).receiver).toBe('first');
    await third.close();
  });

  test('keeps a thousand foreign messages, the newest, and 16 kB of each', async () => {
    const path = join(tempDir(), 'receiver.db');
    const store = new SqliteReceiverStore(path, 'r');
    await store.open();
    const bytes = Buffer.alloc(20_000);
    const invalid = Array.from({ length: 1_050 }, (_, index) => ({ topic: `t${index}`, why: 'topic', bytes }) as const);
    await store.keep({ rows: [], invalid, wall: 0, joins: false });
    await store.close();
    const db = new Database(path);
    const found = db
      .prepare('SELECT count(*) AS rows, max(length(bytes)) AS longest, min(row) AS first FROM invalid')
      .get();
    db.close();
    expect(found).toEqual({ rows: 1_000, longest: 16_384, first: 51 });
  });
});

describe('lines in a file', () => {
  const row = (number: number, receiver = 'r1'): HandedOn => ({
    ...{ number, receiver, district: 'd', site: 's', epoch: 'e', what: 'durable', id: `id-${number}`, sequence: 1 },
  });
  const numbersIn = (path: string): readonly number[] =>
    readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as HandedOn).number);

  test('are there once each, although a crash left half a line and the rows come again', async () => {
    const path = join(tempDir(), 'out.jsonl');
    const first = new OutFile(path);
    await first.handOn([row(1), row(2)]);
    first.close();
    appendFileSync(path, JSON.stringify(row(3)).slice(0, 40));
    const second = new OutFile(path);
    await second.handOn([row(1), row(2), row(3)]);
    await second.handOn([row(3)]);
    second.close();
    expect(numbersIn(path)).toEqual([1, 2, 3]);
  });

  test('of a new store begin anew behind those of an old one', async () => {
    const path = join(tempDir(), 'out.jsonl');
    const first = new OutFile(path);
    await first.handOn([row(1), row(2)]);
    first.close();
    const second = new OutFile(path);
    await second.handOn([row(1, 'r2')]);
    second.close();
    expect(numbersIn(path)).toEqual([1, 2, 1]);
  });

  test('longer than any page are found again', async () => {
    const path = join(tempDir(), 'out.jsonl');
    const first = new OutFile(path);
    await first.handOn([{ ...row(1), id: 'x'.repeat(200_000) }]);
    first.close();
    const { size } = statSync(path);
    const second = new OutFile(path);
    await second.handOn([{ ...row(1), id: 'x'.repeat(200_000) }]);
    second.close();
    expect(statSync(path).size).toBe(size);
  });
});

describe('a PUBACK', () => {
  const client = () => {
    const written: Uint8Array[] = [];
    return {
      written,
      stream: { write: (bytes: Uint8Array) => written.push(bytes) },
      handleMessage: (_packet: unknown, _done: unknown) => undefined,
    };
  };
  const packet = { topic: 't', payload: Buffer.from('x'), qos: 1, retain: false, messageId: 0x1234 } as const;

  test('follows the keeping, while the next message is already read', async () => {
    const one = client();
    let keep = (): void => undefined;
    const kept = new Promise<void>((resolve) => {
      keep = resolve;
    });
    ackWhenKept(
      one,
      () => kept,
      () => undefined,
    );
    let isRead = false;
    (one.handleMessage as (p: typeof packet, done: () => void) => void)(packet, () => {
      isRead = true;
    });
    await Promise.resolve();
    expect([isRead, one.written]).toEqual([true, []]);
    keep();
    await kept;
    await Promise.resolve();
    expect(one.written).toEqual([Uint8Array.of(0x40, 2, 0x12, 0x34)]);
  });

  test('is never sent for what was refused', async () => {
    const one = client();
    const refused: unknown[] = [];
    ackWhenKept(
      one,
      () => Promise.reject(new Error('full')),
      (cause) => refused.push(cause),
    );
    (one.handleMessage as (p: typeof packet, done: () => void) => void)(packet, () => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    expect([refused.length, one.written]).toEqual([1, []]);
  });
});
