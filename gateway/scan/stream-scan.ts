/** A line whose devices speak by themselves: nobody is asked, so only silences and the link make faults. */
import type { DeviceId } from '../../config/ids.js';
import type { LineConfig, StreamConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { DriverError } from '../../drivers/driver-error.js';
import { lineSubject, unitSubject } from '../alarm/site-subjects.js';
import type { TellFault } from '../alarm/subject.js';
import { errorDetail, hintOf } from './fault-hints.js';
import { FaultTeller } from './fault-teller.js';

export interface StreamScanOptions {
  readonly config: LineConfig;
  readonly devices: readonly StreamConfig[];
  readonly clock: Clock;
  readonly onFault: TellFault;
}

export class StreamScan {
  readonly #teller: FaultTeller;
  /** What is known of each device; one that is not here has not been heard, nor been silent long enough. */
  readonly #silent = new Map<DeviceId, boolean>();
  #error: DriverError | null = null;
  #isOpened = false;

  constructor(private readonly options: StreamScanOptions) {
    this.#teller = new FaultTeller(options.clock, options.onFault);
  }

  /** A device of the line is heard. */
  get answers(): boolean {
    return this.#isOpened && this.options.devices.some(({ id }) => this.#silent.get(id) === false);
  }

  stop(): void {
    this.#teller.stop();
  }

  /** The listener has forgotten what it was told. */
  retell(): void {
    this.#teller.retell();
  }

  /** The line was opened (null) or can not be. What was silent before is heard anew. */
  setLink(error: DriverError | null): void {
    this.#error = error;
    this.#isOpened = error === null;
    this.#tell();
  }

  /** This device was heard again, or is silent from now on. */
  saw(device: DeviceId, what: 'heard' | 'silent'): void {
    this.#silent.set(device, what === 'silent');
    this.#tell();
  }

  /** Nobody is asked on such a line, so nobody answers twice. */
  sawTwoAnswers(): void {}

  #tell(): void {
    const { config, devices } = this.options;
    const error = this.#error;
    if (error !== null) {
      this.#teller.tell(lineSubject(config), true, () => ({
        line: config.id,
        ...errorDetail(error, config.transport),
      }));
      return;
    }
    if (this.#isOpened) this.#teller.tell(lineSubject(config), false, () => ({}));
    for (const device of devices) {
      const isSilent = this.#silent.get(device.id);
      if (isSilent === undefined) continue;
      this.#teller.tell(unitSubject(device), isSilent, () => ({
        reason: 'stream-silent',
        line: config.id,
        unit: device.address,
        ...hintOf('stream-silent'),
      }));
    }
  }
}
