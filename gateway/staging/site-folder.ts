/** A folder whose files are whole or not there (drivers/whole-file.ts). */
import { constants } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, pause } from '../../drivers/clock.js';
import { syncFolder, writeWhole } from '../../drivers/whole-file.js';

/** No file of the folder is longer; one that is was not written by us. */
const readMaxBytes = 2 * 1024 * 1024;

export interface SiteFolder {
  /** Null: it is not there, or is no file of ours. Rejects when that can not be said. */
  read(name: string): Promise<string | null>;
  /** Rejects when the disk does not keep it; what was there before is there then. */
  write(name: string, text: string): Promise<void>;
  /** Gives it another name, in place of what has that name. */
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** One change after the other: one that was given up (`withinTime`) still goes on, and both would write the same file beside. */
export class DiskFolder implements SiteFolder {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly path: string) {}

  async read(name: string): Promise<string | null> {
    try {
      const file = await open(join(this.path, name), constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        const facts = await file.stat();
        if (!facts.isFile() || facts.size > readMaxBytes) return null;
        return await file.readFile('utf8');
      } finally {
        await file.close();
      }
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  write(name: string, text: string): Promise<void> {
    return this.#inTurn(async () => {
      // Who may read the site file is its owner's business; what is staged may name more than it.
      await mkdir(this.path, { recursive: true, mode: 0o700 });
      await writeWhole(join(this.path, name), text);
    });
  }

  rename(from: string, to: string): Promise<void> {
    return this.#inTurn(async () => {
      await rename(join(this.path, from), join(this.path, to));
      await syncFolder(this.path);
    });
  }

  remove(name: string): Promise<void> {
    return this.#inTurn(async () => {
      await rm(join(this.path, name), { force: true });
      await syncFolder(this.path).catch(() => undefined);
    });
  }

  #inTurn(change: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(change);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

/** The same, and each call rejects when the disk does not answer in time; what it does then may still come to its end. */
export function withinTime(folder: SiteFolder, clock: Clock, maxMs: number): SiteFolder {
  const limited = <T>(call: Promise<T>): Promise<T> => {
    const late = pause(clock, maxMs).then(() => Promise.reject(new Error(`no answer in ${maxMs} ms`)));
    return Promise.race([call, late]);
  };
  return {
    read: (name) => limited(folder.read(name)),
    write: (name, text) => limited(folder.write(name, text)),
    rename: (from, to) => limited(folder.rename(from, to)),
    remove: (name) => limited(folder.remove(name)),
  };
}
