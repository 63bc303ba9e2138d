/** Small files and folders of the system as one box shows them. Replaced in tests. */
import { readdir, readFile, statfs } from 'node:fs/promises';

/** What the sensors ask of the system; every call may hang, and is waited for with a limit by whoever asks. */
export interface BoxFiles {
  /** The text of a small file, trimmed. Rejects when it is not there or can not be read. */
  read(path: string): Promise<string>;
  /** Names in a folder; none where there is no such folder. */
  list(path: string): Promise<readonly string[]>;
  /** Blocks of the file system that holds `path`: all, free, and free for this program. Rejects when it can not be told. */
  space(path: string): Promise<DiskSpace>;
  /** Memory that this process holds, bytes. */
  resident(): number;
}

export interface DiskSpace {
  readonly blocks: number;
  readonly free: number;
  readonly available: number;
}

export const systemFiles: BoxFiles = {
  async read(path) {
    return (await readFile(path, 'utf8')).trim();
  },
  async list(path) {
    return await readdir(path).catch(() => []);
  },
  async space(path) {
    const { blocks, bfree, bavail } = await statfs(path);
    return { blocks, free: bfree, available: bavail };
  },
  resident: () => process.memoryUsage.rss(),
};
