/**
 * A small file of secrets: only its owner reads it; it is whole or not there (drivers/whole-file.ts). One that
 * can not be understood is never overwritten: it is set aside under a name of its own first.
 */
import { chown, type FileHandle, mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { writeWhole } from '../../../../drivers/whole-file.js';

/** One that is longer was not written by us, bytes. */
const readMaxBytes = 256 * 1024;
/** Kept of those set aside; then none is, and writing is refused. */
const asideMax = 99;

export type Kept<Content> =
  | { readonly kind: 'content'; readonly content: Content }
  | { readonly kind: 'none' }
  /** It is there and can not be understood (`damaged`), or the system does not give it (`unreadable`). `why` names no content. */
  | { readonly kind: 'damaged' | 'unreadable'; readonly why: string };

export class KeptFile<Content> {
  constructor(
    readonly path: string,
    private readonly shape: z.ZodType<Content>,
  ) {}

  async read(): Promise<Kept<Content>> {
    try {
      const file = await open(this.path, 'r');
      try {
        const facts = await file.stat();
        if (!facts.isFile() || facts.size > readMaxBytes) return { kind: 'damaged', why: 'no file of ours' };
        return this.#understood(await file.readFile('utf8'));
      } finally {
        await file.close();
      }
    } catch (error) {
      const code = codeOf(error);
      return code === 'ENOENT' ? { kind: 'none' } : { kind: 'unreadable', why: code };
    }
  }

  /** Rejects when the disk does not keep it: what was there before is there then. */
  async write(content: Content): Promise<void> {
    const folder = dirname(this.path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const before = await this.read();
    // It may be well, and another's (root's): nothing is put in its place.
    if (before.kind === 'unreadable') throw Object.assign(new Error(this.path), { code: before.why, path: this.path });
    if (before.kind === 'damaged') await this.#setAside();
    await writeWhole(this.path, `${JSON.stringify(content, null, 1)}\n`, {
      mode: 0o600,
      prepare: (file) => ownedAsFolder(file, folder),
    });
  }

  /** Changes when the file does; null: there is none. */
  async mark(): Promise<string | null> {
    try {
      const { ino, mtimeMs, ctimeMs, size } = await stat(this.path);
      return `${ino} ${mtimeMs} ${ctimeMs} ${size}`;
    } catch {
      return null;
    }
  }

  #understood(text: string): Kept<Content> {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return { kind: 'damaged', why: 'no JSON' };
    }
    const parsed = this.shape.safeParse(json);
    if (parsed.success) return { kind: 'content', content: parsed.data };
    const [issue] = parsed.error.issues;
    return { kind: 'damaged', why: `${issue?.path.join('.') ?? ''} ${issue?.code ?? ''}`.trim() };
  }

  async #setAside(): Promise<void> {
    for (let at = 1; at <= asideMax; at++) {
      const aside = `${this.path}.damaged-${at}`;
      if ((await exists(aside)) === false) return rename(this.path, aside);
    }
    throw new Error(`${this.path}.damaged-1 … ${asideMax}: 请先移走 / move them away first`);
  }
}

/** Root at the command line writes a file that the gateway, who is not root, must read. The folder may be just as new. */
async function ownedAsFolder(file: FileHandle, folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(join(folder, '..'));
  await chown(folder, uid, gid);
  await file.chown(uid, gid);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
