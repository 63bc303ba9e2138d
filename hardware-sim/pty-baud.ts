/**
 * At which speed the other side of a pseudo-terminal has set it. A pseudo-terminal passes bytes on whatever its speed says, so whoever
 * wants wrong speeds to be misunderstood must look. It keeps speed, but no parity.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Clock } from '../drivers/clock.js';

/** What was held back longer than this before the last bytes, ms, belongs to a request that its master has given up by now. */
const sameRequestMs = 20;
/** What was seen holds for so long, ms: no master closes a tty, opens it at another speed and speaks in less. */
const holdsMs = 30;

export class PtyBaud {
  readonly #shell;
  #baud: number | null = null;
  #seenMono = Number.NEGATIVE_INFINITY;
  #held: { readonly bytes: Uint8Array; readonly atMono: number }[] = [];
  #isAsking = false;

  /** `take` gets the bytes of the master in their order, with the speed at which it sent them; null: not known. */
  constructor(
    path: string,
    private readonly clock: Clock,
    private readonly take: (bytes: Uint8Array, baud: number | null) => void,
  ) {
    // One shell that starts the small program: starting it from here takes ten times as long.
    this.#shell = spawn('sh', ['-c', 'while read -r _; do stty -F "$0" speed || echo 0; done', path], {
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    });
    this.#shell.on('error', () => this.#answer(null));
    this.#shell.stdin.on('error', () => undefined);
    createInterface({ input: this.#shell.stdout }).on('line', (text) => this.#answer(Number(text) || null));
  }

  /** Bytes as they came in. They are held back until the speed is known. */
  receive(bytes: Uint8Array): void {
    if (!this.#isAsking && this.clock.mono() - this.#seenMono < holdsMs) {
      // As long as it speaks it does not change its speed.
      this.#seenMono = this.clock.mono();
      this.take(bytes, this.#baud);
      return;
    }
    this.#held.push({ bytes, atMono: this.clock.mono() });
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#shell.stdin.write('\n');
  }

  stop(): void {
    this.#shell.stdin.end();
  }

  #answer(baud: number | null): void {
    this.#baud = baud;
    this.#seenMono = this.clock.mono();
    this.#isAsking = false;
    const lastMono = this.#held.at(-1)?.atMono ?? 0;
    for (const { bytes, atMono } of this.#held.splice(0)) {
      if (lastMono - atMono <= sameRequestMs) this.take(bytes, baud);
    }
  }
}
