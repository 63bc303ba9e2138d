/** What switches an output: a pin of the box, or a relay of a unit. */
import type { OutputConfig } from '../config/site.js';
import type { OutputHandle, OutputPin, PinBoard } from '../drivers/driver.js';
import { DriverError } from '../drivers/driver-error.js';
import { PinOutput } from '../drivers/gpio/pin-output.js';
import { priorities } from '../drivers/modbus/line-queue.js';
import { ModbusOutput } from '../drivers/modbus/modbus-output.js';
import type { SiteLines } from './site-lines.js';

/** Throws DriverError when the pins are not there (yet). */
export function outputHandle(output: OutputConfig, pins: PinBoard | null, lines: SiteLines): OutputHandle {
  const { target } = output;
  if (target.kind === 'pin') return new PinOutput(boardOf(pins, target.pin), target);
  const { unit, line } = lines.ofUnit(target.device, output.id);
  // No lamp is worth a siren's moment, or a look at a detector.
  const priority = output.kind === 'lamp' ? priorities.operator : priorities.annunciator;
  return new ModbusOutput(line, unit, target, priority);
}

/** The pin itself, for what is faster than orders and proofs. Throws DriverError when the pins are not there (yet). */
export function outputPin(
  target: { readonly pin: number; readonly activeLow: boolean },
  pins: PinBoard | null,
): OutputPin {
  return boardOf(pins, target.pin).openOutput(target.pin, target.activeLow);
}

function boardOf(pins: PinBoard | null, pin: number): PinBoard {
  if (pins === null) throw new DriverError('PIN-001', `GPIO${pin}`);
  return pins;
}
