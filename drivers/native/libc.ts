/** Two calls of the C library that Node has not. The only file that touches koffi, which is optional. */
import { getSystemErrorName } from 'node:util';

export interface Libc {
  /** Hands `struct` to the kernel, which may fill it. Null when it went well, else the name of the error (`EBUSY`). */
  ioctl(fd: number, request: number, struct: Uint8Array): string | null;
  /** Those of `fds` from which something can be read now. Does not wait. */
  readable(fds: readonly number[]): readonly number[];
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
    readable: (fds) => {
      const asked = new DataView(new ArrayBuffer(fds.length * pollBytes));
      fds.forEach((fd, index) => {
        asked.setInt32(index * pollBytes, fd, true);
        asked.setInt16(index * pollBytes + 4, pollIn, true);
      });
      if (poll(new Uint8Array(asked.buffer), fds.length, 0) <= 0) return [];
      return fds.filter((_, index) => (asked.getInt16(index * pollBytes + 6, true) & pollIn) !== 0);
    },
  };
}
