/**
 * The built page. Its files are read once, at the start, and kept with their compressed form: what is not in this list does not exist,
 * so that no path of a request ever reaches the file system.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Answer } from './call.js';
import { refused } from './refusal.js';

/** Files and bytes of the page; it is ten times smaller. More is a page that was not built by us. */
const filesMax = 200;
const bytesMax = 8 * 1024 * 1024;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.txt': 'text/plain; charset=utf-8',
};
const isSmallerZipped = /^(?:text|application|image\/svg)/;

interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly zipped: Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface PageRequest {
  readonly path: string;
  readonly takesGzip: boolean;
  readonly ifNoneMatch: string | null;
}

export class StaticPage {
  readonly #files: ReadonlyMap<string, PageFile>;

  constructor(folder: string) {
    this.#files = readPage(folder);
  }

  /** Null: the page has no such file. */
  answer({ path, takesGzip, ifNoneMatch }: PageRequest): Answer | null {
    const file = this.#files.get(path === '/' ? '/index.html' : path);
    if (file === undefined) return path === '/' ? notBuilt : null;
    if (ifNoneMatch === file.headers['etag']) return { kind: 'same', headers: file.headers };
    if (file.zipped === null || !takesGzip) return { kind: 'bytes', ...file };
    return {
      kind: 'bytes',
      type: file.type,
      bytes: file.zipped,
      headers: { ...file.headers, 'content-encoding': 'gzip' },
    };
  }
}

function readPage(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  let bytesInAll = 0;
  for (const path of pathsIn(folder)) {
    const type = types[extname(path)];
    if (type === undefined) continue;
    const bytes = readFileSync(path);
    bytesInAll += bytes.length;
    if (files.size >= filesMax || bytesInAll > bytesMax) {
      throw new Error(`the page in ${folder} has more than ${filesMax} files or ${bytesMax} bytes`);
    }
    files.set(`/${relative(folder, path).split(sep).join('/')}`, pageFile(path, type, bytes));
  }
  return files;
}

function pathsIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

function pageFile(path: string, type: string, bytes: Uint8Array): PageFile {
  // Vite puts a digest of the content into the names of what the page loads: such a file never changes.
  const isForEver = path.includes(`${sep}assets${sep}`) && /-[\w-]{8,}\.\w+$/.test(path);
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  return {
    type,
    bytes,
    zipped: isSmallerZipped.test(type) ? gzipSync(bytes, { level: 9 }) : null,
    headers: {
      'cache-control': isForEver ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: `"${digest}"`,
      vary: 'accept-encoding',
    },
  };
}

const notBuilt = refused(
  503,
  'page-not-built',
  { zh: '值守页面没有安装', en: 'the page of the panel is not installed' },
  { hint: { zh: '运行 npm run build', en: 'run npm run build' } },
);
