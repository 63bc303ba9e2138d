import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  confirmOf,
  denyOf,
  encodeFrame,
  encodeShort,
  type GbFrame,
  type GbFramed,
  GbFramer,
  shortCodes,
} from '../../../sync/gb26875/index.js';

const standard = { timeCoding: 'binary', serialOrder: 'little' } as const;
const frameOf = (serial: number, adu: readonly number[] = []): GbFrame => ({
  ...{ serial, version: [1, 0], time: null, command: adu.length === 0 ? 3 : 2, adu: Uint8Array.from(adu) },
  ...{ source: [1, 2, 3, 4, 5, 6], destination: [6, 5, 4, 3, 2, 1] },
});
const bytesOf = (serial: number, adu: readonly number[] = []): number[] => [
  ...encodeFrame(frameOf(serial, adu), standard),
];
/** As much of a frame as a lying sender needs: marks, any serial, and a length. */
const headOf = (length: number): number[] => [
  0x40,
  0x40,
  ...new Array<number>(22).fill(9),
  length & 0xff,
  length >> 8,
  2,
];
const short = (found: readonly GbFramed[]): readonly (number | string)[] =>
  found.map((each) =>
    each.kind === 'frame' ? each.frame.serial : each.kind === 'bad' ? each.why : `short ${each.code}`,
  );
const fed = (bytes: readonly number[], framer = new GbFramer(standard)): readonly (number | string)[] =>
  short(framer.push(Uint8Array.from(bytes)));

describe('the framer', () => {
  it.each([
    ['one', bytesOf(1), [1]],
    ['two in a chunk', [...bytesOf(1), ...bytesOf(2)], [1, 2]],
    ['noise before', [1, 0x40, 2, 0x40, 0x40, 7, ...bytesOf(1)], []],
    ['noise before, and more after', [0x40, 7, 8, ...bytesOf(1), 0x23, 0x23, 9, ...bytesOf(2)], [1, 2]],
    ['marks inside', bytesOf(1, [0x82, 0, 0x40, 0x40, 0x23, 0x23, 0x40, 0x40]), [1]],
    ['a length over the limit', [...headOf(1025), ...bytesOf(1)], ['length', 1]],
    ['a wrong end', [...bytesOf(1, [2, 0]).with(-1, 0x24), ...bytesOf(2)], ['end', 2]],
    ['a wrong sum', [...bytesOf(1, [2, 0]).with(-3, 0), ...bytesOf(2)], ['checksum', 2]],
    [
      'a length that lies, and a frame inside it',
      [...headOf(60), ...bytesOf(1), ...new Array<number>(60).fill(0)],
      ['end', 1],
    ],
    ['a start mark too early', [0x40, ...bytesOf(1), ...new Array<number>(40).fill(0)], [1]],
  ])('%s', (_, bytes, found) => {
    const framer = new GbFramer(standard);
    const all = short(framer.push(Uint8Array.from(bytes)));
    expect(all.filter((each) => typeof each === 'number' || found.includes(each))).toEqual(found);
  });

  it('takes a frame of a reserved command away whole, and tells who sent it', () => {
    const bytes = bytesOf(7).with(26, 99);
    bytes[27] = ((bytes[27] ?? 0) + 96) & 0xff;
    const [bad, good] = new GbFramer(standard).push(Uint8Array.from([...bytes, ...bytesOf(8)]));
    const { source, destination } = frameOf(7);
    expect(bad).toEqual({ kind: 'bad', why: 'command', head: { serial: 7, command: 99, source, destination } });
    expect(good).toMatchObject({ kind: 'frame', frame: { serial: 8 } });
  });

  it('gives the same in whatever portions the bytes come', () => {
    const piece = fc.oneof(
      fc.integer({ min: 0, max: 65_535 }).map((serial) => bytesOf(serial, [2, 0, 0x40, 0x40])),
      fc.uint8Array({ maxLength: 60 }).map((any) => [...any]),
      fc.constantFrom([0x40, 0x40], [0x23, 0x23], headOf(100), headOf(2000)),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 }),
        (pieces, portions) => {
          const bytes = Uint8Array.from(pieces.flat());
          const whole = new GbFramer(standard);
          const parts = new GbFramer(standard);
          const found: GbFramed[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const size = portions[turn % portions.length] ?? 1;
            found.push(...parts.push(bytes.subarray(at, at + size)));
            at += size;
          }
          expect(found).toEqual(whole.push(bytes));
          expect(parts.heldBytes).toBe(whole.heldBytes);
          expect(parts.giveUp()).toEqual(whole.giveUp());
          expect(parts.counts).toEqual(whole.counts);
        },
      ),
      { numRuns: 60, seed: 3 },
    );
  });

  it('gives up what never ends, and what hides in it is found', () => {
    const framer = new GbFramer(standard);
    expect(fed([...headOf(1024), ...bytesOf(5), 0x40], framer)).toEqual([]);
    expect(framer.heldBytes).toBe(27 + 30 + 1);
    expect(short(framer.giveUp())).toEqual(['unfinished', 5]);
    expect(framer.heldBytes).toBe(0);
    expect(fed(bytesOf(6), framer)).toEqual([6]);
  });

  it('holds no more than one frame, whatever drips in', () => {
    const framer = new GbFramer(standard);
    const drip = [...headOf(1024), ...new Array<number>(5000).fill(0x40)];
    let most = 0;
    for (const byte of drip) {
      framer.push(Uint8Array.of(byte));
      most = Math.max(most, framer.heldBytes);
    }
    expect(most).toBeLessThan(1054);
  });

  it('looks at no byte of hostile input more than a few times', () => {
    // A start mark each seventh byte, each with the longest length and its end mark in place: only sums tell.
    const pattern = [0x40, 0x40, 0x23, 0x00, 0x04, 0x23, 0x23];
    const hostile = Uint8Array.from({ length: 140_000 }, (_, at) => pattern[at % 7] ?? 0);
    const sound = Uint8Array.from(bytesOf(1));
    const many = Uint8Array.from({ length: 140_000 }, (_, at) => sound[at % sound.length] ?? 0);
    const timed = (bytes: Uint8Array): number => {
      const began = performance.now();
      new GbFramer(standard).push(bytes);
      return performance.now() - began;
    };
    timed(many);
    const [good, bad] = [timed(many), timed(hostile)];
    expect(bad).toBeLessThan(20 * good + 50);
  });

  it('says one thing of a bad stretch, not one for each byte', () => {
    const framer = new GbFramer(standard);
    const found = framer.push(new Uint8Array(60_000).fill(0x40));
    expect(found.length).toBeLessThanOrEqual(60_000 / 30);
    expect(found.length).toBeGreaterThan(0);
  });

  it('knows the short frames of 赋安 where they are spoken, and only there', () => {
    const reply = Uint8Array.from(Buffer.from('40400100010500000000000000000000B82323', 'hex'));
    const alive = Uint8Array.from(Buffer.from('404088000105000000000000000000007D2323', 'hex'));
    expect(encodeShort('reply')).toEqual(reply);
    expect(encodeShort('keepAlive')).toEqual(alive);
    const fuan = new GbFramer({ ...standard, heartbeat: 'fuan' });
    const mixed = [...reply, ...bytesOf(1), ...alive, ...bytesOf(2)];
    expect(fed(mixed, fuan)).toEqual([`short ${shortCodes.reply}`, 1, `short ${shortCodes.keepAlive}`, 2]);
    expect(fed([...reply, ...bytesOf(1), ...bytesOf(2)])).not.toContain(`short ${shortCodes.reply}`);
  });

  it('forgets what an old connection began', () => {
    const framer = new GbFramer(standard);
    framer.push(Uint8Array.from(bytesOf(1).slice(0, 20)));
    framer.reset();
    expect(fed(bytesOf(2), framer)).toEqual([2]);
  });
});

it('an answer echoes the serial and goes back to whoever asked', () => {
  const asked = frameOf(4711, [91, 1, 10]);
  const own = { version: [1, 0], source: [9, 9, 9, 9, 9, 9] } as const;
  const expected = { serial: 4711, version: [1, 0], source: own.source, destination: asked.source, time: null };
  expect(confirmOf(asked, null, own)).toEqual({ ...expected, command: 3, adu: new Uint8Array(0) });
  expect(denyOf(asked, null, own)).toEqual({ ...expected, command: 6, adu: new Uint8Array(0) });
});
