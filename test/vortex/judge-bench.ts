/** Where the judges sit. One that asks for what can not be seen from outside a process leaves, and is named. */
import type { Checker, CheckerKind, Fact, WorldView } from '../../hardware-sim/checkers/checker.js';

/** What one judge is heard of; the first is what matters. */
const accusationsMax = 20;

/** The world of a process has no such thing. */
export class NotFromOutside extends Error {
  constructor(readonly what: string) {
    super(`${what} can not be seen from outside a process`);
    this.name = 'NotFromOutside';
  }
}

export interface Judgement {
  readonly judge: string;
  readonly verdict: 'content' | 'accuses' | 'left out';
  /** Why it was left out. */
  readonly why: string | null;
  readonly accusations: readonly { readonly mono: number; readonly what: string }[];
}

interface Seat {
  readonly name: string;
  readonly checker: Checker;
  readonly accusations: { readonly mono: number; readonly what: string }[];
  leftOut: string | null;
}

export class JudgeBench {
  readonly #seats: readonly Seat[];

  /** @param cannot judges that have nothing to judge here, by name, with the reason. */
  constructor(
    kinds: readonly CheckerKind[],
    private readonly world: WorldView,
    cannot: Readonly<Record<string, string>> = {},
  ) {
    this.#seats = kinds.map(({ name, make }) => {
      const accusations: Seat['accusations'] = [];
      const checker = make(world.config, (what) => {
        if (accusations.length < accusationsMax) accusations.push({ mono: world.mono(), what });
      });
      return { name, checker, accusations, leftOut: cannot[name] ?? null };
    });
  }

  see(fact: Fact): void {
    for (const seat of this.#seats) this.#ask(seat, () => seat.checker.see?.(fact, this.world));
  }

  look(): void {
    for (const seat of this.#seats) this.#ask(seat, () => seat.checker.look?.(this.world));
  }

  async conclude(): Promise<void> {
    for (const seat of this.#seats) {
      if (seat.leftOut !== null) continue;
      try {
        await seat.checker.conclude?.(this.world);
      } catch (error) {
        this.#dismiss(seat, error);
      }
    }
  }

  get accusationCount(): number {
    return this.#seats.reduce((sum, { leftOut, accusations }) => sum + (leftOut === null ? accusations.length : 0), 0);
  }

  get judgements(): readonly Judgement[] {
    return this.#seats.map(({ name, accusations, leftOut }) => {
      if (leftOut !== null) return { judge: name, verdict: 'left out', why: leftOut, accusations: [] };
      return { judge: name, verdict: accusations.length === 0 ? 'content' : 'accuses', why: null, accusations };
    });
  }

  #ask(seat: Seat, question: () => void): void {
    if (seat.leftOut !== null) return;
    try {
      question();
    } catch (error) {
      this.#dismiss(seat, error);
    }
  }

  #dismiss(seat: Seat, error: unknown): void {
    if (!(error instanceof NotFromOutside)) throw error;
    seat.leftOut = error.message;
  }
}
