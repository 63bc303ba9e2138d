import type { SiteConfig } from '../../config/site.js';
import type { Accuse, Checker, CheckerKind, Fact, WorldView } from './checker.js';

/** Decision 0020: with every line cut readings still come within 10 s; a watchdog relay is set to 30 s or more. */
const beatsWithinMs = 12_000;
/** From the start of a gateway: 2 s for the disk, 3 s for the hardware, 5 s until every line is scanned. */
const firstBeatMs = 15_000;
/** A loop that hangs is overdue after this: a sensor's 60 s beside its period of 60 s, a unit's 60 s beside its own. */
const stillAfterMs = 130_000;
/** What hangs for good, by name and note of the fault. A disk that hangs is none of them: it must not stop the pin. */
const hangs = /^(?:loop-hangs|box-hangs|box-sensor .*hangs)/;

export const watchdogHonest: CheckerKind = {
  name: 'watchdog-honest',
  promise: 'the watchdog pin moves while the gateway works, and stands still when a loop of it hangs',
  make: (config, accuse) => (config.heartbeats.length === 0 ? {} : new WatchdogHonest(config, accuse)),
};

class WatchdogHonest implements Checker {
  readonly #pins: readonly number[];
  /** When a loop began to hang, by the fault's note. */
  readonly #hanging = new Map<string, number>();
  #mayMissFromMono = 0;
  #wasTold = false;

  constructor(
    { heartbeats }: SiteConfig,
    private readonly accuse: Accuse,
  ) {
    this.#pins = heartbeats.flatMap(({ target }) => (target.kind === 'pin' ? [target.pin] : []));
  }

  see(fact: Fact): void {
    if (fact.kind === 'life.began' || fact.kind === 'life.ended') this.#mayMissFromMono = fact.mono;
    else if (fact.kind === 'fault.began' && hangs.test(nameOf(fact))) this.#hanging.set(nameOf(fact), fact.mono);
    else if (fact.kind === 'fault.ended' && this.#hanging.delete(nameOf(fact))) this.#mayMissFromMono = fact.mono;
  }

  look(world: WorldView): void {
    const { gateway, beatMono, afflictions } = world;
    const nowMono = world.mono();
    if (gateway === null || this.#pins.some((pin) => afflictions.isBroken(`pin:${pin}`))) {
      this.#mayMissFromMono = nowMono;
      return;
    }
    const quietMs = nowMono - Math.max(beatMono ?? 0, this.#mayMissFromMono + firstBeatMs - beatsWithinMs);
    // One that hangs for a short while may be overdue, or not.
    if (this.#hanging.size > 0) this.#judgeStill(nowMono, beatMono ?? 0);
    else if (quietMs > beatsWithinMs) this.#tell(`the watchdog pin stands still for ${Math.round(quietMs / 1000)} s`);
    else this.#wasTold = false;
  }

  #judgeStill(nowMono: number, beatMono: number): void {
    for (const [what, sinceMono] of this.#hanging) {
      const dueMono = Math.max(sinceMono, this.#mayMissFromMono) + stillAfterMs;
      if (nowMono > dueMono && beatMono > dueMono) this.#tell(`the watchdog pin moves though ${what} hangs`);
    }
  }

  #tell(what: string): void {
    if (!this.#wasTold) this.accuse(what);
    this.#wasTold = true;
  }
}

function nameOf({ fault, note }: { readonly fault: string; readonly note: string }): string {
  return `${fault} ${note}`;
}
