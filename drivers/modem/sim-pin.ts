/**
 * The PIN of a SIM, which locks itself after three wrong ones. A PIN that was refused is never tried again, also after a restart; one whose
 * answer a power cut swallowed is tried once more.
 *
 *   untried ──try──▶ trying ──READY──▶ accepted          trying, found at a start ──try──▶ trying again ──found──▶ not tried
 *                       └──refused──▶ refused, for ever
 */
import { createHash } from 'node:crypto';

/** Of three; the last one belongs to a person. */
const openTriesMax = 2;

/** Where it stands what was tried; survives the process. */
export interface PinMemory {
  /** Null: nothing was. */
  read(): Promise<string | null>;
  write(mark: string): Promise<void>;
}

export interface PinSource extends PinMemory {
  /** Digits; null: the site file names no file for it. Rejects when it can not be read. */
  readPin(): Promise<string | null>;
}

export type PinTry = { readonly kind: 'try'; readonly pin: string } | { readonly kind: 'none' | 'refused' };

const pinShape = /^\d{4,8}$/;

interface Mark {
  readonly sum: string;
  readonly refused: boolean;
  readonly open: number;
}

/** Whether a PIN may be tried now; it is noted before it is. Rejects when that can not be noted: then it is not tried. */
export async function pinToTry(source: PinSource): Promise<PinTry> {
  const pin = (await source.readPin())?.trim() ?? null;
  if (pin === null || !pinShape.test(pin)) return { kind: 'none' };
  const mark = readMark(await source.read());
  const isSame = mark !== null && mark.sum === sumOf(pin);
  if (isSame && (mark.refused || mark.open >= openTriesMax)) return { kind: 'refused' };
  await note(source, { sum: sumOf(pin), refused: false, open: isSame ? mark.open + 1 : 1 });
  return { kind: 'try', pin };
}

/** What the SIM said to it. */
export async function pinTried(source: PinSource, pin: string, isAccepted: boolean): Promise<void> {
  await note(source, { sum: sumOf(pin), refused: !isAccepted, open: 0 });
}

function note(memory: PinMemory, mark: Mark): Promise<void> {
  return memory.write(JSON.stringify(mark));
}

/** A short number is no secret behind a digest, but it does not stand in clear in one more file. */
function sumOf(pin: string): string {
  return createHash('sha256').update(`gengfu sim ${pin}`).digest('hex');
}

function readMark(text: string | null): Mark | null {
  if (text === null) return null;
  try {
    const mark = JSON.parse(text) as Partial<Record<keyof Mark, unknown>> | null;
    const { sum, refused, open } = mark ?? {};
    const isMark = typeof sum === 'string' && typeof refused === 'boolean' && typeof open === 'number';
    return isMark ? { sum, refused, open } : null;
  } catch {
    // Damaged: as if nothing was tried; the SIM has three tries.
    return null;
  }
}
