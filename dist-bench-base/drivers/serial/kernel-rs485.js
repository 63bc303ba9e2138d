import { DriverError } from '../driver-error.js';
import { loadLibc } from '../native/libc.js';
const setRs485Request = 0x542f;
/** struct serial_rs485: flags, delay before, delay after, five words of padding. */
const structBytes = 32;
const flag = { enabled: 1, rtsOnSend: 2, rtsAfterSend: 4, receivesOwn: 16 };
/** The struct as the kernel wants it (host byte order; every board that runs this is little-endian). */
export function rs485Struct(config) {
    const { rtsOnSend, receivesOwn, delayBeforeMs, delayAfterMs } = config;
    const struct = new Uint8Array(structBytes);
    const view = new DataView(struct.buffer);
    const level = rtsOnSend === 'high' ? flag.rtsOnSend : flag.rtsAfterSend;
    view.setUint32(0, flag.enabled | level | (receivesOwn ? flag.receivesOwn : 0), true);
    view.setUint32(4, delayBeforeMs, true);
    view.setUint32(8, delayAfterMs, true);
    return struct;
}
/** Rejects with LINK-004: koffi is missing, or this tty can not switch by itself (USB adapters, pseudo-terminals). */
export async function setKernelRs485(fd, config, path) {
    if (fd === null)
        throw new DriverError('LINK-004', path, 'rs485 mode kernel needs a real tty');
    let libc;
    try {
        libc = await loadLibc();
    }
    catch (error) {
        throw new DriverError('LINK-004', path, 'rs485 mode kernel needs the package koffi', error);
    }
    if (libc.ioctl(fd, setRs485Request, rs485Struct(config)) !== null) {
        throw new DriverError('LINK-004', path, 'this serial device can not switch RS-485 by itself; use mode rts');
    }
}
