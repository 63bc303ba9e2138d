/**
 * Text as GB 18030 (8.3 of the standard: descriptions and configurations). The runtime only reads it, so codes are found by reading them
 * all once, when the first text is written that is not ASCII.
 */
const decoder = new TextDecoder('gb18030');
/** What has no code. */
const unknown: readonly number[] = [0x3f];
const separator = 0x0a;
/** Codes of four bytes: so many for the 16-bit plane, and from this running number on all planes behind it in their order. */
const fourBytesInPlane = 39_420;
const firstBeyondPlane = 189_000;

let codes: ReadonlyMap<string, readonly number[]> | null = null;

export function readGbText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Whole characters alone, and no more bytes than that. */
export function writeGbText(text: string, maxBytes: number): readonly number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = codeOf(character);
    if (bytes.length + code.length > maxBytes) break;
    bytes.push(...code);
  }
  return bytes;
}

function codeOf(character: string): readonly number[] {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return [point];
  if (point > 0xffff) return fourBytes(firstBeyondPlane + point - 0x1_0000);
  codes ??= readAll();
  return codes.get(character) ?? unknown;
}

function readAll(): ReadonlyMap<string, readonly number[]> {
  const all: (readonly number[])[] = [];
  for (let running = 0; running < fourBytesInPlane; running++) all.push(fourBytes(running));
  // Of two codes for one character the shorter one counts.
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) all.push([lead, trail]);
  const texts = decoder.decode(Uint8Array.from(all.flatMap((code) => [...code, separator]))).split('\n');
  return new Map(texts.map((text, i) => [text, all[i] ?? unknown] as const).filter(([text]) => text !== '\ufffd'));
}

/** Their digits have 126, 10, 126 and 10 values, from 81 30 81 30 on. */
function fourBytes(running: number): readonly number[] {
  const parts = [running / 12_600, (running / 1_260) % 10, (running / 10) % 126, running % 10].map(Math.floor);
  return parts.map((part, i) => part + (i % 2 === 0 ? 0x81 : 0x30));
}
