/** Files → one archive that every `tar` unpacks (POSIX ustar), in memory. Pure. */

const blockBytes = 512;
/** Of a name in its header. */
const nameMaxBytes = 100;

export interface ArchiveFile {
  /** ASCII, `/` between folders, at most 100 bytes. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @param wall of all files, ms since 1970. Throws RangeError for a name that does not fit. */
export function tarOf(files: readonly ArchiveFile[], wall: number): Uint8Array {
  const parts = files.flatMap(({ name, bytes }) => {
    const rest = bytes.length % blockBytes;
    return [headerOf(name, bytes.length, wall), bytes, new Uint8Array(rest === 0 ? 0 : blockBytes - rest)];
  });
  return Buffer.concat([...parts, new Uint8Array(2 * blockBytes)]);
}

function headerOf(name: string, size: number, wall: number): Uint8Array {
  if (!/^[\x21-\x7e]+$/.test(name) || name.length > nameMaxBytes) throw new RangeError(`name of an archive: ${name}`);
  const header = Buffer.alloc(blockBytes);
  const octal = (value: number, digits: number): string => `${Math.floor(value).toString(8).padStart(digits, '0')}\0`;
  const fields: readonly (readonly [at: number, text: string])[] = [
    [0, name],
    [100, octal(0o600, 7)],
    [108, octal(0, 7)],
    [116, octal(0, 7)],
    [124, octal(size, 11)],
    [136, octal(Math.max(0, wall / 1000), 11)],
    // The sum is made with blanks in its own place.
    [148, ' '.repeat(8)],
    [156, '0'],
    [257, 'ustar\0' + '00'],
  ];
  for (const [at, text] of fields) header.write(text, at, 'latin1');
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
    'latin1',
  );
  return header;
}
