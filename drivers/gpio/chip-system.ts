/** What the character device asks of the operating system; tests put a made-up kernel here. */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type Libc, loadLibc } from '../native/libc.js';

export interface ChipSystem extends Pick<Libc, 'ioctl' | 'waitReadable'> {
  /** Paths of the chips there are, e.g. `/dev/gpiochip0`. */
  chips(): readonly string[];
  /** Throws what the system throws. */
  open(path: string): number;
  close(fd: number): void;
  /** Takes away what waits to be read, at most `bytes`. Blocks when nothing does: only after `waitReadable`. */
  drain(fd: number, bytes: number): void;
  /** The text of a file under /sys/module, trimmed; null when there is none. */
  moduleParameter(module: string, name: string): string | null;
}

const devices = '/dev';
const modules = '/sys/module';

/** Rejects when koffi is missing. */
export async function openChipSystem(): Promise<ChipSystem> {
  const libc = await loadLibc();
  return {
    ...libc,
    chips: () =>
      readdirSync(devices)
        .filter((name) => /^gpiochip\d+$/.test(name))
        .sort()
        .map((name) => join(devices, name)),
    open: (path) => openSync(path, 'r'),
    close: (fd) => closeSync(fd),
    drain: (fd, bytes) => void readSync(fd, new Uint8Array(bytes)),
    moduleParameter: (module, name) => {
      try {
        return readFileSync(join(modules, module, 'parameters', name), 'utf8').trim();
      } catch {
        return null;
      }
    },
  };
}
