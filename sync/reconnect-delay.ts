const firstMs = 1_000;
const capMs = 30_000;
/** Even the luckiest draw leaves the broker a breath. */
const floorMs = 250;
/** A broker that restarts loses all its sites in one moment; their first tries are spread over this. */
const phaseSpreadMs = 5_000;

/** When an uplink tries again: full jitter over a doubling span, and after a lost connection a phase of the site's own. */
export class ReconnectDelay {
  #spanMs = firstMs;
  readonly #phaseMs: number;

  /** @param siteKey same for the same site in every life of the process. */
  constructor(
    siteKey: string,
    private readonly random: () => number,
  ) {
    this.#phaseMs = (hash(siteKey) / 2 ** 32) * phaseSpreadMs;
  }

  nextMs(wasOpen: boolean): number {
    const jitterMs = floorMs + this.random() * this.#spanMs;
    this.#spanMs = Math.min(capMs, this.#spanMs * 2);
    return wasOpen ? this.#phaseMs + jitterMs : jitterMs;
  }

  reset(): void {
    this.#spanMs = firstMs;
  }
}

/** FNV-1a, 32 bit, stirred at the end: names that differ in their last letter get phases far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
