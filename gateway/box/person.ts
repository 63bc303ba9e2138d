/** Who the gateway is on this box: the user of its unit file, or whoever asks. From /etc/passwd, /etc/group and the unit; never what can not be known. */
import type { BoxView, NodeFacts } from './box-view.js';

/** Where a unit file lies; the first one counts. */
export const unitPaths = [
  '/etc/systemd/system/gengfu.service',
  '/run/systemd/system/gengfu.service',
  '/usr/lib/systemd/system/gengfu.service',
  '/lib/systemd/system/gengfu.service',
] as const;

export interface Person {
  readonly name: string;
  /** Null: this box does not know the user. */
  readonly uid: number | null;
  readonly gids: readonly number[];
  /** Named by the unit file of the service; false: whoever asks. */
  readonly isOfUnit: boolean;
}

export interface UnitFile {
  readonly path: string;
  readonly user: string | null;
  readonly groups: readonly string[];
}

export async function readUnitFile(view: BoxView): Promise<UnitFile | null> {
  for (const path of unitPaths) {
    const text = await view.text(path);
    if (text === null) continue;
    const of = (key: string): readonly string[] =>
      [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].flatMap(([, value = '']) => value.trim().split(/\s+/));
    return { path, user: of('User').at(-1) ?? null, groups: of('SupplementaryGroups').filter((each) => each !== '') };
  }
  return null;
}

/** @param me whoever asks; counts where there is no unit file. */
export async function gatewayPerson(view: BoxView, me: Person): Promise<Person> {
  const unit = await readUnitFile(view);
  if (unit === null) return me;
  const name = unit.user ?? 'root';
  const [, uid = null, gid = null] =
    new RegExp(`^${escaped(name)}:[^:]*:(\\d+):(\\d+):`, 'm').exec((await view.text('/etc/passwd')) ?? '') ?? [];
  const groups = await readGroups(view);
  const gids = groups.filter((each) => each.members.includes(name) || unit.groups.includes(each.name));
  return {
    ...{ name, isOfUnit: true, uid: uid === null ? null : Number(uid) },
    gids: [...(gid === null ? [] : [Number(gid)]), ...gids.map((each) => each.gid)],
  };
}

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

export async function readGroups(view: BoxView): Promise<readonly Group[]> {
  return ((await view.text('/etc/group')) ?? '').split('\n').flatMap((line) => {
    const [name = '', , gid = '', members = ''] = line.split(':');
    return /^\d+$/.test(gid) ? [{ name, gid: Number(gid), members: members.split(',') }] : [];
  });
}

/** By permission bits; access lists and capabilities are not looked at. */
export function mayUse({ uid, gids }: Person, node: NodeFacts, bits: 4 | 6): boolean {
  if (uid === 0) return true;
  const shift = uid === node.uid ? 6 : gids.includes(node.gid) ? 3 : 0;
  return ((node.mode >> shift) & bits) === bits;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
