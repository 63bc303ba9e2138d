/** The box's pins over several runtimes: what was opened once stays open, at its level, because a line of the chip that is let go
 * may drop and can not be taken twice by one process. */
import { isDeepStrictEqual } from 'node:util';
import type { SiteConfig } from '../../config/site.js';
import type { InputPin, OutputPin, PinBoard } from '../../drivers/driver.js';

interface KeptOutput {
  readonly pin: OutputPin;
  readonly activeLow: boolean;
}

export class KeptPins {
  readonly #outputs = new Map<number, KeptOutput>();
  readonly #inputs = new Map<number, InputPin>();
  #opening: Promise<PinBoard> | null = null;
  #board: PinBoard | null = null;

  constructor(private readonly openBoard: () => Promise<PinBoard>) {}

  /** The board as one runtime sees it: closing it lets nothing go. Rejects as the board does, and is then asked anew. */
  async open(): Promise<PinBoard> {
    this.#opening ??= this.openBoard();
    try {
      this.#board = await this.#opening;
    } catch (error) {
      this.#opening = null;
      throw error;
    }
    const board = this.#board;
    return {
      afterProcessEnd: board.afterProcessEnd,
      openOutput: (pin, activeLow) => this.#output(board, pin, activeLow),
      openInput: (pin) => {
        const input = this.#inputs.get(pin) ?? board.openInput(pin);
        this.#inputs.set(pin, input);
        return input;
      },
      close: () => undefined,
    };
  }

  /** Pins that this site switches no more go quiet: nobody would ever do it. */
  quietAllBut({ outputs, heartbeats }: SiteConfig): void {
    const wanted = new Set([...outputs, ...heartbeats].flatMap(({ target }) => pinOf(target)));
    for (const [number, { pin }] of this.#outputs) if (!wanted.has(number)) pin.set(false);
  }

  close(): void {
    this.#board?.close();
  }

  #output(board: PinBoard, number: number, activeLow: boolean): OutputPin {
    const kept = this.#outputs.get(number) ?? { pin: board.openOutput(number, activeLow), activeLow };
    this.#outputs.set(number, kept);
    if (kept.activeLow === activeLow) return kept.pin;
    return { set: (on) => kept.pin.set(!on), read: () => !kept.pin.read() };
  }
}

/** Pins that are outputs in one of both and inputs in the other, or another way to the pins or the battery: this takes a new
 * process. */
export function needsNewProcess(before: SiteConfig, after: SiteConfig): boolean {
  if (!isDeepStrictEqual(before.ups, after.ups)) return true;
  if (before.gpio !== null && after.gpio !== null && before.gpio.driver !== after.gpio.driver) return true;
  const [old, next] = [directionsOf(before), directionsOf(after)];
  return [...next].some(([pin, direction]) => old.has(pin) && old.get(pin) !== direction);
}

function directionsOf({ outputs, heartbeats, points }: SiteConfig): ReadonlyMap<number, 'in' | 'out'> {
  const out = [...outputs, ...heartbeats].flatMap(({ target }) => pinOf(target));
  const inputs = points.flatMap(({ source }) => (source.kind === 'pin' ? [source.pin] : []));
  return new Map([...inputs.map((pin) => [pin, 'in'] as const), ...out.map((pin) => [pin, 'out'] as const)]);
}

function pinOf(target: SiteConfig['outputs'][number]['target']): readonly number[] {
  return target.kind === 'pin' ? [target.pin] : [];
}
