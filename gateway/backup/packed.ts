/** Files as the bytes that are sealed: gzip of JSON, and back. What comes out has paths that stay below their roots. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { filesMax, filesMaxBytes, type KeptFile } from './kept-files.js';
import { isPlaceOf } from './places.js';

/** Base64 is a third longer; the rest is paths. */
const unpackedMaxBytes = 2 * filesMaxBytes;
const pathMaxChars = 400;

const name = z.string().max(64).nullable();
const packed = z.strictObject({
  files: z
    .array(
      z.strictObject({
        root: z.enum(['site', 'data', 'named']),
        path: z.string().min(1).max(pathMaxChars),
        mode: z.int().min(0).max(0o777),
        owner: name,
        group: name,
        base64: z.base64(),
      }),
    )
    .max(filesMax),
});

export async function pack(files: readonly KeptFile[]): Promise<Buffer> {
  const plain = { files: files.map(({ content, ...file }) => ({ ...file, base64: content.toString('base64') })) };
  return promisify(gzip)(Buffer.from(JSON.stringify(plain)));
}

/** Null: these are no packed files, or files that would leave their roots. */
export async function unpack(bytes: Buffer): Promise<readonly KeptFile[] | null> {
  try {
    const plain = await promisify(gunzip)(bytes, { maxOutputLength: unpackedMaxBytes });
    const { files } = packed.parse(JSON.parse(plain.toString('utf8')));
    const isSafe = files.every((file) => isPlaceOf(file.root, file.path));
    const [first] = files;
    if (!isSafe || first === undefined || first.root !== 'site' || first.path.includes('/')) return null;
    return files.map(({ base64, ...file }) => ({ ...file, content: Buffer.from(base64, 'base64') }));
  } catch {
    return null;
  }
}
