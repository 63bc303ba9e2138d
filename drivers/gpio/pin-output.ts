import type { OutputTarget } from '../../config/site.js';
import type { OutputHandle, OutputPin, PinBoard } from '../driver.js';

/** A siren, strobe or lamp on a GPIO pin. The pin's level has changed when `command` returns. */
export class PinOutput implements OutputHandle {
  readonly afterProcessEnd;
  readonly #pin: OutputPin;

  /** Throws PIN-001 or PIN-002. */
  constructor(board: PinBoard, target: Extract<OutputTarget, { kind: 'pin' }>) {
    this.afterProcessEnd = board.afterProcessEnd;
    this.#pin = board.openOutput(target.pin, target.activeLow);
  }

  async command(on: boolean): Promise<void> {
    this.#pin.set(on);
  }

  async readBack(): Promise<boolean> {
    return this.#pin.read();
  }
}
