import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AplaySpeaker } from '../../../drivers/audio/aplay-speaker.js';
import { type ChildEnd, type PlayerSystem, realPlayerSystem } from '../../../drivers/audio/player-system.js';
import { readWavHeader } from '../../../drivers/audio/wav-header.js';
import type { Utterance } from '../../../drivers/driver.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { followIn, text } from './rig.js';

const file = (path: string): Utterance => ({ kind: 'file', path });

interface WavSpec {
  readonly code?: number;
  readonly rateHz?: number;
  readonly seconds?: number;
  /** Another length than is there. */
  readonly saidBytes?: number;
  /** A chunk of this many bytes before the format. */
  readonly before?: number;
}

/** A mono 16-bit WAV file. */
function wav({ code = 1, rateHz = 8000, seconds = 1, saidBytes, before = 0 }: WavSpec = {}): Uint8Array {
  const dataBytes = Math.round(rateHz * seconds) * 2;
  const chunk = (tag: string, body: Buffer, size = body.length): Buffer => {
    const head = Buffer.alloc(8);
    head.write(tag, 'latin1');
    head.writeUInt32LE(size, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  const format = Buffer.alloc(16);
  format.writeUInt16LE(code, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(rateHz, 4);
  format.writeUInt32LE(rateHz * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const chunks = [
    ...(before > 0 ? [chunk('LIST', Buffer.alloc(before))] : []),
    chunk('fmt ', format),
    chunk('data', Buffer.alloc(dataBytes), saidBytes ?? dataBytes),
  ];
  return Buffer.concat([chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]))]);
}

describe('the header of a WAV file', () => {
  it.each<[string, WavSpec, number]>([
    ['one second', {}, 1000],
    ['a book before the format, of an odd length', { before: 333, seconds: 2.5 }, 2500],
    ['a recorder that was switched off', { saidBytes: 0xffff_ffff }, 1000],
    ['more samples than it says', { saidBytes: 8000 }, 500],
  ])('tells how long it plays: %s', (_, spec, lengthMs) => {
    const bytes = wav(spec);
    expect(readWavHeader(bytes.subarray(0, 4096), bytes.length)).toMatchObject({ rateHz: 8000, channels: 1, lengthMs });
  });

  it.each<[string, Uint8Array]>([
    ['no RIFF WAVE file', new TextEncoder().encode('ID3 and then some music')],
    ['no RIFF WAVE file', new Uint8Array()],
    ['format 85 instead of PCM', wav({ code: 85 })],
    ['no channels, no rate or no bits', wav({ rateHz: 0 })],
    ['no samples', wav({ seconds: 0 })],
    ['no samples in the first 4096 bytes', wav({ before: 5000 }).subarray(0, 4096)],
    ['a format that is cut short', wav().subarray(0, 24)],
  ])('says what is wrong: %s', (wanted, bytes) => {
    expect(readWavHeader(bytes, bytes.length)).toBe(wanted);
  });

  it('never throws, whatever the file is', () => {
    const good = wav({ before: 8 });
    for (let at = 0; at < 80; at++) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const bad = good.slice();
        bad[at] = value;
        readWavHeader(bad.subarray(0, 200), bad.length);
        readWavHeader(bad.subarray(0, at), bad.length);
      }
    }
  });
});

interface FakeChild {
  readonly args: readonly string[];
  readonly beganMono: number;
  readonly signals: string[];
  end(end?: Partial<ChildEnd>): void;
  isGone: boolean;
}

/** A system with these files, whose program plays until the test ends it. */
function fakeRig(odd: { readonly endsOnTerm?: boolean; readonly device?: string | null } = {}) {
  const clock = new SimClock();
  const children: FakeChild[] = [];
  const files = new Map([
    ['/a.wav', wav()],
    ['/b.wav', wav({ seconds: 3 })],
    ['/c.mp3', new TextEncoder().encode('ID3')],
  ]);
  const system: PlayerSystem = {
    run: (program, args) => {
      let tell: (end: ChildEnd) => void = () => undefined;
      const child: FakeChild = {
        args: [program, ...args],
        beganMono: clock.mono(),
        signals: [],
        isGone: false,
        end: (end = {}) => {
          child.isGone = true;
          tell({ exitCode: 0, notStarted: null, said: '', ...end });
        },
      };
      children.push(child);
      return {
        onEnd: (listener) => {
          tell = listener;
        },
        kill: (signal) => {
          child.signals.push(signal);
          if (signal === 'SIGKILL' || odd.endsOnTerm !== false) clock.after(5, () => child.end({ exitCode: null }));
        },
      };
    },
    headOf: async (path, maxBytes) => {
      if (path === '/stuck.wav') return new Promise(() => undefined);
      const found = files.get(path);
      if (found === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
      return { head: found.subarray(0, maxBytes), fileBytes: found.length };
    },
  };
  const { device = 'plughw:1,0' } = odd;
  const speaker = new AplaySpeaker({ clock, system, device });
  return { clock, speaker, children, ...followIn(clock, speaker) };
}

describe('a loudspeaker on the sound card', () => {
  it('plays a file with aplay, without a shell, and is over when that is', async () => {
    const { play, children, clock } = fakeRig();
    const outcome = play(file('/a.wav'));
    await clock.advance(900);
    expect(children.map(({ args }) => args)).toEqual([['aplay', '-q', '-D', 'plughw:1,0', '--', '/a.wav']]);
    expect(outcome.said).toBeNull();
    children[0]?.end();
    await clock.advance(0);
    expect(outcome.said).toBe('played');
  });

  it('ends the old one at once when something newer comes, and waits until the card is free', async () => {
    const { play, children, clock } = fakeRig();
    const old = play(file('/a.wav'));
    await clock.advance(100);
    const newer = play(file('/b.wav'));
    expect(children[0]?.signals).toEqual(['SIGTERM']);
    await clock.advance(0);
    expect(old.said).toBe('VOICE-001');
    expect(children).toHaveLength(1);
    await clock.advance(10);
    expect(children[1]?.args.at(-1)).toBe('/b.wav');
    children[1]?.end();
    await clock.advance(0);
    expect(newer.said).toBe('played');
  });

  it('kills a program that does not end when asked', async () => {
    const { play, speaker, follow, children, clock } = fakeRig({ endsOnTerm: false });
    const outcome = play(file('/a.wav'));
    await clock.advance(100);
    const stop = follow(speaker.stop());
    await clock.advance(490);
    expect(children[0]?.signals).toEqual(['SIGTERM']);
    expect(stop.said).toBeNull();
    await clock.advance(20);
    expect(children[0]?.signals).toEqual(['SIGTERM', 'SIGKILL']);
    expect([outcome.said, stop.said]).toEqual(['VOICE-001', 'played']);
  });

  it('ends a program that plays longer than the file is', async () => {
    const { play, settled, children, clock } = fakeRig();
    const outcome = play(file('/b.wav'));
    expect(await settled(outcome, 7000)).toBe('VOICE-009');
    expect(outcome.atMono).toBeGreaterThan(3000);
    await clock.advance(10);
    expect(children.map(({ isGone }) => isGone)).toEqual([true]);
  });

  it.each([
    ['/missing.wav', 'VOICE-002'],
    ['/stuck.wav', 'VOICE-002'],
    ['/c.mp3', 'VOICE-010'],
  ])('tells before it begins that %s can not be played', async (path, code) => {
    const { play, settled, children } = fakeRig();
    expect(await settled(play(file(path)), 2000)).toBe(code);
    expect(children).toEqual([]);
  });

  it.each<[string, Partial<ChildEnd>]>([
    ['VOICE-006', { exitCode: null, notStarted: 'spawn aplay ENOENT' }],
    ['VOICE-007', { exitCode: 1, said: 'audio open error: Device or resource busy' }],
    ['VOICE-007', { exitCode: null }],
  ])('tells %s when the program ends with %j, when it plays and when it is asked', async (code, end) => {
    const { play, follow, speaker, children, clock } = fakeRig();
    const outcomes = [play(file('/a.wav'))];
    await clock.advance(10);
    children[0]?.end(end);
    await clock.advance(0);
    outcomes.push(follow(speaker.check()));
    await clock.advance(0);
    children[1]?.end(end);
    await clock.advance(0);
    expect(outcomes.map(({ said }) => said)).toEqual([code, code]);
  });

  it('keeps its silence at 0 %, plays no text, and nothing after it was closed', async () => {
    const { play, settled, speaker, children, clock } = fakeRig({ device: null });
    const silent = play(file('/b.wav'), 0);
    await clock.advance(2900);
    expect(silent.said).toBeNull();
    expect(await settled(silent, 200)).toBe('played');
    expect(await settled(play(text('火警')), 10)).toBe('VOICE-008');
    await expect(speaker.play(file('/a.wav'), -1)).rejects.toThrow(RangeError);
    expect(children).toEqual([]);
    const running = play(file('/a.wav'));
    await clock.advance(10);
    expect(children[0]?.args).toEqual(['aplay', '-q', '--', '/a.wav']);
    const closed = speaker.close();
    await clock.advance(10);
    await closed;
    expect(running.said).toBe('VOICE-001');
    expect(children[0]?.isGone).toBe(true);
    expect(await settled(play(file('/a.wav')), 10)).toBe('VOICE-007');
    expect(children).toHaveLength(1);
  });
});

describe('the system behind it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gengfu-audio-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const ended = (program: string, args: readonly string[], act: (kill: () => void) => void = () => undefined) =>
    new Promise<ChildEnd>((resolve) => {
      const child = realPlayerSystem.run(program, args);
      child.onEnd(resolve);
      act(() => child.kill('SIGTERM'));
    });

  it('tells how a program ended: well, badly, killed, or not there', async () => {
    const node = process.execPath;
    const bad = "process.stderr.write('first\\nno card\\n'); process.exitCode = 3";
    expect(await ended(node, ['-e', ''])).toEqual({ exitCode: 0, notStarted: null, said: '' });
    expect(await ended(node, ['-e', bad])).toEqual({ exitCode: 3, notStarted: null, said: 'no card' });
    expect(await ended(node, ['-e', 'setTimeout(() => {}, 1e6)'], (kill) => kill())).toMatchObject({ exitCode: null });
    const missing = await ended(join(folder, 'no-such-player'), []);
    expect(missing).toMatchObject({ exitCode: null, notStarted: expect.stringContaining('ENOENT') });
  });

  it('gives the head of a file and its size', async () => {
    const path = join(folder, '火警.wav');
    writeFileSync(path, wav());
    const { head, fileBytes } = await realPlayerSystem.headOf(path, 100);
    expect([head.length, fileBytes]).toEqual([100, wav().length]);
    await expect(realPlayerSystem.headOf(join(folder, 'none'), 100)).rejects.toThrow('ENOENT');
  });
});
