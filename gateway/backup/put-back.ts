/** Writes what was planned: each file whole or not at all, what stood there beside it as `….before-restore`. */
import { chown, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../../drivers/whole-file.js';
import type { OwnerNames } from './owner-names.js';
import type { Step } from './restore-plan.js';

export const asideSuffix = '.before-restore';
/** Of folders that have to be made: the owner's alone, as in the data folder. */
const folderMode = 0o700;

/**
 * Rejects at the first file that the disk does not take; those before it are written, and can be written again. What is already there and the
 * same is left alone.
 * @param isRoot only root can give files away; whoever else restores owns them.
 */
export async function putBack(steps: readonly Step[], names: OwnerNames, isRoot: boolean): Promise<void> {
  for (const { file, to, there } of steps) {
    if (there === 'the-same') continue;
    const { uid, gid } = names.numbersOf(file.owner, file.group);
    const give = isRoot && uid !== null && gid !== null;
    const made = await mkdir(path.dirname(to), { recursive: true, mode: folderMode });
    if (give && made !== undefined) await giveFolders(made, path.dirname(to), uid, gid);
    if (there === 'another') await rename(to, `${to}${asideSuffix}`);
    await writeWhole(to, file.content, {
      mode: file.mode,
      prepare: async (handle) => {
        if (give) await handle.chown(uid, gid);
      },
    });
  }
}

/** The ones that were made, from the first down to the last. */
async function giveFolders(first: string, last: string, uid: number, gid: number): Promise<void> {
  for (let folder = last; folder.length >= first.length; folder = path.dirname(folder)) await chown(folder, uid, gid);
}
