import { describe, expect, it } from 'vitest';
import { type ChipReply, levelOf, type TrackCodec, type TtsCodec } from '../../../drivers/audio/chip-codec.js';
import { dfFrame, dfplayer } from '../../../drivers/audio/dfplayer.js';
import { dyFrame, dyPlayer } from '../../../drivers/audio/dy-player.js';
import { encodeGbk } from '../../../drivers/audio/gbk.js';
import { syn6288 } from '../../../drivers/audio/syn6288.js';
import { xfs5152 } from '../../../drivers/audio/xfs5152.js';
import { bytes, hex } from '../../hardware-sim/bytes.js';

const fire = encodeGbk('火警');

describe('orders to a chip', () => {
  it.each([
    ['SYN6288 says 火警', syn6288.speak(fire), 'FD 00 07 01 01 BB F0 BE AF A0'],
    ['SYN6288 state', syn6288.askState, 'FD 00 02 21 DE'],
    ['SYN6288 stop', syn6288.stop, 'FD 00 02 02 FD'],
    ['SYN6288 volume 100 %', syn6288.volume(100), 'FD 00 08 01 01 5B 76 31 36 5D 82'],
    ['XFS5152CE says 火警', xfs5152.speak(fire), 'FD 00 06 01 01 BB F0 BE AF'],
    ['XFS5152CE state', xfs5152.askState, 'FD 00 01 21'],
    ['XFS5152CE stop', xfs5152.stop, 'FD 00 01 02'],
    ['XFS5152CE volume 50 %', xfs5152.volume(50), 'FD 00 06 01 01 5B 76 35 5D'],
    ['DFPlayer volume 20', dfFrame(0x06, 20, false), '7E FF 06 06 00 00 14 FE E1 EF'],
    ['DFPlayer index 1', dfFrame(0x03, 1, false), '7E FF 06 03 00 00 01 FE F7 EF'],
    ['DFPlayer /MP3/0001', dfFrame(0x12, 1, false), '7E FF 06 12 00 00 01 FE E8 EF'],
    ['DFPlayer /MP3/0001, answer wanted', dfplayer.play(1), '7E FF 06 12 01 00 01 FE E7 EF'],
    ['DFPlayer stop', dfplayer.stop, '7E FF 06 16 00 00 00 FE E5 EF'],
    ['DY track 1', dyPlayer.play(1), 'AA 07 02 00 01 B4'],
    ['DY volume 30', dyFrame(0x13, 30), 'AA 13 01 1E DC'],
    ['DY stop', dyPlayer.stop, 'AA 04 00 AE'],
    ['DY state', dyPlayer.askState, 'AA 01 00 AB'],
  ])('%s', (_, told, wanted) => {
    expect(hex(told)).toBe(wanted);
  });

  it('give the text its length and a check sum, whatever it is', () => {
    const gbk = encodeGbk('疏散'.repeat(50));
    const frame = syn6288.speak(gbk);
    expect(hex(frame.subarray(0, 5))).toBe('FD 00 CB 01 01');
    expect(frame).toHaveLength(3 + 203);
    expect(frame.reduce((xor, byte) => xor ^ byte, 0)).toBe(0);
    expect(hex(xfs5152.speak(gbk).subarray(0, 5))).toBe('FD 00 CA 01 01');
  });

  it.each<TtsCodec>([syn6288, xfs5152])('refuse a text that is empty or too long: $name', (codec) => {
    expect(() => codec.speak(new Uint8Array())).toThrow(RangeError);
    expect(() => codec.speak(new Uint8Array(201))).toThrow(RangeError);
  });

  it.each<TrackCodec>([dfplayer, dyPlayer])('refuse a track that has no number: $name', (codec) => {
    for (const track of [0, -1, 1.5, codec.trackMax + 1, Number.NaN])
      expect(() => codec.play(track)).toThrow(RangeError);
  });

  it('turn volume into whole steps, of which only 0 % is silent', () => {
    expect([0, 0.4, 1, 50, 99, 100].map((percent) => levelOf(percent, 30))).toEqual([0, 1, 1, 15, 30, 30]);
  });
});

const ready: ChipReply = { kind: 'ready' };
const quiet: ChipReply = { kind: 'quiet' };
const sounding: ChipReply = { kind: 'sounding' };
const accepted: ChipReply = { kind: 'accepted' };
const refused = (why: 'busy' | 'missing' | 'other', code: string): ChipReply => ({ kind: 'refused', why, code });

const stories = [
  {
    codec: syn6288,
    story: '4A 41 45 4E 4F',
    told: [ready, accepted, refused('other', '45'), sounding, quiet],
    noise: '00 FF 7E 21 88',
  },
  {
    codec: xfs5152,
    story: '41 4F',
    told: [accepted, quiet],
    noise: '00 FD 01',
  },
  {
    codec: dfplayer,
    story:
      '7E FF 06 3F 00 00 02 FE BA EF 7E FF 06 41 00 00 00 FE BA EF 7E FF 06 3D 00 00 01 FE BD EF 7E FF 06 40 00 00 06 FE B5 EF ' +
      '7E FF 06 40 00 00 00 FE BB EF 7E FF 06 42 00 02 01 FE B6 EF 7E FF 06 42 00 02 00 FE B7 EF 7E FF 06 43 00 00 14 FE A4 EF',
    told: [
      ready,
      accepted,
      quiet,
      refused('missing', '40 6'),
      refused('busy', '40 0'),
      sounding,
      quiet,
      { kind: 'alive' } as const,
    ],
    noise: '7E FF 7E 06 EF 7E FF 06 41 00 00 00 FE BB EF',
  },
  {
    codec: dyPlayer,
    story: 'AA 01 01 00 AC AA 01 01 01 AD AA 01 01 02 AE AA 0C 02 00 05 BD',
    told: [quiet, sounding, quiet, { kind: 'alive' } as const],
    noise: 'AA AA 01 01 01 AE AA 00 00 AA 01 FF',
  },
];

describe.each(stories)('what a $codec.name says', ({ codec, story, told, noise }) => {
  const raw = bytes(story);
  const inPieces = (chunk: number, stream: Uint8Array): readonly ChipReply[] => {
    const reader = codec.newReader();
    const replies: ChipReply[] = [];
    for (let at = 0; at < stream.length; at += chunk) replies.push(...reader.push(stream.subarray(at, at + chunk)));
    return replies;
  };

  it('is read, in whatever pieces it comes', () => {
    for (let chunk = 1; chunk <= raw.length; chunk++) expect(inPieces(chunk, raw)).toEqual(told);
  });

  it('is read behind noise and between noise, which by itself says nothing', () => {
    const loud = bytes(noise);
    expect(inPieces(1, loud)).toEqual([]);
    // A head at the end of the noise may cost what follows, never what follows that.
    const replies = inPieces(3, Uint8Array.from([...loud, ...raw, ...loud, ...raw]));
    expect(replies.slice(-told.length)).toEqual(told);
    expect(replies.length).toBeGreaterThanOrEqual(2 * told.length - 1);
  });

  it('is forgotten when it was cut short by a new link', () => {
    const reader = codec.newReader();
    reader.push(raw.subarray(0, raw.length - 1));
    reader.reset();
    expect(reader.push(raw)).toEqual(told);
  });

  it('never makes the reader throw or hold on, whatever comes', () => {
    let seed = 7;
    const reader = codec.newReader();
    for (let i = 0; i < 20_000; i++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      reader.push(Uint8Array.of(seed % 3 === 0 ? (raw[seed % raw.length] ?? 0) : seed % 256));
    }
    reader.push(new Uint8Array(16));
    expect(reader.push(raw)).toEqual(told);
  });
});
