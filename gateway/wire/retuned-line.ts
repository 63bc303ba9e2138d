/** One line that can be opened at another rate: one of its openings at a time. */
import type { DriverError } from '../../drivers/driver-error.js';
import type { ModbusLine } from '../../drivers/modbus/line.js';
import type { BareLine } from './bare-line.js';

export class RetunedLine {
  #open: { readonly baud: number | null; readonly line: BareLine } | null = null;

  /** `make`: the line, not yet opened, at that rate; null: as it is set, or where no rate can be chosen. */
  constructor(private readonly make: (baud: number | null) => BareLine) {}

  /** The line at this rate, opened if it is not. Never rejects. */
  async at(baud: number | null): Promise<Pick<ModbusLine, 'request'> | DriverError> {
    if (this.#open?.baud === baud) return this.#open.line.line;
    await this.close();
    const line = this.make(baud);
    const error = await line.open();
    if (error !== null) {
      await line.close();
      return error;
    }
    this.#open = { baud, line };
    return line.line;
  }

  /** Resolves when the tty or connection is free for others. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.line.close();
  }
}
