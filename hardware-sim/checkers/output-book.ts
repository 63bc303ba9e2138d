import type { OutputId } from '../../config/ids.js';
import type { Fact, WorldView } from './checker.js';

/** What the outputs of the world did, and what the journal says that they were told. */
export class OutputBook {
  readonly #changedMono = new Map<string, number>();
  readonly #lastOnMono = new Map<string, number>();
  readonly #commanded = new Map<string, { readonly on: boolean; readonly mono: number; readonly life: number }>();

  see(fact: Fact): void {
    if (fact.kind === 'output') {
      this.#changedMono.set(fact.output, fact.mono);
      this.#lastOnMono.set(fact.output, fact.mono);
    }
    if (fact.kind !== 'seen' || fact.seen.kind !== 'entry') return;
    const { kind, detail } = fact.seen.entry;
    const { output, on } = detail;
    if (kind !== 'output.commanded' || typeof output !== 'string' || typeof on !== 'boolean') return;
    this.#commanded.set(output, { on, mono: fact.mono, life: fact.life });
  }

  /** When it was last on; -Infinity: never. */
  lastOnMono(output: OutputId, world: WorldView): number {
    return world.outputIsOn(output) ? world.mono() : (this.#lastOnMono.get(output) ?? Number.NEGATIVE_INFINITY);
  }

  /** Since when it is as it is; -Infinity: from the beginning. */
  sinceMono(output: OutputId): number {
    return this.#changedMono.get(output) ?? Number.NEGATIVE_INFINITY;
  }

  /** The last order that was journaled. */
  commanded(output: OutputId): { readonly on: boolean; readonly mono: number; readonly life: number } | null {
    return this.#commanded.get(output) ?? null;
  }
}
