/** The world of a vortex as judges see it: only what can be seen from outside the gateway's process. */
import type { OutputId, PointId, SpeakerId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { Observation } from '../../gateway/observation.js';
import { HeardBook } from '../../hardware-sim/centre/heard-book.js';
import { readMessage } from '../../hardware-sim/centre/read-message.js';
import { Afflictions, type Part } from '../../hardware-sim/checkers/afflictions.js';
import type { Fact, FactDraft, GatewayView, LifeEnd, WorldView } from '../../hardware-sim/checkers/checker.js';
import type { Village } from '../../hardware-sim/village.js';
import { readJournal } from './journal-file.js';
import { NotFromOutside } from './judge-bench.js';

interface Life {
  readonly life: number;
  readonly beganMono: number;
  watchingMono: number | null;
}

export interface OutsideParts {
  readonly seed: number;
  readonly config: SiteConfig;
  readonly clock: Clock;
  readonly village: Village;
  readonly dataDir: string;
  /** Connections that came to the broker so far. */
  readonly tries: () => number;
}

export class OutsideWorld implements WorldView {
  readonly seed: number;
  readonly config: SiteConfig;
  readonly afflictions = new Afflictions();
  readonly centre: WorldView['centre'];
  readonly disk: WorldView['disk'];
  readonly broker: WorldView['broker'];
  /** Its villages tell none. */
  readonly city = null;
  phase: 'safety' | 'liveness' = 'safety';
  /** Ids as the gateway has said them: stamped, and said to be durable. */
  readonly stamped = new Set<string>();
  readonly durable = new Set<string>();
  readonly #book = new HeardBook();
  readonly #pointIs = new Map<PointId, string | number>();
  readonly #listeners: ((fact: Fact) => void)[] = [];
  #life: Life | null = null;
  #lives = 0;

  constructor(private readonly parts: OutsideParts) {
    this.seed = parts.seed;
    this.config = parts.config;
    this.centre = { keepsDurable: (id) => this.#book.hasDurable(id) };
    this.disk = {
      readAll: async (after) => readJournal(parts.dataDir, after),
      get counts(): never {
        throw new NotFromOutside('disk.counts');
      },
    };
    this.broker = {
      get unconfirmed(): never {
        throw new NotFromOutside('broker.unconfirmed');
      },
      get unconfirmedBytes(): never {
        throw new NotFromOutside('broker.unconfirmedBytes');
      },
      get tries() {
        return parts.tries();
      },
    };
    parts.village.onOutputChange((output, on) => this.tell({ kind: 'output', output, on }));
  }

  // Bound: a judge may take them out of the world.
  readonly mono = (): number => this.parts.clock.mono();
  readonly wall = (): number => this.parts.clock.wall();

  get timers(): never {
    throw new NotFromOutside('timers');
  }

  get beatMono(): null {
    return null;
  }

  get lives(): number {
    return this.#lives;
  }

  get gateway(): GatewayView | null {
    const life = this.#life;
    if (life === null) return null;
    return {
      ...life,
      get runtime(): never {
        throw new NotFromOutside('gateway.runtime');
      },
    };
  }

  outputIsOn(output: OutputId): boolean {
    return this.parts.village.outputIsOn(output);
  }

  hornSays(_: SpeakerId): null {
    return null;
  }

  pointIs(point: PointId): string | number | null {
    return this.#pointIs.get(point) ?? null;
  }

  onFact(listener: (fact: Fact) => void): void {
    this.#listeners.push(listener);
  }

  tell(draft: FactDraft): void {
    const fact = { mono: this.mono(), ...draft } as Fact;
    for (const listener of this.#listeners) listener(fact);
  }

  setPoint(point: PointId, to: string | number): void {
    this.parts.village.setPoint(point, to);
    this.#pointIs.set(point, to);
    this.tell({ kind: 'point', point, to });
  }

  /** A fault begins; the answer ends it, once. */
  beginFault(fault: string, parts: readonly Part[], note: string): () => void {
    for (const part of parts) this.afflictions.begin(part);
    this.tell({ kind: 'fault.began', fault, parts, note });
    let hasEnded = false;
    return () => {
      if (hasEnded) return;
      hasEnded = true;
      for (const part of parts) this.afflictions.end(part, this.mono());
      this.tell({ kind: 'fault.ended', fault, parts, note });
    };
  }

  /** A process was started; its number. */
  beginLife(): number {
    const life = ++this.#lives;
    this.#life = { life, beganMono: this.mono(), watchingMono: null };
    this.tell({ kind: 'life.began', life });
    return life;
  }

  endLife(life: number, how: LifeEnd): void {
    if (this.#life?.life === life) this.#life = null;
    this.tell({ kind: 'life.ended', life, how });
  }

  /** A line that the gateway printed. */
  see(life: number, seen: Observation): void {
    if (seen.kind === 'entry') this.stamped.add(seen.entry.id);
    else if (seen.kind === 'entry.durable') this.durable.add(seen.entryId);
    this.tell({ kind: 'seen', life, seen });
    if (seen.kind !== 'site.scanned' || this.#life?.life !== life) return;
    this.#life.watchingMono = this.mono();
    this.tell({ kind: 'life.watching', life });
  }

  /** A message that reached the centre. Throws for one that its own reader does not understand. */
  hear(topic: string, payload: Uint8Array): void {
    const { district, id: site } = this.config.site;
    const { said } = readMessage({ district, site }, topic, payload);
    if (said.what === 'unreadable') throw new Error(`${topic}: ${said.why}`);
    if (said.what !== 'report' && said.what !== 'telemetry') return;
    const { isDuplicate } = this.#book.take(said);
    const { lane, epoch, id, sequence, previous, subject, passedOver, detailFingerprint } = said;
    const entryKind = said.what === 'report' ? said.kind : null;
    const fingerprint = detailFingerprint === null ? null : `${said.fingerprint} ${detailFingerprint}`;
    const place = { topic, lane, epoch, id, sequence, previous, isDuplicate };
    const heard = { ...place, entryKind, subject, fingerprint, passedOver };
    this.tell({ kind: 'centre.heard', heard });
  }
}
