/** Files, folders and devices of the box under a root that tests replace. It reads, never writes, and nothing in it waits for ever. */
import { open, readdir, readlink, realpath, stat, statfs } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Patience } from './patience.js';

/** A small file of the system or a folder that has not answered by then does not count, ms. */
const answerMaxMs = 1000;
/** The rest of a longer file is not read, bytes. */
const textMaxBytes = 256 * 1024;
/** Of a folder, names; the rest is not looked at. */
const namesMax = 4096;

export interface NodeFacts {
  readonly uid: number;
  readonly gid: number;
  /** Permission bits, 0 to 0o7777. */
  readonly mode: number;
  readonly size: number;
  readonly kind: 'file' | 'folder' | 'device' | 'other';
  /** Device number of the disk that holds it. */
  readonly disk: number;
  readonly modifiedWall: number;
}

export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly freeNodes: number;
  readonly totalNodes: number;
}

/** `code`: of the system (`ENOENT`), or `LATE`. */
export type FileText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly code: string };

/** No call rejects. */
export interface BoxView {
  read(path: string): Promise<FileText>;
  /** Trimmed; null: not there, not for us, or late. */
  text(path: string): Promise<string | null>;
  /** None where there is no such folder. */
  names(path: string): Promise<readonly string[]>;
  /** Behind links; null: not there, or late. */
  stat(path: string): Promise<NodeFacts | null>;
  /** Why there is no `stat`: a code as in FileText. */
  whyNot(path: string): Promise<string>;
  /** Where a link leads, as it is written; null: it is none. */
  link(path: string): Promise<string | null>;
  /** Without links; null where it leads nowhere. */
  real(path: string): Promise<string | null>;
  space(path: string): Promise<DiskSpace | null>;
  /** Where this path is for other programs. */
  outside(path: string): string;
}

export class SystemView implements BoxView {
  constructor(
    private readonly patience: Patience,
    private readonly root = '/',
  ) {}

  outside(path: string): string {
    return this.root === '/' ? path : join(this.root, path);
  }

  read(path: string): Promise<FileText> {
    return this.#told(async () => ({ ok: true, text: await readSome(this.outside(path)) }));
  }

  async text(path: string): Promise<string | null> {
    const read = await this.read(path);
    return read.ok ? read.text.trim() : null;
  }

  async names(path: string): Promise<readonly string[]> {
    const names = await this.#quiet(readdir(this.outside(path)));
    return (names ?? []).sort().slice(0, namesMax);
  }

  async stat(path: string): Promise<NodeFacts | null> {
    const found = await this.#quiet(stat(this.outside(path)));
    if (found === null) return null;
    const kind = found.isFile()
      ? 'file'
      : found.isDirectory()
        ? 'folder'
        : found.isCharacterDevice()
          ? 'device'
          : 'other';
    const { uid, gid, mode, size, dev: disk, mtimeMs: modifiedWall } = found;
    return { uid, gid, mode: mode & 0o7777, size, kind, disk, modifiedWall };
  }

  async whyNot(path: string): Promise<string> {
    const told = await this.#told(async () => {
      await stat(this.outside(path));
      return { ok: true, text: '' };
    });
    return told.ok ? '' : told.code;
  }

  link(path: string): Promise<string | null> {
    return this.#quiet(readlink(this.outside(path)));
  }

  async real(path: string): Promise<string | null> {
    const found = await this.#quiet(realpath(this.outside(path)));
    return found === null || this.root === '/' ? found : join('/', relative(this.root, found));
  }

  async space(path: string): Promise<DiskSpace | null> {
    const found = await this.#quiet(statfs(this.outside(path)));
    if (found === null) return null;
    const { bavail, blocks, bsize, ffree: freeNodes, files: totalNodes } = found;
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize, freeNodes, totalNodes };
  }

  async #told(look: () => Promise<FileText>): Promise<FileText> {
    try {
      return (await this.patience.within(look(), answerMaxMs)) ?? { ok: false, code: 'LATE' };
    } catch (error) {
      return { ok: false, code: error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN' };
    }
  }

  #quiet<T>(work: Promise<T>): Promise<T | null> {
    return this.patience.within(work, answerMaxMs).catch(() => null);
  }
}

/** Files of /proc have no size; a pipe or a device is not opened for reading. */
async function readSome(path: string): Promise<string> {
  const found = await stat(path);
  if (!found.isFile()) throw Object.assign(new Error('no file'), { code: 'EISDIR' });
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(textMaxBytes);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, textMaxBytes - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.toString('utf8', 0, length);
  } finally {
    await file.close();
  }
}
