/** What the character device asks of the operating system; tests put a made-up kernel here. */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { loadLibc } from '../native/libc.js';
const devices = '/dev';
const modules = '/sys/module';
/** Rejects when koffi is missing. */
export async function openChipSystem() {
    const libc = await loadLibc();
    return {
        ...libc,
        chips: () => readdirSync(devices)
            .filter((name) => /^gpiochip\d+$/.test(name))
            .sort()
            .map((name) => join(devices, name)),
        open: (path) => openSync(path, 'r'),
        close: (fd) => closeSync(fd),
        drain: (fd, bytes) => void readSync(fd, new Uint8Array(bytes)),
        moduleParameter: (module, name) => {
            try {
                return readFileSync(join(modules, module, 'parameters', name), 'utf8').trim();
            }
            catch {
                return null;
            }
        },
    };
}
