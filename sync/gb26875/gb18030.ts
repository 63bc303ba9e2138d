/**
 * Text as GB 18030, in which the standard writes names and descriptions. The runtime decodes it but does not encode it: every code is
 * decoded once, and the table is that answer turned round (made when the first text is sent).
 */

const asciiLast = 0x7e;
const blank = 0x20;
const newline = 0x0a;
/** Of the 16-bit plane: 0x81308130 to 0x8431a439, as a running number. */
const fourByteCodes = 39_420;
/** Running number of U+10000, code 0x90308130; from there on they follow each other. */
const firstBeyond = 189_000;
/** Marks a running number in the table, beside codes of two bytes. */
const isFour = 0x8000_0000;

const decoder = new TextDecoder('gb18030');

/** UTF-16 code unit → code of two bytes, or running number of one of four. */
let table: Uint32Array | null = null;

/** Makes the table now (some ms), so that the first text does not wait for it. */
export function prepareGb18030(): void {
  table ??= makeTable();
}

/** At most so many bytes, cut between two characters. What is no character, or none for a display, becomes a blank. */
export function encodeGb18030(text: string, maxBytes: number): Uint8Array {
  table ??= makeTable();
  const bytes: number[] = [];
  for (const char of text) {
    const code = codeOf(char.codePointAt(0) ?? blank, table);
    if (bytes.length + code.length > maxBytes) break;
    bytes.push(...code);
  }
  return Uint8Array.from(bytes);
}

/** Up to the first NUL, without the blanks behind it. What means nothing becomes U+FFFD; it never throws. */
export function decodeGb18030(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0);
  return decoder.decode(nul < 0 ? bytes : bytes.subarray(0, nul)).replace(/ +$/, '');
}

function codeOf(point: number, codes: Uint32Array): readonly number[] {
  if (point < blank || point === 0x7f) return [blank];
  if (point <= asciiLast) return [point];
  if (point > 0xffff) return fourBytes(firstBeyond + point - 0x1_0000);
  const code = codes[point] ?? 0;
  if (code === 0) return [blank];
  return code >= isFour ? fourBytes(code - isFour) : [code >> 8, code & 0xff];
}

function fourBytes(running: number): readonly number[] {
  return [
    0x81 + Math.floor(running / 12_600),
    0x30 + (Math.floor(running / 1260) % 10),
    0x81 + (Math.floor(running / 10) % 126),
    0x30 + (running % 10),
  ];
}

function makeTable(): Uint32Array {
  const made = new Uint32Array(0x1_0000);
  // Those of two bytes last: where a character has both, the shorter one is sent.
  const fours = Array.from({ length: fourByteCodes }, (_, i) => i);
  turnRound(fours, fourBytes, (i) => isFour + i, made);
  const twos: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) twos.push(lead * 256 + trail);
  }
  turnRound(
    twos,
    (code) => [code >> 8, code & 0xff],
    (code) => code,
    made,
  );
  return made;
}

function turnRound(
  codes: readonly number[],
  bytesOf: (code: number) => readonly number[],
  entryOf: (code: number) => number,
  made: Uint32Array,
): void {
  // Each code on a line of its own: one that means nothing can then not swallow its neighbour.
  const bytes = Uint8Array.from(codes.flatMap((code) => [...bytesOf(code), newline]));
  const rows = decoder.decode(bytes).split('\n');
  codes.forEach((code, i) => {
    const row = rows[i] ?? '';
    const unit = row.length === 1 ? row.charCodeAt(0) : 0;
    if (unit > asciiLast && unit !== 0xfffd) made[unit] = entryOf(code);
  });
}
