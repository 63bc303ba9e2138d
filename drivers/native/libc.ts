/** Two calls of the C library that Node has not. The only file that touches koffi, which is optional. */
import { getSystemErrorName } from 'node:util';

export interface Libc {
  /** Hands `struct` to the kernel, which may fill it. Null when it went well, else the name of the error (`EBUSY`). */
  ioctl(fd: number, request: number, struct: Uint8Array): string | null;
  /** Resolves with those of `fds` from which something can be read, as soon as there is one; with none after `timeoutMs`, or at
   * once when one of them is broken. Waits on a thread of Node's pool, and never rejects. */
  waitReadable(fds: readonly number[], timeoutMs: number): Promise<readonly number[]>;
}

/** struct pollfd (poll.h): descriptor, events asked for, events that are there. */
const pollBytes = 8;
const pollIn = 1;

/** Rejects when koffi is not installed, or not for this machine. */
export async function loadLibc(): Promise<Libc> {
  const koffi = (await import('koffi')).default;
  const library = koffi.load(null);
  const ioctl = library.func('int ioctl(int fd, unsigned long request, uint8_t *struct)');
  const poll = library.func('int poll(uint8_t *fds, unsigned long count, int timeout)');
  return {
    ioctl: (fd, request, struct) => (ioctl(fd, request, struct) === -1 ? getSystemErrorName(-koffi.errno()) : null),
    waitReadable: (fds, timeoutMs) => {
      const asked = new DataView(new ArrayBuffer(fds.length * pollBytes));
      fds.forEach((fd, index) => {
        asked.setInt32(index * pollBytes, fd, true);
        asked.setInt16(index * pollBytes + 4, pollIn, true);
      });
      const isThere = (index: number): boolean => (asked.getInt16(index * pollBytes + 6, true) & pollIn) !== 0;
      return new Promise((resolve) => {
        poll.async(new Uint8Array(asked.buffer), fds.length, timeoutMs, () => {
          resolve(fds.filter((_, index) => isThere(index)));
        });
      });
    },
  };
}
