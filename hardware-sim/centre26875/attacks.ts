/** What a hostile or broken centre may send; most are answered with a deny or dropped by whoever keeps to the standard. */
import { writeAdu } from './adu.js';
import { aduMaxBytes, type Frame, type FrameDialect, writeFrame } from './frame.js';
import { commandCodes } from './tables.js';

export const attackKinds = [
  'garbage',
  'bad_sum',
  'bad_end',
  'lying_length',
  'oversize',
  'truncated',
  'foreign_address',
  'unknown_command',
  'unknown_type',
  'count_too_high',
  'trailing_bytes',
  'bad_time',
  'zero_time',
  'nested_mark',
  'stray_confirm',
  'stray_answer',
  'flood',
  'slow_loris',
] as const;
export type AttackKind = (typeof attackKinds)[number];

export interface AttackPlan {
  readonly pieces: readonly Uint8Array[];
  /** Between two pieces, ms; 0: all at once. */
  readonly gapMs: number;
}

export interface AttackGround {
  /** An order to the device with the next serial; what is not said is empty. */
  readonly head: Omit<Frame, 'command' | 'adu'>;
  readonly dialect: FrameDialect;
  /** 0 to 1. */
  readonly chance: () => number;
}

const garbageBytes = 200;
const floodFrames = 500;
/** A frame byte by byte: nearly a minute for the shortest. */
const lorisGapMs = 2_000;
const nobody = 'ffffffffffff';
const reservedCommand = 9;
const reservedType = 70;
/** Larger than any serial that is under way, unless more than 30,000 are. */
const straySteps = 30_000;

export function planAttack(kind: AttackKind, ground: AttackGround): AttackPlan {
  const pieces = piecesOf(kind, ground);
  return { pieces, gapMs: kind === 'slow_loris' ? lorisGapMs : 0 };
}

function piecesOf(kind: AttackKind, { head, dialect, chance }: AttackGround): readonly Uint8Array[] {
  const { control, request, confirm, answer } = commandCodes;
  const frame = (command: number, adu: Uint8Array, other: Partial<Frame> = {}): Uint8Array =>
    writeFrame({ ...head, command, adu, ...other }, dialect);
  const initialise = writeAdu(89, [{}], dialect.timeCoding);
  const spoilt = (change: (bytes: Uint8Array) => void): readonly Uint8Array[] => {
    const bytes = frame(control, initialise);
    change(bytes);
    return [bytes];
  };
  switch (kind) {
    case 'garbage':
      return [Uint8Array.from({ length: garbageBytes }, () => Math.floor(chance() * 256))];
    case 'bad_sum':
      return spoilt((bytes) => bytes.set([((bytes.at(-3) ?? 0) + 1) & 255], bytes.length - 3));
    case 'bad_end':
      return spoilt((bytes) => bytes.set([0x24, 0x24], bytes.length - 2));
    case 'lying_length':
      // It says 1,000 bytes and sends three: whoever waits for the rest swallows the good frame behind it.
      return [
        ...spoilt((bytes) => bytes.set([0xe8, 0x03], 24)),
        frame(request, writeAdu(81, [{}], dialect.timeCoding)),
      ];
    case 'oversize':
      return [frame(control, new Uint8Array(aduMaxBytes + 1).fill(1))];
    case 'truncated':
      return [frame(control, initialise).subarray(0, 20)];
    case 'foreign_address':
      return [frame(control, initialise, { destination: nobody })];
    case 'unknown_command':
      return [frame(reservedCommand, initialise)];
    case 'unknown_type':
      return [frame(request, Uint8Array.from([reservedType, 1, 0]))];
    case 'count_too_high':
      return [frame(request, Uint8Array.from([62, 255, 1, 1, 0, 0, 0, 0]))];
    case 'trailing_bytes':
      return [frame(control, Uint8Array.from([...initialise, 1, 2, 3]))];
    case 'bad_time':
      return [frame(control, Uint8Array.from([90, 1, 99, 99, 99, 99, 99, 199]))];
    case 'zero_time':
      return [frame(control, Uint8Array.from([90, 1, 0, 0, 0, 0, 0, 0]), { time: null })];
    case 'nested_mark':
      // Marks inside a data unit are data.
      return [frame(control, Uint8Array.from([200, 1, 0x40, 0x40, 0x23, 0x23, 0x40, 0x40]))];
    case 'stray_confirm':
      return [frame(confirm, new Uint8Array(0), { serial: (head.serial + straySteps) & 65_535 })];
    case 'stray_answer':
      return [frame(answer, writeAdu(25, [{ major: 1, minor: 1 }], dialect.timeCoding))];
    case 'flood':
      return Array.from({ length: floodFrames }, (_, i) =>
        frame(request, writeAdu(81, [{}], dialect.timeCoding), { serial: (head.serial + i) & 65_535 }),
      );
    case 'slow_loris':
      return [...frame(request, writeAdu(81, [{}], dialect.timeCoding))].map((byte) => Uint8Array.of(byte));
  }
}
