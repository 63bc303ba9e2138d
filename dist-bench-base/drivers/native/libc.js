/** Calls of the C library that Node has not. The only file that touches koffi, which is optional. */
import { getSystemErrorName } from 'node:util';
/** struct pollfd (poll.h): descriptor, events asked for, events that are there. */
const pollBytes = 8;
const pollIn = 1;
/** struct timex (sys/timex.h) is 208 bytes at most; all zero means: change nothing, only tell. */
const timexBytes = 256;
/** TIME_ERROR: what adjtimex returns while STA_UNSYNC is set. The same on every machine, where the place of the bit is not. */
const clockUnkept = 5;
let loading = null;
/** Rejects when koffi is not installed, or not for this machine. Loaded once, by whoever first needs it. */
export function loadLibc() {
    loading ??= load();
    return loading;
}
async function load() {
    const koffi = (await import('koffi')).default;
    const library = koffi.load(null);
    const ioctl = library.func('int ioctl(int fd, unsigned long request, uint8_t *struct)');
    const ioctlNumber = library.func('int ioctl(int fd, unsigned long request, unsigned long value)');
    const adjtimex = library.func('int adjtimex(uint8_t *timex)');
    const failed = (result) => (result === -1 ? getSystemErrorName(-koffi.errno()) : null);
    const poll = library.func('int poll(uint8_t *fds, unsigned long count, int timeout)');
    return {
        ioctl: (fd, request, struct) => failed(ioctl(fd, request, struct)),
        ioctlNumber: (fd, request, value) => failed(ioctlNumber(fd, request, value)),
        isClockKept: () => {
            const state = adjtimex(new Uint8Array(timexBytes));
            return typeof state !== 'number' || state < 0 ? null : state !== clockUnkept;
        },
        waitReadable: (fds, timeoutMs) => {
            const asked = new DataView(new ArrayBuffer(fds.length * pollBytes));
            fds.forEach((fd, index) => {
                asked.setInt32(index * pollBytes, fd, true);
                asked.setInt16(index * pollBytes + 4, pollIn, true);
            });
            const isThere = (index) => (asked.getInt16(index * pollBytes + 6, true) & pollIn) !== 0;
            return new Promise((resolve) => {
                poll.async(new Uint8Array(asked.buffer), fds.length, timeoutMs, () => {
                    resolve(fds.filter((_, index) => isThere(index)));
                });
            });
        },
    };
}
