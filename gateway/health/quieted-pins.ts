/** Pins that hold their level, of a gateway after whose end somebody quiets those that must go quiet. */
import type { InputPin, OutputPin, PinBoard } from '../../drivers/driver.js';

export class QuietedPins implements PinBoard {
  readonly afterProcessEnd = 'as-promised';

  constructor(private readonly board: PinBoard) {}

  openOutput(pin: number, activeLow: boolean): OutputPin {
    return this.board.openOutput(pin, activeLow);
  }

  openInput(pin: number): InputPin {
    return this.board.openInput(pin);
  }

  close(): void {
    this.board.close();
  }
}
