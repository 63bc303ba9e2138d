/** Which process has a tty open, from /proc: of others' processes only root may see that. */
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

export interface PortHolder {
  readonly pid: number;
  /** As the kernel calls it. */
  readonly name: string;
  /** It is this program, running as a gateway. */
  readonly isGateway: boolean;
}

/** Processes looked at; the rest may hold what they like. */
const processesMax = 4096;

/** Null: nobody, or nobody who can be seen. A pseudo-terminal has two ends, and whoever made it may hold both: it is not looked at.
 * `root` is the root of the file system. */
export function portHolder(path: string, root = '/', own = process.pid): PortHolder | null {
  const tty = realPath(join(root, path));
  if (tty === null || tty.includes('/dev/pts/')) return null;
  const pids = namesIn(join(root, 'proc')).filter((name) => /^[0-9]+$/.test(name));
  for (const pid of pids.slice(0, processesMax)) {
    if (Number(pid) === own) continue;
    const folder = join(root, 'proc', pid);
    const hasIt = namesIn(join(folder, 'fd')).some((fd) => linkOf(join(folder, 'fd', fd)) === tty);
    if (!hasIt) continue;
    const words = textOf(join(folder, 'cmdline')).split('\0');
    const isGateway = words.some((word) => /(?:^|\/)gengfu(?:\.js|-start)?$/.test(word)) && words.includes('run');
    return { pid: Number(pid), name: textOf(join(folder, 'comm')).trim() || `pid ${pid}`, isGateway };
  }
  return null;
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
