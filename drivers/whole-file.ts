/**
 * A file that is whole or not there: written beside, brought to the disk, put in its place by one rename, and the rename brought to the disk. Whoever
 * is killed or loses power in between leaves the old file as it was.
 */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Its owner's alone, where nothing else is said. */
const ownMode = 0o600;
const modeBits = 0o777;

export interface WholeFileOptions {
  /** Of a file with secrets; left out: as the file in its place has them, 0600 for a new one. */
  readonly mode?: number;
  /** Before anything is written: whose it becomes. */
  readonly prepare?: (file: FileHandle) => Promise<void>;
}

/**
 * Its folder must be there. Rejects when the disk does not take it; the old file is there then, or, if only the last step failed, the new one,
 * which a power cut may take back. One writer per file.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { mode, prepare }: WholeFileOptions = {},
): Promise<void> {
  const bits = mode ?? (await modeOf(path)) ?? ownMode;
  const beside = `${path}.new`;
  // What a killed writer left; or a link that somebody laid there for us to write through.
  await removeIfThere(beside);
  const file = await open(
    beside,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    bits,
  );
  try {
    try {
      // The process's mask took bits away from what was asked for.
      await file.chmod(bits);
      await prepare?.(file);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (cause) {
    // A full disk gets its room back.
    await removeIfThere(beside).catch(() => undefined);
    throw cause;
  }
  await syncFolder(dirname(path));
}

/** Brings renames and removals in it to the disk. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function modeOf(path: string): Promise<number | null> {
  const facts = await lstat(path).catch(() => null);
  return facts === null || !facts.isFile() ? null : facts.mode & modeBits;
}

async function removeIfThere(path: string): Promise<void> {
  await unlink(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
  });
}
