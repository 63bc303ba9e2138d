/**
 * The serial ports of a Linux system and what hangs on them, from the files that the kernel and udev make: nothing is started, and
 * udev need not run. `root` is the root of the file system, so that a test can make one.
 */
import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export interface SerialPortInfo {
  /** The name that stays when another adapter is plugged in: one of ours, by number, by socket, else the tty itself. */
  readonly path: string;
  /** The tty that the kernel made: `/dev/ttyUSB0`. */
  readonly tty: string;
  /** What the adapter says of itself, or its driver; null: nothing is known. */
  readonly adapter: string | null;
}

/** Ports looked at; a box has a few. What is above stays away, last names first. */
const portsMax = 64;
/** Folders above a tty's device in which the adapter's own files may stand. */
const climbMax = 6;
const textMaxChars = 80;
/** UARTs of boards and adapters; consoles of keyboards and screens are none. */
const ttyName = /^tty(?:USB|ACM|AMA|S|SC|mxc|O|THS|XRUSB|CH343USB|CH9344USB)[0-9]+$|^ttyAML[0-9]+$/;

/** Best names first, then by tty. Never rejects: what can not be read is not there. */
export async function listSerialPorts(root = '/'): Promise<readonly SerialPortInfo[]> {
  const names = (await namesIn(join(root, 'sys/class/tty'))).filter((name) => ttyName.test(name)).sort(byNumber);
  const stable = await stableNames(root);
  const consoles = new Set((await textOf(join(root, 'sys/class/tty/console/active')))?.split(' '));
  const ports: SerialPortInfo[] = [];
  for (const name of names) {
    if (ports.length >= portsMax) break;
    const device = join(root, 'sys/class/tty', name, 'device');
    // Kernel and login speak there: at another speed nobody could read them, and what they say is no answer.
    if (consoles.has(name)) continue;
    if (!(await isThere(device)) || (await isPhantom(root, name))) continue;
    const tty = `/dev/${name}`;
    if (!(await isThere(join(root, tty)))) continue;
    ports.push({ path: stable.get(tty) ?? tty, tty, adapter: await adapterAt(device) });
  }
  return ports;
}

/** The best stable name of each tty. */
async function stableNames(root: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const folders = [
    { folder: '/dev/serial/by-path', fits: () => true },
    { folder: '/dev/serial/by-id', fits: () => true },
    { folder: '/dev', fits: (name: string) => name.startsWith('gengfu-') },
  ];
  // Later ones are better. Adapters without a number of their own share one name by id: then only the last one has it.
  for (const { folder, fits } of folders) {
    for (const name of (await namesIn(join(root, folder))).filter(fits).sort()) {
      const link = join(root, folder, name);
      const target = await readlink(link).catch(() => null);
      if (target !== null) found.set(`/dev/${basename(target)}`, `${folder}/${name}`);
    }
  }
  return found;
}

/** The kernel makes ttyS0 to ttyS3 whether there are UARTs or not: a type of 0 says that there is none. */
async function isPhantom(root: string, name: string): Promise<boolean> {
  if (!/^ttyS[0-9]+$/.test(name)) return false;
  return (await textOf(join(root, 'sys/class/tty', name, 'type'))) === '0';
}

/** Maker and product as the adapter tells them, and its numbers; of a UART on the board its driver. */
async function adapterAt(device: string): Promise<string | null> {
  let folder = await realpath(device).catch(() => null);
  for (let step = 0; folder !== null && step < climbMax; step++) {
    const [vendor, product] = await Promise.all([textOf(join(folder, 'idVendor')), textOf(join(folder, 'idProduct'))]);
    if (vendor !== null && product !== null) {
      const [maker, name] = await Promise.all([textOf(join(folder, 'manufacturer')), textOf(join(folder, 'product'))]);
      const said = [maker, name].filter((text) => text !== null).join(' ');
      return said === '' ? `${vendor}:${product}` : `${said} (${vendor}:${product})`;
    }
    folder = dirname(folder);
  }
  const driver = await readlink(join(device, 'driver')).catch(() => null);
  return driver === null ? null : basename(driver);
}

async function textOf(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  // Whatever an adapter calls itself is shown: no control characters, and not endlessly.
  const shown =
    text
      ?.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '')
      .trim()
      .slice(0, textMaxChars) ?? '';
  return shown === '' ? null : shown;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
