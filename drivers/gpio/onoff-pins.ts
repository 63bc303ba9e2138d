/** The only file that touches onoff: GPIO through sysfs. Pins keep their level when the process ends (measured). */
import type { Gpio } from 'onoff';
import type { Cancel } from '../clock.js';
import type { InputPin, OutputPin, PinBoard } from '../driver.js';
import { DriverError } from '../driver-error.js';
import { sysfsNumber } from './sysfs-number.js';

type GpioClass = typeof Gpio;

/** Loads onoff, which is optional: its native part does not build everywhere. Rejects with PIN-001. */
export async function openOnoffPins(): Promise<PinBoard> {
  let gpioClass: GpioClass;
  try {
    gpioClass = (await import('onoff')).Gpio;
  } catch (error) {
    throw new DriverError('PIN-001', 'gpio', 'onoff is not installed', error);
  }
  if (!gpioClass.accessible) throw new DriverError('PIN-001', 'gpio', '/sys/class/gpio is not accessible');
  return new OnoffPins(gpioClass);
}

class OnoffPins implements PinBoard {
  readonly afterProcessEnd = 'holds';
  readonly #watched: Gpio[] = [];

  constructor(private readonly gpioClass: GpioClass) {}

  openOutput(pin: number, activeLow: boolean): OutputPin {
    // 'low'/'high' gives the idle level in one step to a pin that was no output; one that is an output already keeps
    // its level (reconfigureDirection: false), because it may be a running siren.
    const gpio = this.#open(pin, activeLow ? 'high' : 'low', 'none');
    const where = `GPIO${pin}`;
    return {
      set: (on) => guard(where, () => gpio.writeSync(on !== activeLow ? 1 : 0)),
      read: () => guard(where, () => (gpio.readSync() === 1) !== activeLow),
    };
  }

  openInput(pin: number): InputPin {
    const gpio = this.#open(pin, 'in', 'both');
    this.#watched.push(gpio);
    return {
      read: () => guard(`GPIO${pin}`, () => gpio.readSync() === 1),
      onEdge: (moved): Cancel => {
        gpio.watch(moved);
        return () => gpio.unwatch(moved);
      },
    };
  }

  /** Does not unexport: that could let an output drop. */
  close(): void {
    for (const gpio of this.#watched) gpio.unwatchAll();
  }

  #open(pin: number, direction: 'in' | 'low' | 'high', edge: 'none' | 'both'): Gpio {
    const where = `GPIO${pin}`;
    try {
      const number = sysfsNumber(pin);
      if (number === null) throw new Error('no such pin on this board');
      return new this.gpioClass(number, direction, edge, { reconfigureDirection: false });
    } catch (error) {
      throw new DriverError('PIN-002', where, String(error), error);
    }
  }
}

function guard<T>(where: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new DriverError('PIN-003', where, String(error), error);
  }
}
