/** What the system knows about one tty: where it is, what adapter it is, who holds it, and whether a login waits on it. */
import type { BoxView, NodeFacts } from './box-view.js';

/** Processes that are looked at, and open files of each. */
const processesMax = 2000;
const filesMax = 512;
/** Folders from a tty up to the USB device that it belongs to. */
const upMax = 4;

export interface TtyFacts {
  /** Without links: `/dev/ttyUSB0`. */
  readonly device: string;
  readonly node: NodeFacts;
  /** Maker and model as the adapter says; null: it is none of USB. */
  readonly adapter: string | null;
  /** ms until an FTDI chip hands on what it has; null: another chip. */
  readonly latencyMs: number | null;
  readonly driver: string | null;
}

/** Null: it is not there. */
export async function readTty(view: BoxView, path: string): Promise<TtyFacts | null> {
  const [device, node] = [await view.real(path), await view.stat(path)];
  if (device === null || node === null) return null;
  const name = device.slice(device.lastIndexOf('/') + 1);
  const latency = await view.text(`/sys/bus/usb-serial/devices/${name}/latency_timer`);
  const driver = await view.link(`/sys/class/tty/${name}/device/driver`);
  return {
    ...{ device, node },
    adapter: await adapterOf(view, name),
    latencyMs: /^\d{1,3}$/.test(latency ?? '') ? Number(latency) : null,
    driver: driver === null ? null : driver.slice(driver.lastIndexOf('/') + 1),
  };
}

async function adapterOf(view: BoxView, name: string): Promise<string | null> {
  let folder = await view.real(`/sys/class/tty/${name}/device`);
  for (let up = 0; folder !== null && folder !== '/' && up <= upMax; up++) {
    const vendor = await view.text(`${folder}/idVendor`);
    if (vendor !== null) {
      const product = await view.text(`${folder}/idProduct`);
      const named = [await view.text(`${folder}/manufacturer`), await view.text(`${folder}/product`)];
      return `${named.filter((each) => each !== null).join(' ')} (${vendor}:${product ?? '?'})`.trim();
    }
    folder = folder.slice(0, folder.lastIndexOf('/')) || '/';
  }
  return null;
}

export interface Holder {
  readonly pid: number;
  readonly program: string;
}

/** Which programs hold each device; those of other users are seen by root alone. */
export async function holdersOf(
  view: BoxView,
  devices: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly Holder[]>> {
  const held = new Map<string, Holder[]>();
  const processes = (await view.names('/proc')).filter((name) => /^\d+$/.test(name)).slice(0, processesMax);
  for (const process of processes) {
    const files = (await view.names(`/proc/${process}/fd`)).slice(0, filesMax);
    const targets = new Set(await Promise.all(files.map((file) => view.link(`/proc/${process}/fd/${file}`))));
    for (const device of devices) {
      if (!targets.has(device)) continue;
      const program = (await view.text(`/proc/${process}/comm`)) ?? '?';
      held.set(device, [...(held.get(device) ?? []), { pid: Number(process), program }]);
    }
  }
  return held;
}

/** ttys that the kernel writes its messages to, and that a login waits on. */
export async function consoleTtys(
  view: BoxView,
): Promise<{ readonly kernel: readonly string[]; readonly login: readonly string[] }> {
  const line = (await view.text('/proc/cmdline')) ?? '';
  const named = [...line.matchAll(/(?:^|\s)console=([A-Za-z0-9]+)/g)].map(([, name = '']) => name);
  const kernel = await Promise.all(named.map(async (name) => (await view.real(`/dev/${name}`)) ?? `/dev/${name}`));
  const wanted = await view.names('/etc/systemd/system/getty.target.wants');
  const login = wanted
    .flatMap((name) => /^serial-getty@(.+)\.service$/.exec(name)?.[1] ?? [])
    .map((name) => `/dev/${name}`);
  return { kernel, login };
}
