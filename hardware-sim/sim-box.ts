/** The box that a simulated village's gateway runs on: how warm it is, how full its disk, how weak its supply. */
import type { BoxFigure } from '../config/site.js';
import type { BoxSensor } from '../drivers/driver.js';
import { DriverError } from '../drivers/driver-error.js';

/** What a sensor of the simulated box does when asked: tells a value, fails, or never answers until it is told otherwise. */
export type SimBoxValue = number | string | 'unreadable' | 'hangs';

export class SimBox {
  readonly #values = new Map<BoxFigure, SimBoxValue>([
    ['temperature', 47],
    ['disk_free', 82],
    ['memory', 95],
    ['supply', 'normal'],
    ['mains', 'on_mains'],
    ['battery_voltage', 16.2],
    ['battery_charge', 96],
    ['battery_cell', 4.04],
  ]);
  readonly #waiting: (() => void)[] = [];
  /** One for each thing that this box can tell. */
  readonly sensors: readonly BoxSensor[] = [...this.#values.keys()].map((what) => ({
    what,
    read: () => this.#read(what),
  }));
  readonly #asked = new Map<BoxFigure, number>();

  /** How often it was asked, answered or not. */
  asked(what: BoxFigure): number {
    return this.#asked.get(what) ?? 0;
  }

  /** Throws RangeError for what this box has no sensor for. */
  set(what: BoxFigure, value: SimBoxValue): void {
    if (!this.#values.has(what)) throw new RangeError(`${what} is measured by the gateway itself`);
    this.#values.set(what, value);
    for (const goOn of this.#waiting.splice(0)) goOn();
  }

  async #read(what: BoxFigure): Promise<number | string> {
    this.#asked.set(what, this.asked(what) + 1);
    while (this.#values.get(what) === 'hangs') await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const value = this.#values.get(what);
    if (value === undefined || value === 'unreadable') throw new DriverError('BOX-001', what);
    return value;
  }
}
