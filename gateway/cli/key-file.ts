/** The file of a secret key on the district's side, for orders and for receipts: JSON, readable by its owner only. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { type SigningKey, signingKeyOf } from '../../sync/signing-key.js';
import type { Lang } from './teller.js';

const keyFile = z.strictObject({
  for: z.literal('gengfu-key-v1'),
  keyId: z.string().min(1).max(40),
  seed: z.string().length(44),
});

export interface KeyOfFile {
  readonly keyId: string;
  readonly seed: string;
  /** Others on this computer can read it. */
  readonly isOpen: boolean;
}

/** Never overwrites one. Rejects when the file is there or can not be written. */
export async function writeKeyFile(path: string, keyId: string, { seed }: SigningKey): Promise<void> {
  const text = `${JSON.stringify({ for: 'gengfu-key-v1', keyId, seed })}\n`;
  await writeFile(path, text, { flag: 'wx', mode: 0o600 });
}

/** Rejects when it can not be read, or is none. Never says what stands in it. */
export async function readKeyFile(path: string): Promise<KeyOfFile> {
  const [text, { mode }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
  try {
    const { keyId, seed } = keyFile.parse(JSON.parse(text));
    signingKeyOf(seed);
    return { keyId, seed, isOpen: (mode & 0o077) !== 0 };
  } catch {
    throw new Error(`${path}: 应为 gengfu command keygen 写的文件 / expected a file that gengfu command keygen wrote`);
  }
}

/** For a file that is open to others. */
export function openKeyWords(path: string, lang: Lang): string {
  return lang === 'zh' ? `注意：他人可读 ${path}，请 chmod 600` : `mind: others can read ${path}; chmod 600 it`;
}
