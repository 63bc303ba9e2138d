/** Hostile bytes for the codec of GB/T 26875.3: good frames spoilt, plain random, in random portions. Repeatable by its seed. */
import { decodeAdu, encodeAdu, encodeFrame, type GbAdu, GbFramer, type GbFraming } from '../../sync/gb26875/index.js';

export interface GbFuzz {
  readonly fed: number;
  /** Sound frames. */
  readonly found: number;
  /** Most bytes that a framer ever held back. */
  readonly maxBufferBytes: number;
}

type Random = (below: number) => number;

const framings: readonly GbFraming[] = [
  { timeCoding: 'binary', serialOrder: 'little' },
  { timeCoding: 'bcd', serialOrder: 'big', heartbeat: 'fuan' },
];
/** Longest run of bytes without a start mark. */
const noiseMaxBytes = 200;

/** Feeds `count` frames. Throws when the codec throws, finds more than bytes allow, or reads what it can not write again alike. */
export function fuzzGb(count: number, below: Random): GbFuzz {
  const framers = framings.map((framing) => ({ framing, framer: new GbFramer(framing), bytes: 0, taken: 0 }));
  let found = 0;
  let maxBufferBytes = 0;
  for (let fed = 0; fed < count; fed++) {
    const each = framers[fed % framers.length];
    if (each === undefined) break;
    const { framing, framer } = each;
    const bytes = hostile(below, framing);
    each.bytes += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const size = 1 + below(below(3) === 0 ? 8 : 600);
      for (const seen of framer.push(bytes.subarray(at, at + size))) {
        if (seen.kind !== 'frame') continue;
        found++;
        const { adu } = seen.frame;
        const read = decodeAdu(adu, framing);
        if (read.ok) mustBeTheSame(read.adu, framing);
      }
      at += size;
      maxBufferBytes = Math.max(maxBufferBytes, framer.heldBytes);
    }
    if (below(200) === 0) framer.giveUp();
    if (below(500) === 0) framer.reset();
    const { frames, strayBytes } = framer.counts;
    if (frames * 19 + strayBytes + framer.heldBytes > each.bytes)
      throw new Error(`more found than ${each.bytes} bytes hold`);
  }
  return { fed: count, found, maxBufferBytes };
}

/** What was read and may be sent is read alike again. */
function mustBeTheSame(adu: GbAdu, framing: GbFraming): void {
  let again: Uint8Array;
  try {
    again = encodeAdu(adu, framing);
  } catch (error) {
    if (error instanceof RangeError) return;
    throw error;
  }
  const read = decodeAdu(again, framing);
  if (!read.ok || withoutText(read.adu) !== withoutText(adu)) {
    throw new Error(`read as ${JSON.stringify(adu).slice(0, 300)}, and otherwise when written again`);
  }
}

/** Text that meant nothing is longer as what it was read as, and cut. */
function withoutText(adu: GbAdu): string {
  return JSON.stringify(adu, (key, value) => (key === 'text' ? '' : value));
}

function hostile(below: Random, framing: GbFraming): Uint8Array {
  if (below(10) === 0) return Uint8Array.from({ length: below(noiseMaxBytes) }, () => below(256));
  const good = goodFrame(below, framing);
  const how = below(4);
  if (how === 0) return good;
  const bytes = [...good];
  for (let turns = below(4); turns >= 0; turns--) {
    const at = below(bytes.length);
    if (how === 1) bytes[at] = below(256);
    else if (how === 2) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
    else if (below(2) === 0) bytes.splice(at, 1 + below(5));
    else bytes.splice(at, 0, below(3) === 0 ? 0x40 : below(256));
  }
  return Uint8Array.from(bytes);
}

/** Sound as a frame; its unit may be any bytes. */
function goodFrame(below: Random, framing: GbFraming): Uint8Array {
  const command = [1, 2, 3, 4, 5, 6, 200][below(7)] ?? 2;
  const six = (): number[] => Array.from({ length: 6 }, () => below(256));
  return encodeFrame(
    {
      ...{ serial: below(65_536), version: [below(256), below(256)], time: null, command },
      ...{ source: six(), destination: six(), adu: unitOf(below) },
    },
    framing,
  );
}

const sizes: ReadonlyMap<number, number> = new Map([
  ...([
    [1, 10],
    [2, 46],
    [3, 16],
    [4, 10],
    [5, 4],
    [7, 38],
    [8, 8],
    [21, 7],
    [24, 8],
  ] as const),
  ...([
    [25, 2],
    [28, 6],
    [61, 2],
    [62, 6],
    [63, 6],
    [64, 9],
    [65, 2],
    [66, 2],
    [67, 6],
    [68, 2],
  ] as const),
  ...([
    [84, 7],
    [90, 6],
    [91, 1],
    [81, 1],
    [85, 1],
    [89, 1],
  ] as const),
]);
const types = [...sizes.keys()];

function unitOf(below: Random): Uint8Array {
  if (below(8) === 0) return Uint8Array.from({ length: 2 + below(below(4) === 0 ? 1022 : 40) }, () => below(256));
  const type = types[below(types.length)] ?? 1;
  const count = 1 + below(3);
  return Uint8Array.from([type, count, ...Array.from({ length: count * (sizes.get(type) ?? 0) }, () => below(256))]);
}
