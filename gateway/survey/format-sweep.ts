/**
 * One round over the addresses of a line at one speed. The first question to each waits for a short time; whoever is slower is heard
 * during a later question, and is then asked again with patience, as is everything that came garbled.
 */
import type { Heard, LineProber, ReadQuestion } from '../../drivers/modbus/line-prober.js';
import { listenMs, patientMs } from './search-plan.js';

/** Tries with patience before an address counts as garbled. */
const triesMax = 4;
/** Somebody was heard without a question so often: more than a late answer or two. */
const noisyDrainsMin = 3;
/** Behind an answer is listened for a second one for so long, ms. */
export const lingerMs = 50;
/** Refusals of a gateway in the unit's place: busy, no path, no answer (Modbus Application Protocol 1.1b3, 7). */
const gatewayCodes: readonly number[] = [6, 10, 11];

export interface Found {
  readonly address: number;
  readonly table: 'holding' | 'input';
  readonly kind: 'values' | 'refusal';
  readonly answerMs: number;
  /** Answered one question twice. */
  readonly isDouble: boolean;
  /** Some tries came broken. */
  readonly wasBroken: boolean;
}

export interface Sweep {
  readonly found: readonly Found[];
  /** Something answers there, and never so that it can be read. */
  readonly garbled: readonly number[];
  /** Again and again somebody speaks who was not asked: so many bytes. 0: not so. */
  readonly noiseBytes: number;
}

export interface SweepOptions {
  readonly prober: LineProber;
  readonly addresses: readonly number[];
  readonly table: 'holding' | 'input';
  readonly waitMs: number;
  /** What a silent address costs, ms: how many of the last ones a late answer may belong to. */
  readonly probeMs: number;
  readonly isOver: () => boolean;
  readonly onProgress: (done: number, found: number) => void;
}

export async function sweep(options: SweepOptions): Promise<Sweep> {
  return new FormatSweep(options).run();
}

export function presenceQuestion(table: 'holding' | 'input'): ReadQuestion {
  return { table, address: 0, count: 1 };
}

/** Whether a unit has answered, and not a gateway for it. */
export function isPresent(heard: Heard): heard is Extract<Heard, { kind: 'values' | 'refusal' }> {
  return heard.kind === 'values' || (heard.kind === 'refusal' && !gatewayCodes.includes(heard.code));
}

class FormatSweep {
  readonly #found = new Map<number, Found>();
  readonly #garbled = new Set<number>();
  /** Asked with patience already. */
  readonly #settled = new Set<number>();
  #unaskedBytes = 0;
  #noisyDrains = 0;

  constructor(private readonly options: SweepOptions) {}

  async run(): Promise<Sweep> {
    const { addresses, isOver, onProgress } = this.options;
    for (const [index, address] of addresses.entries()) {
      if (isOver()) break;
      onProgress(index, this.#found.size);
      const heard = await this.#ask(address, this.options.waitMs);
      const suspects = this.#suspectsOf(heard, index);
      if (suspects.length > 0) await this.#settle(suspects);
    }
    // The last one may be slow as well.
    const last = addresses.at(-1);
    if (last !== undefined && !isOver() && (await this.#drain()) > 0)
      await this.#settle(addresses.slice(-this.#reach()));
    const noiseBytes = this.#noisyDrains >= noisyDrainsMin ? this.#unaskedBytes : 0;
    return { found: [...this.#found.values()], garbled: [...this.#garbled], noiseBytes };
  }

  /** Who has to be asked again, after what was heard at the address with this index. */
  #suspectsOf(heard: Heard, index: number): readonly number[] {
    const { addresses } = this.options;
    const known = heard.others.filter((address) => addresses.includes(address));
    for (const address of known) this.#sawAgain(address);
    if (heard.kind === 'garbage') {
      // Late answers of others that came whole name themselves; what did not may be of any that was asked just before.
      const recent = addresses.slice(Math.max(0, index - this.#reach()), index + 1);
      return known.length > 0 ? [...known, ...addresses.slice(index, index + 1)] : recent;
    }
    // What was asked while somebody else spoke may not have been understood.
    return known.length === 0 ? [] : isPresent(heard) ? known : [...known, ...addresses.slice(index, index + 1)];
  }

  /** So many of the last addresses may still answer. */
  #reach(): number {
    return Math.ceil(patientMs / this.options.probeMs);
  }

  /** An answer of a unit that had answered before. */
  #sawAgain(address: number): void {
    const before = this.#found.get(address);
    if (before !== undefined) this.#found.set(address, { ...before, isDouble: true });
  }

  async #settle(addresses: readonly number[]): Promise<void> {
    for (const address of new Set(addresses)) {
      if (this.options.isOver()) return;
      if (this.#settled.has(address) || this.#found.has(address)) continue;
      this.#settled.add(address);
      if (await this.#isGarbled(address)) this.#garbled.add(address);
    }
  }

  /** Asks with patience, then a few times more when it came broken; true when it always does. */
  async #isGarbled(address: number): Promise<boolean> {
    for (let tries = 0; tries < triesMax; tries++) {
      await this.#drain();
      const isFirst = tries === 0;
      const { waitMs } = this.options;
      const heard = await this.#ask(address, isFirst ? Math.max(patientMs, waitMs) : waitMs, !isFirst);
      // A late answer that came whole belongs to somebody else.
      if (heard.kind !== 'garbage' || heard.others.length > 0) return false;
    }
    return true;
  }

  async #ask(address: number, waitMs: number, wasBroken = false): Promise<Heard> {
    const { prober, table } = this.options;
    const heard = await prober.ask(address, presenceQuestion(table), { waitMs, lingerMs });
    if (isPresent(heard)) {
      const { kind, answerMs } = heard;
      const isDouble = heard.others.includes(address);
      this.#found.set(address, { address, table, kind, answerMs, isDouble, wasBroken });
    }
    return heard;
  }

  /** Until the line is quiet. Tells how many bytes came. */
  async #drain(): Promise<number> {
    const bytes = await this.options.prober.listen(listenMs);
    this.#unaskedBytes += bytes;
    if (bytes > 0) this.#noisyDrains++;
    return bytes;
  }
}
