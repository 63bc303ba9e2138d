/** The only file that touches serialport: a tty (or a binding that plays one) as a ByteLink. */
import { SerialPort, type SerialPortOpenOptions } from 'serialport';
import type { LineConfig } from '../../config/site.js';
import type { Clock } from '../clock.js';
import type { ByteLink, ByteLinkEvents, OpenByteLink } from '../driver.js';
import { DriverError, type DriverErrorCode } from '../driver-error.js';

type Options = SerialPortOpenOptions<typeof SerialPort.binding>;

/** serialport says why an open failed in words only; this table is the one place that reads them. */
const openFailures: readonly (readonly [RegExp, DriverErrorCode])[] = [
  [/no such file|file not found|does not exist|ENOENT/i, 'LINK-001'],
  [/permission denied|EACCES/i, 'LINK-002'],
  [/cannot lock port|resource temporarily unavailable|device or resource busy|locked/i, 'LINK-003'],
];

const closeMaxMs = 1000;

/** How a line's tty is opened. `binding` replaces the system's ttys (the simulator's mock binding). */
export function serialLinkOpener(config: LineConfig, clock: Clock, binding?: unknown): OpenByteLink {
  return (events) => {
    const settings = {
      path: config.path,
      baudRate: config.baud,
      dataBits: config.dataBits,
      parity: config.parity,
      stopBits: config.stopBits,
      autoOpen: false,
      ...(binding === undefined ? {} : { binding }),
    };
    const serialPort = new SerialPort(settings as unknown as Options);
    return new Promise((resolve, reject) => {
      serialPort.open((error) => {
        if (error === null) resolve(new SerialLink(serialPort, config.path, clock, events));
        else reject(openError(config.path, error));
      });
    });
  };
}

function openError(path: string, error: Error): DriverError {
  const known = openFailures.find(([pattern]) => pattern.test(error.message));
  return new DriverError(known?.[1] ?? 'LINK-004', path, error.message, error);
}

class SerialLink implements ByteLink {
  #isOpen = true;

  constructor(
    private readonly serialPort: SerialPort,
    private readonly path: string,
    private readonly clock: Clock,
    events: ByteLinkEvents,
  ) {
    const down = (error: Error | null): void => {
      if (!this.#isOpen) return;
      this.#isOpen = false;
      events.onDown(new DriverError('LINK-005', path, error?.message ?? null, error));
      this.#letGo().catch(() => undefined);
    };
    serialPort.on('data', (bytes: Uint8Array) => {
      if (this.#isOpen) events.onBytes(bytes, clock.mono());
    });
    serialPort.on('error', down);
    serialPort.on('close', down);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** A write on a closed serialport would wait for the next open and leave then; so a closed link refuses here. */
  write(bytes: Uint8Array): Promise<void> {
    if (!this.#isOpen) return Promise.reject(new DriverError('LINK-005', this.path));
    return new Promise((resolve, reject) => {
      this.serialPort.write(Buffer.from(bytes), (error) => {
        if (error === null || error === undefined) resolve();
        else reject(new DriverError('LINK-006', this.path, error.message, error));
      });
    });
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    await this.#letGo();
  }

  #letGo(): Promise<void> {
    if (!this.serialPort.isOpen) return Promise.resolve();
    return new Promise((resolve) => {
      const giveUp = this.clock.after(closeMaxMs, resolve);
      this.serialPort.close(() => {
        giveUp();
        resolve();
      });
    });
  }
}
