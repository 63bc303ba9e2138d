/**
 * One stretch of bytes on their way from units (or noise) to the master, a byte per character time. Whoever begins while
 * somebody else is still talking spoils every character that both of them speak.
 */
export class AirTime {
  #bytes: Uint8Array;
  #taken = 0;
  #isSpoilt = false;

  constructor(
    readonly startMono: number,
    private readonly charMs: number,
    bytes: Uint8Array,
  ) {
    this.#bytes = new Uint8Array(bytes);
  }

  get endMono(): number {
    return this.startMono + this.#bytes.length * this.charMs;
  }

  /** Somebody else talked at the same time. */
  get isSpoilt(): boolean {
    return this.#isSpoilt;
  }

  get isDone(): boolean {
    return this.#taken >= this.#bytes.length;
  }

  /** When the next `count` characters (or what is left) are through. */
  dueMono(count: number): number {
    return this.startMono + Math.min(this.#taken + count, this.#bytes.length) * this.charMs;
  }

  /** The next `count` characters, for the master. */
  take(count: number): Uint8Array {
    const chunk = this.#bytes.slice(this.#taken, this.#taken + count);
    this.#taken += chunk.length;
    return chunk;
  }

  /** A second talker from `atMono` on. Characters can not come closer together for it. */
  talkOver(bytes: Uint8Array, atMono: number): void {
    this.#isSpoilt = true;
    const first = this.#charAt(atMono);
    const own = this.#bytes;
    if (first + bytes.length > own.length) {
      this.#bytes = new Uint8Array(first + bytes.length);
      this.#bytes.set(own);
    }
    bytes.forEach((byte, i) => {
      this.#bytes[first + i] = garble(own[first + i], byte);
    });
  }

  /** The master itself talks from `fromMono` to `toMono`: what it hears in that time is wrong. */
  spoil(fromMono: number, toMono: number): void {
    this.#isSpoilt = true;
    const last = Math.ceil((toMono - this.startMono) / this.charMs);
    for (let at = this.#charAt(fromMono); at < Math.min(last, this.#bytes.length); at++) {
      this.#bytes[at] = garble(this.#bytes[at], 0xff);
    }
  }

  #charAt(mono: number): number {
    return Math.max(0, Math.floor((mono - this.startMono) / this.charMs));
  }
}

/** Two drivers on one pair: never what the first one sent. `own` undefined: only one of them spoke. */
function garble(own: number | undefined, other: number): number {
  if (own === undefined) return other;
  const mixed = (own & other) ^ 0xa5;
  return mixed === own ? mixed ^ 0x10 : mixed;
}
