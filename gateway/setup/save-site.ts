/** Puts a new site file in its place: whole or not at all, readable by its group only, and never over another one unasked. */
import { lstat, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../../drivers/whole-file.js';

/** Households stand in it: nothing for others on the box. */
const siteMode = 0o640;

export type Saved =
  | { readonly ok: true; readonly backup: string | null }
  /** Something is there already. */
  | { readonly ok: false };

/** `isForced`: what is there is kept as `<file>.bak`. Rejects with what the system says. */
export async function saveSite(file: string, text: string, isForced: boolean): Promise<Saved> {
  if (!(await isThere(file))) {
    await put(file, text);
    return { ok: true, backup: null };
  }
  if (!isForced) return { ok: false };
  const backup = `${file}.bak`;
  await put(backup, await readFile(file));
  await put(file, text);
  return { ok: true, backup };
}

export async function isThere(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null)) !== null;
}

/** The gateway's group is the one of the folder (`/etc/gengfu`): the file is written by root. */
async function put(file: string, content: string | Uint8Array): Promise<void> {
  const folder = await stat(path.dirname(file));
  await writeWhole(file, content, {
    mode: siteMode,
    prepare: async (handle) => {
      const own = await handle.stat();
      // Whoever may not give it away writes it for a group of its own; doctor tells when the gateway can not read it.
      if (own.gid !== folder.gid) await handle.chown(own.uid, folder.gid).catch(() => undefined);
    },
  });
}
