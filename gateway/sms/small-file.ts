/** Small files of the data folder, and secrets, as texts. */
import { open } from 'node:fs/promises';
import { writeWhole } from '../../drivers/whole-file.js';

/** More than this is none of ours. */
const maxBytes = 256 * 1024;

/** Null: it is not there. Rejects when it can not be read, or is larger than 256 kB. */
export async function readSmall(path: string): Promise<string | null> {
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw cause;
  });
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    if (size > maxBytes) throw new RangeError(`${path} is larger than ${maxBytes} bytes`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** A text that survives the process; only its owner can read it. */
export function textFile(path: string): { read(): Promise<string | null>; write(text: string): Promise<void> } {
  return { read: () => readSmall(path), write: (text) => writeWhole(path, text, { mode: 0o600 }) };
}
