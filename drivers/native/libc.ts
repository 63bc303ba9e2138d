/** Calls of the C library that Node has not. The only file that touches koffi, which is optional. */
import { getSystemErrorName } from 'node:util';

export interface Libc {
  /** Hands `struct` to the kernel, which may fill it. Null when it went well, else the name of the error (`EBUSY`). */
  ioctl(fd: number, request: number, struct: Uint8Array): string | null;
  /** The same with a plain number instead of a struct. */
  ioctlNumber(fd: number, request: number, value: number): string | null;
  /** Whether somebody keeps the kernel's clock right, whichever NTP program it is; null when the kernel does not tell. */
  isClockKept(): boolean | null;
  /** Resolves with those of `fds` from which something can be read, as soon as there is one; with none after `timeoutMs`, or at
   * once when one of them is broken. Waits on a thread of Node's pool, and never rejects. */
  waitReadable(fds: readonly number[], timeoutMs: number): Promise<readonly number[]>;
  /** Sends one datagram to a socket of this machine; a leading `@` is Linux's abstract name. Never waits: a full queue is
   * EAGAIN. Null when it went well, else the name of the error. */
  sendUnix(path: string, bytes: Uint8Array): string | null;
}

/** struct sockaddr_un (unix(7)): family, then up to 108 bytes of path. */
const unixFamily = 1;
const unixPathMaxBytes = 107;
/** SOCK_DGRAM | SOCK_CLOEXEC: no child shall have it. MSG_DONTWAIT | MSG_NOSIGNAL. The same on x86 and ARM. */
const datagramSocket = 0x80002;
const neitherWaitNorSignal = 0x4040;

/** struct pollfd (poll.h): descriptor, events asked for, events that are there. */
const pollBytes = 8;
const pollIn = 1;

/** struct timex (sys/timex.h) is 208 bytes at most; all zero means: change nothing, only tell. */
const timexBytes = 256;
/** TIME_ERROR: what adjtimex returns while STA_UNSYNC is set. The same on every machine, where the place of the bit is not. */
const clockUnkept = 5;

let loading: Promise<Libc> | null = null;

/** Rejects when koffi is not installed, or not for this machine. Loaded once, by whoever first needs it. */
export function loadLibc(): Promise<Libc> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Libc> {
  const koffi = (await import('koffi')).default;
  const library = koffi.load(null);
  const ioctl = library.func('int ioctl(int fd, unsigned long request, uint8_t *struct)');
  const ioctlNumber = library.func('int ioctl(int fd, unsigned long request, unsigned long value)');
  const adjtimex = library.func('int adjtimex(uint8_t *timex)');
  const failed = (result: unknown): string | null => (result === -1 ? getSystemErrorName(-koffi.errno()) : null);
  const socket = library.func('int socket(int domain, int type, int protocol)');
  const sendto = library.func(
    'long sendto(int fd, uint8_t *bytes, size_t length, int flags, uint8_t *address, unsigned int addressLength)',
  );
  const close = library.func('int close(int fd)');
  const poll = library.func('int poll(uint8_t *fds, unsigned long count, int timeout)');
  return {
    ioctl: (fd, request, struct) => failed(ioctl(fd, request, struct)),
    ioctlNumber: (fd, request, value) => failed(ioctlNumber(fd, request, value)),
    isClockKept: () => {
      const state: unknown = adjtimex(new Uint8Array(timexBytes));
      return typeof state !== 'number' || state < 0 ? null : state !== clockUnkept;
    },
    sendUnix: (path, bytes) => {
      const address = unixAddress(path);
      if (address === null) return 'ENAMETOOLONG';
      const fd: unknown = socket(unixFamily, datagramSocket, 0);
      if (typeof fd !== 'number' || fd < 0) return failed(fd);
      const sent: unknown = sendto(fd, bytes, bytes.length, neitherWaitNorSignal, address, address.length);
      const failure = failed(Number(sent));
      close(fd);
      return failure;
    },
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

function unixAddress(path: string): Uint8Array | null {
  const name = Buffer.from(path);
  if (name.length > unixPathMaxBytes) return null;
  const isAbstract = path.startsWith('@');
  if (isAbstract) name[0] = 0;
  // An abstract name is as long as it is told; another one ends with a zero.
  const address = Buffer.alloc(2 + name.length + (isAbstract ? 0 : 1));
  address.writeUInt16LE(unixFamily);
  name.copy(address, 2);
  return address;
}
