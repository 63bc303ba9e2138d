/** The file of a secret key on the district's side: JSON, readable by its owner only. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { signingKeyOf } from '../../sync/signing-key.js';
const keyFile = z.strictObject({
    for: z.literal('gengfu-command-v1'),
    keyId: z.string().min(1).max(40),
    seed: z.string().length(44),
});
/** Never overwrites one. Rejects when the file is there or can not be written. */
export async function writeKeyFile(path, keyId, { seed }) {
    const text = `${JSON.stringify({ for: 'gengfu-command-v1', keyId, seed })}\n`;
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
}
/** Rejects when it can not be read, or is none. Never says what stands in it. */
export async function readKeyFile(path) {
    const [text, { mode }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    try {
        const { keyId, seed } = keyFile.parse(JSON.parse(text));
        signingKeyOf(seed);
        return { keyId, seed, isOpen: (mode & 0o077) !== 0 };
    }
    catch {
        throw new Error(`${path}: expected a file that gengfu command keygen wrote`);
    }
}
