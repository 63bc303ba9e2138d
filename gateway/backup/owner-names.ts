/** Owners by name: numbers differ from box to box. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface OwnerNames {
  /** Null: the number has no name here. */
  of(uid: number, gid: number): { readonly owner: string | null; readonly group: string | null };
  /** Null: there is nobody of that name here. */
  numbersOf(owner: string | null, group: string | null): { readonly uid: number | null; readonly gid: number | null };
}

/** From `etc/passwd` and `etc/group` below `root`; what can not be read has no names. */
export async function readOwnerNames(root = '/'): Promise<OwnerNames> {
  const [users, groups] = await Promise.all(['passwd', 'group'].map((file) => namesOf(path.join(root, 'etc', file))));
  const nameOf = (table: ReadonlyMap<string, number> | undefined, id: number): string | null =>
    [...(table ?? [])].find(([, number]) => number === id)?.[0] ?? null;
  return {
    of: (uid, gid) => ({ owner: nameOf(users, uid), group: nameOf(groups, gid) }),
    numbersOf: (owner, group) => ({
      uid: owner === null ? null : (users?.get(owner) ?? null),
      gid: group === null ? null : (groups?.get(group) ?? null),
    }),
  };
}

async function namesOf(file: string): Promise<ReadonlyMap<string, number>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const rows = text.split('\n').map((line) => line.split(':'));
  return new Map(rows.flatMap(([name = '', , id = '']) => (/^\d+$/.test(id) ? [[name, Number(id)] as const] : [])));
}
