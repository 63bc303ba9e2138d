/**
 * Lines out of the bytes of an AT port, cut anywhere, and the prompt for a PDU, which has no end of line. What is longer than any modem
 * speaks is dropped up to its end.
 */

const lineMax = 2_048;

export class AtLines {
  #rest = '';
  #isSkipping = false;

  /** Whole lines, without blanks around them and without empty ones. */
  take(bytes: Uint8Array): readonly string[] {
    const pieces = (this.#rest + Buffer.from(bytes).toString('latin1')).split(/[\r\n]+/);
    this.#rest = pieces.pop() ?? '';
    if (this.#isSkipping && pieces.length > 0) {
      pieces.shift();
      this.#isSkipping = false;
    }
    if (this.#rest.length > lineMax) {
      this.#rest = '';
      this.#isSkipping = true;
    }
    return pieces.map((line) => line.trim()).filter((line) => line !== '' && line.length <= lineMax);
  }

  /** The modem waits for a PDU; told once. */
  takePrompt(): boolean {
    if (this.#isSkipping || !this.#rest.startsWith('>')) return false;
    this.#rest = '';
    return true;
  }
}
