/**
 * Simulated wires as serial ports: a binding for the `serialport` package, so that its real stream code runs in tests.
 * Errors read as those of a real tty on Linux do. To pull the adapter, `wire.unplug()`; to put it back, `wire.replug()`.
 */
import { MockBinding } from '@serialport/binding-mock';
import type { ByteWire } from './byte-wire.js';
import { misread } from './speech.js';

/** What `new SerialPort({ path, baudRate, binding })` wants as `binding`. */
export type MockSerialBinding = Pick<typeof MockBinding, 'list' | 'open'>;
type MockPort = Awaited<ReturnType<typeof MockBinding.open>>;

/** What a tty needs of the wire behind it. */
export type TtyEnd = Pick<
  ByteWire,
  'path' | 'firstPath' | 'adapterId' | 'isPlugged' | 'onMasterBytes' | 'onPlug' | 'masterWrite' | 'sent'
> & { readonly speech: Pick<ByteWire['speech'], 'baud'> };

/** A tty has one owner, whichever binding asks. */
const takenWires = new WeakSet<TtyEnd>();

/**
 * `wires` by the tty path where each adapter was plugged in first; a path without a wire, or with an unplugged one, does not
 * exist. An adapter put back under another path is found there, with the serial number it always had.
 */
export function mockSerialBinding(wires: ReadonlyMap<string, TtyEnd>): MockSerialBinding {
  return {
    async list() {
      return [...wires].filter(([, wire]) => wire.isPlugged).map(([path, wire]) => portInfo(pathNow(path, wire), wire));
    },
    async open(options) {
      const wire = [...wires].find(([path, each]) => pathNow(path, each) === options.path)?.[1];
      if (wire?.isPlugged !== true) {
        throw new Error(`Error: No such file or directory, cannot open ${options.path}`);
      }
      if (takenWires.has(wire)) throw new Error('Error Resource temporarily unavailable Cannot lock port');
      takenWires.add(wire);
      MockBinding.createPort(options.path);
      const port = await MockBinding.open(options);
      joinToWire(port, wire);
      return port;
    },
  };
}

/** A wire may be known under another path than it calls itself; that one holds until the adapter is moved. */
function pathNow(path: string, wire: TtyEnd): string {
  return wire.path === wire.firstPath ? path : wire.path;
}

/** What udev tells about a USB adapter: `pnpId` is its name under /dev/serial/by-id. */
function portInfo(path: string, { adapterId }: TtyEnd) {
  return {
    path,
    manufacturer: 'Simulated',
    serialNumber: adapterId,
    pnpId: `usb-Simulated_RS485_${adapterId}-if00-port0`,
    locationId: undefined,
    productId: '7523',
    vendorId: '1a86',
  };
}

/** Puts a wire behind a mock port: its writes go to the wire, the wire's bytes come in, an unplugged wire fails it. */
function joinToWire(port: MockPort, wire: TtyEnd): void {
  const base = {
    read: port.read.bind(port),
    write: port.write.bind(port),
    drain: port.drain.bind(port),
    close: port.close.bind(port),
    update: port.update.bind(port),
  };
  let baud = port.openOptions.baudRate;
  let failRead: ((error: Error) => void) | null = null;
  const heard = (bytes: Uint8Array): Buffer => Buffer.from(baud === wire.speech.baud ? bytes : misread(bytes));

  const stopBytes = wire.onMasterBytes((bytes) => port.emitData(heard(bytes)));
  const stopPlug = wire.onPlug((isPlugged) => {
    if (!isPlugged) failRead?.(unplugged());
  });
  port.read = (buffer, offset, length) =>
    new Promise((resolve, reject) => {
      if (!wire.isPlugged) return reject(unplugged());
      failRead = reject;
      base.read(buffer, offset, length).then(resolve, reject);
    });
  port.write = async (bytes) => {
    if (!wire.isPlugged) throw unplugged();
    await base.write(bytes);
    wire.masterWrite(heard(bytes));
  };
  port.drain = async () => {
    await base.drain();
    await wire.sent();
  };
  port.update = async (options) => {
    await base.update(options);
    baud = options.baudRate;
  };
  port.close = async () => {
    stopBytes();
    stopPlug();
    takenWires.delete(wire);
    await base.close();
  };
}

function unplugged(): Error {
  return new Error('Input/output error');
}
