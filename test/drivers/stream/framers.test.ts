import { describe, expect, it } from 'vitest';
import { checkStreams } from '../../../drivers/stream/codec-problems.js';
import type { StreamEvent } from '../../../drivers/stream/framer.js';
import { fusaierFrame, jbfFrame, ultrasonicFrame } from '../../../hardware-sim/stream/dialect-frames.js';
import { fuzzStreams } from '../../soak/stream-fuzz.js';
import { bytesOf, codecs, deviceOf, type Options } from './rig.js';

function framer(codec: string, options: Options) {
  const made = codecs.get(codec)?.create(options);
  if (made === undefined) throw new Error(`no codec ${codec}`);
  return made;
}

const joined = (...parts: readonly (Uint8Array | readonly number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const brief = ({ code, object, value, address }: StreamEvent) => ({ code, object, value, address });

const dialects = [
  {
    codec: 'uart-ultrasonic',
    options: { model: 'a02' },
    frames: [ultrasonicFrame(1953, true), ultrasonicFrame(0x00ff, true)],
    events: [
      { code: 'distance', object: null, value: 1953, address: null },
      { code: 'distance', object: null, value: 255, address: null },
    ],
    hasSum: true,
  },
  {
    codec: 'jbf-193k',
    options: { isolated_code: '97' },
    frames: [jbfFrame([0x80, 1, 1, 2, 3, 15, 10, 9, 16, 24, 0]), jbfFrame([0x81, 1, 2, 200, 3])],
    events: [
      { code: '80', object: '1-1-2', value: null, address: null },
      { code: '81', object: '1-2-200', value: null, address: null },
    ],
    hasSum: true,
  },
  {
    codec: 'fusaier',
    options: { alarm_means: 'electrical' },
    frames: [fusaierFrame(1, 0x01, 2, 5), fusaierFrame(2, 0x03, 2, 6)],
    events: [
      { code: '01-electrical', object: '2-5', value: null, address: 1 },
      { code: '03', object: '2-6', value: null, address: 2 },
    ],
    hasSum: false,
  },
] as const;
/** Letters, a head of each dialect, and zeros. */
const noise = [0x41, 0x0d, 0xff, 0x82, 0x66, 0xf0, 0x00, 0x83, 0xfd];

describe.each(dialects)('the framer of $codec', ({ codec, options, frames, events, hasSum }) => {
  const [first, second] = frames;
  const both = joined(first, second);

  it('understands one frame, and two in one chunk', () => {
    const one = framer(codec, options);
    expect(one.push(first, 0).map(brief)).toEqual([events[0]]);
    expect(one.push(both, 5).map(brief)).toEqual(events);
    expect(one.counts).toEqual({ frames: 3, strayBytes: 0, badSums: 0 });
    expect(one.heldBytes).toBe(0);
  });

  it('understands them cut anywhere, also byte by byte', () => {
    for (let at = 1; at < both.length; at++) {
      const one = framer(codec, options);
      const heard = [...one.push(both.subarray(0, at), 0), ...one.push(both.subarray(at), 5)];
      expect(heard.map(brief), `cut at ${at}`).toEqual(events);
    }
    const one = framer(codec, options);
    expect([...both].flatMap((byte) => [...one.push(Uint8Array.of(byte), 0)]).map(brief)).toEqual(events);
  });

  it('finds them behind, between and before noise, and behind a frame that was cut off', () => {
    const one = framer(codec, options);
    expect(one.push(joined(noise, first, noise, second, noise), 0).map(brief)).toEqual(events);
    for (let kept = 1; kept < first.length; kept++) {
      const cut = framer(codec, options);
      const heard = cut.push(joined(first.subarray(0, kept), second), 0);
      expect(heard.map(brief), `${kept} bytes of the first`).toEqual([events[1]]);
      expect(cut.counts.strayBytes).toBeGreaterThanOrEqual(kept);
    }
  });

  it('takes no frame with one wrong bit for another sound one, where a check sum guards it', () => {
    for (let at = 0; hasSum && at < first.length * 8; at++) {
      const wrong = first.slice();
      wrong[at >> 3] = (wrong[at >> 3] ?? 0) ^ (1 << (at & 7));
      const heard = framer(codec, options).push(wrong, 0);
      expect(
        heard.filter(({ isSound, isDoubtful }) => isSound && !isDoubtful),
        `bit ${at}`,
      ).toEqual([]);
    }
  });

  it('says nothing in silence, holds no more than a frame, and forgets a half one with its link', () => {
    const one = framer(codec, options);
    expect(one.push(new Uint8Array(0), 0)).toEqual([]);
    one.push(new Uint8Array(100_000).fill(first[0] ?? 0), 0);
    expect(one.heldBytes).toBeLessThan(first.length);
    one.push(first.subarray(0, 3), 0);
    one.reset();
    expect(one.heldBytes).toBe(0);
    expect(one.push(first, 0).map(brief)).toEqual([events[0]]);
  });
});

describe('dialects', () => {
  it('JBF: a sum over five bytes is doubtful, any other wrong sum is told and moves nothing unless it is a fire', () => {
    const card = framer('jbf-193k', {});
    const fire = [0x80, 1, 1, 2, 3, 15, 10, 9, 16, 24, 0];
    const fault = [0x81, 1, 1, 2, 3, 15, 10, 9, 16, 24, 0];
    expect(card.push(jbfFrame(fire, 'five'), 0)).toMatchObject([
      { code: '80', object: '1-1-2', isDoubtful: true, isSound: true },
    ]);
    expect(card.push(jbfFrame(fault, 'none'), 0)).toMatchObject([{ code: 'bad-sum', isSound: false }]);
    expect(card.push(jbfFrame([0], 'none'), 0)).toMatchObject([{ code: '00', object: null, isDoubtful: false }]);
    expect(card.counts).toMatchObject({ frames: 2, badSums: 1 });
  });

  it.each([0x80, 0x0a])(
    'JBF: a fire (%i) with a wrong sum is told and counts with a reservation, if it has a place',
    (code) => {
      for (const place of [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]) {
        const card = framer('jbf-193k', {});
        const heard = card.push(jbfFrame([code, ...place, 3, 15], 'none'), 0);
        expect(heard).toMatchObject([
          { code: 'bad-sum', isSound: false },
          { object: place.join('-'), isDoubtful: true, isSound: true },
        ]);
        expect(card.counts).toEqual({ frames: 1, strayBytes: 0, badSums: 1 });
      }
      // A heartbeat with a turned bit or two.
      const heard = framer('jbf-193k', {}).push(jbfFrame([code], 'none'), 0);
      expect(heard).toMatchObject([{ code: 'bad-sum', isSound: false }]);
    },
  );

  it('JBF: board, mains, battery, gas and reset are of the controller that tells them, a reset of no controller of all', () => {
    const card = framer('jbf-193k', {});
    const heard = [0x70, 0x71, 0x72, 0xfa, 0x01].flatMap((code) => card.push(jbfFrame([code, 2, 0x80, 7]), 0));
    expect(heard.map(({ code, object }) => [code, object])).toEqual([
      ['70-80', '2'],
      ['71-80', '2'],
      ['72-80', '2'],
      ['FA-80', '2'],
      ['01', '2'],
    ]);
    expect(card.push(jbfFrame([0x01]), 0)).toMatchObject([{ code: '01', object: null }]);
  });

  it('JBF: a letter in the place of a nibble is no frame, though its low half would fit', () => {
    const wrong = jbfFrame([0x80, 1, 1, 2, 3]);
    wrong[1] = 0x48;
    expect(framer('jbf-193k', {}).push(wrong, 0)).toEqual([]);
  });

  it('JBF: unknown codes and parameters pass as they came', () => {
    const card = framer('jbf-193k', {});
    expect(card.push(jbfFrame([0x55, 1, 0xf2, 4, 9]), 0)).toMatchObject([{ code: '55', object: '1-242-4' }]);
    expect(card.push(jbfFrame([0x71, 1, 0x33]), 0)).toMatchObject([{ code: '71-33', object: '1' }]);
  });

  it('Fusaier: unknown commands pass, flags are masked, halves with a pause between are no frame', () => {
    const host = framer('fusaier', { alarm_means: 'fire', channels: true });
    expect(host.push(fusaierFrame(9, 0x44, 0x62, 5, [0xca, 0xde, 0x80]), 0)).toMatchObject([
      { code: '44', object: '2-5-3', address: 9, isDoubtful: false },
    ]);
    expect(host.push(fusaierFrame(9, 0x01, 1, 1, [24, 0, 0]), 0)).toMatchObject([
      { code: '01-fire', isDoubtful: true },
    ]);
    expect(host.push(fusaierFrame(9, 0x20, 1, 1), 0)).toMatchObject([{ code: '20-01', isForAll: true, address: 9 }]);
    expect(host.push(fusaierFrame(9, 0x20, 1, 0), 0)).toMatchObject([{ code: '20-0100', isForAll: false }]);
    const frame = fusaierFrame(9, 0x01, 1, 1);
    host.push(frame.subarray(0, 5), 100);
    expect(host.push(frame.subarray(5), 2_000)).toEqual([]);
  });

  it('ultrasonic: a distance inside the blind zone is bad, and asked sensors are asked', () => {
    expect(framer('uart-ultrasonic', { model: 'a01' }).push(ultrasonicFrame(280, true), 0)).toMatchObject([
      { value: null, bad: 'out-of-range', detail: { distance_mm: 280 } },
    ]);
    expect(framer('uart-ultrasonic', { model: 'a01' }).poll).toBeNull();
    expect(framer('uart-ultrasonic', { model: 'aj' }).poll).toEqual({ bytes: bytesOf('55'), everyMs: 500 });
  });

  it('ultrasonic: a stray FF before a frame does not make 65 m of it', () => {
    const one = framer('uart-ultrasonic', { model: 'a02' });
    expect(one.push(joined([0xff], ultrasonicFrame(0x0503, true)), 0)).toMatchObject([{ value: 0x0503 }]);
  });

  it('options that do not fit are all named before anything runs', () => {
    const fusaier = deviceOf({ profile: 'fusaier-host', options: { alarm_means: 'fire' } }).config;
    const problems = checkStreams(
      [
        { ...fusaier, codecOptions: { alarm_means: 'smoke', channels: 1, colour: 'red' } },
        { ...fusaier, codecOptions: {} },
        { ...fusaier, codec: 'fusair' },
      ],
      codecs,
    );
    expect(problems.map(({ code, where, expected, got }) => [code, where, expected, got])).toEqual([
      ['STRM-002', 'device panel codec_options.alarm_means', 'fire, electrical', 'smoke'],
      ['STRM-002', 'device panel codec_options.channels', { zh: 'true 或 false', en: 'true or false' }, '1'],
      ['STRM-002', 'device panel codec_options.colour', { zh: '没有这个选项', en: 'no such option' }, 'red'],
      ['STRM-002', 'device panel codec_options.alarm_means', 'fire, electrical', { zh: '没有写', en: 'nothing' }],
      ['STRM-001', 'device panel', 'fusaier', 'fusair'],
    ]);
    for (const { what, hint } of problems) expect(what.zh && hint?.zh && hint.en).toBeTruthy();
  });

  it('survive ten thousand hostile byte strings in bounded memory', () => {
    const { fed, events, maxBuffer } = fuzzStreams(10_000, 20_261_122);
    expect(fed).toBe(10_000);
    expect(events).toBeGreaterThan(1_000);
    expect(maxBuffer).toBeLessThan(26);
  });
});
