import type { SiteConfig } from '../../config/site.js';
import type { Accuse, Checker, CheckerKind, Fact, WorldView } from './checker.js';

/** Decision 0020: with every line cut readings still come within 10 s; a watchdog relay is set to 30 s or more. */
const beatsWithinMs = 12_000;
/** From the start of a gateway: 2 s for the disk, 3 s for the hardware, 5 s until every line is scanned. */
const firstBeatMs = 15_000;
/** A question to a sensor of the box may last so long, beside its period: until then nothing hangs that matters. */
const patienceMs = 60_000;
/** Sensors of the box are asked so often; what changes slowly, once a minute. */
const periodMs = 10_000;
const slowPeriodMs = 60_000;
const slow: ReadonlySet<string> = new Set(['temperature', 'disk_free']);
/** A gateway that starts asks for the first time a little later. */
const slackMs = 10_000;
/** The only loops that the world can stop: of all else that hangs (disk, horns, lines, centre) the gateway must not. */
const sensorHangs = /^(?<sensor>\w+): hangs$/;

export const watchdogHonest: CheckerKind = {
  name: 'watchdog-honest',
  promise:
    'the watchdog pin moves while the gateway works, whatever hangs beside it, and stands still when a loop of it hangs',
  make: (config, accuse) => (config.heartbeats.length === 0 ? {} : new WatchdogHonest(config, accuse)),
};

interface Hang {
  readonly sinceMono: number;
  /** So many faults at the same time let this sensor hang. */
  faults: number;
}

class WatchdogHonest implements Checker {
  readonly #pins: readonly number[];
  readonly #hanging = new Map<string, Hang>();
  /** Start of the gateway. */
  #bornMono = 0;
  /** It could move its pins since then. */
  #ableMono = 0;
  /** When it last had a reason to stand still. */
  #excusedMono = 0;
  #wasTold = false;

  constructor(
    { heartbeats }: SiteConfig,
    private readonly accuse: Accuse,
  ) {
    this.#pins = heartbeats.flatMap(({ target }) => (target.kind === 'pin' ? [target.pin] : []));
  }

  see(fact: Fact): void {
    if (fact.kind === 'life.began') this.#bornMono = this.#ableMono = fact.mono;
    if (fact.kind !== 'fault.began' && fact.kind !== 'fault.ended') return;
    const sensor = fact.fault === 'box-sensor' ? sensorHangs.exec(fact.note)?.groups?.['sensor'] : undefined;
    if (sensor === undefined) return;
    if (fact.kind === 'fault.began') this.#begin(sensor, fact.mono);
    else this.#end(sensor, fact.mono);
  }

  look(world: WorldView): void {
    const { gateway, afflictions } = world;
    const nowMono = world.mono();
    if (gateway === null || this.#pins.some((pin) => afflictions.isBroken(`pin:${pin}`))) {
      this.#ableMono = nowMono;
      return;
    }
    const beatMono = world.beatMono ?? 0;
    this.#judgeMoves(beatMono);
    if ([...this.#hanging.values()].some((hang) => this.#mayStandStill(hang, nowMono))) this.#excusedMono = nowMono;
    else this.#judgeStandsStill(nowMono, beatMono);
  }

  #begin(sensor: string, mono: number): void {
    const hang = this.#hanging.get(sensor);
    if (hang === undefined) this.#hanging.set(sensor, { sinceMono: mono, faults: 1 });
    else hang.faults++;
  }

  #end(sensor: string, mono: number): void {
    const hang = this.#hanging.get(sensor);
    if (hang === undefined || --hang.faults > 0) return;
    this.#hanging.delete(sensor);
    if (this.#mayStandStill(hang, mono)) this.#excusedMono = mono;
  }

  #mayStandStill({ sinceMono }: Hang, nowMono: number): boolean {
    return nowMono >= Math.max(sinceMono, this.#bornMono) + patienceMs;
  }

  #judgeStandsStill(nowMono: number, beatMono: number): void {
    const moreMs = firstBeatMs - beatsWithinMs;
    const quietMs = nowMono - Math.max(beatMono, this.#ableMono + moreMs, this.#excusedMono);
    if (quietMs > beatsWithinMs) this.#tell(`the watchdog pin stands still for ${Math.round(quietMs / 1000)} s`);
    else this.#wasTold = false;
  }

  #judgeMoves(beatMono: number): void {
    for (const [sensor, { sinceMono }] of this.#hanging) {
      const mostMs = patienceMs + (slow.has(sensor) ? slowPeriodMs : periodMs) + slackMs;
      if (beatMono > Math.max(sinceMono, this.#ableMono) + mostMs)
        this.#tell(`the watchdog pin moves though box sensor ${sensor} hangs`);
    }
  }

  #tell(what: string): void {
    if (!this.#wasTold) this.accuse(what);
    this.#wasTold = true;
  }
}
