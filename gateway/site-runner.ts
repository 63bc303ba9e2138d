/**
 * The gateway of a process while its site file changes: one runtime after the other, on the same journal, the same open lines and
 * pins. The site lock and the control socket are not let go.
 *
 *   swapTo: centres of the old one say goodbye (its watch goes on) ▶ its watch ends ▶ the next begins: outputs, restore, inputs, centres
 */
import { strict as assert } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import type { OutputConfig, SiteConfig } from '../config/site.js';
import type { PinBoard } from '../drivers/driver.js';
import type { Store } from '../sync/journal/store.js';
import type { Runtime } from './runtime.js';
import type { RuntimeParts } from './runtime-parts.js';
import { KeptLines } from './staging/kept-lines.js';
import { KeptPins } from './staging/kept-pins.js';
import { StoreLeases } from './staging/store-leases.js';

/** What a swap may cost of the watch for outputs and lines, and for a disk that does not take the last words. */
const swapHardwareMaxMs = 300;
const swapRestoreMaxMs = 500;

/** Of the parts of a runtime those that outlive it. */
export type SharedParts = Pick<RuntimeParts, 'config' | 'store' | 'openPins'> &
  Required<Pick<RuntimeParts, 'restoreMaxMs' | 'succession'>>;

export interface SiteRunnerOptions {
  readonly store: Store;
  readonly openPins: () => Promise<PinBoard>;
  /** Not started yet. */
  readonly makeRuntime: (parts: SharedParts) => Runtime;
}

export class SiteRunner {
  readonly #leases: StoreLeases;
  readonly #pins: KeptPins;
  readonly #keptLines = new KeptLines();
  #now: { readonly runtime: Runtime; readonly config: SiteConfig } | null = null;
  /** What is under way: one thing after the other. */
  #busy: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(private readonly options: SiteRunnerOptions) {
    this.#leases = new StoreLeases(options.store);
    this.#pins = new KeptPins(options.openPins);
  }

  /** The one that watches; during a swap the old one until the next is made. Only after start(). */
  get runtime(): Runtime {
    return this.#present.runtime;
  }

  get config(): SiteConfig {
    return this.#present.config;
  }

  start(config: SiteConfig, restoreMaxMs: number): Promise<void> {
    return this.#next(async () => {
      const succession = { keptLines: this.#keptLines, readings: [], hardwareMaxMs: null };
      await this.#begin({ ...this.#shared(config, this.#leases.next()), restoreMaxMs, succession });
    });
  }

  /** Goes over to another site file. Resolves when its watch has begun; does nothing after stop(). */
  swapTo(config: SiteConfig): Promise<void> {
    return this.#next(async () => {
      if (this.#isStopped) return;
      const before = this.#present;
      this.#keptLines.expect(config);
      this.#leases.handOver();
      const { isDrained } = await before.runtime.handOver(goneOutputs(before.config, config));
      this.#pins.quietAllBut(config);
      const succession = {
        keptLines: this.#keptLines,
        readings: unchangedReadings(before.runtime, before.config, config),
        hardwareMaxMs: swapHardwareMaxMs,
      };
      const store = this.#leases.next(isDrained);
      await this.#begin({ ...this.#shared(config, store), restoreMaxMs: swapRestoreMaxMs, succession });
      this.#keptLines.expect(null);
    });
  }

  /** In order; after a swap that is under way. */
  stop(): Promise<void> {
    this.#isStopped = true;
    return this.#next(async () => {
      await this.#present.runtime.stop();
      this.#pins.close();
    });
  }

  get #present(): { readonly runtime: Runtime; readonly config: SiteConfig } {
    assert(this.#now !== null, 'a site runs after start()');
    return this.#now;
  }

  #shared(config: SiteConfig, store: Store): Pick<SharedParts, 'config' | 'store' | 'openPins'> {
    return { config, store, openPins: () => this.#pins.open() };
  }

  async #begin(parts: SharedParts): Promise<void> {
    const runtime = this.options.makeRuntime(parts);
    this.#now = { runtime, config: parts.config };
    await runtime.start();
  }

  #next(run: () => Promise<void>): Promise<void> {
    const ran = this.#busy.then(run);
    this.#busy = ran.catch(() => undefined);
    return ran;
  }
}

/** Outputs whose pin or relay nobody switches under the next site file. */
function goneOutputs(before: SiteConfig, after: SiteConfig): readonly OutputConfig[] {
  const wireOf = ({ units }: SiteConfig, { target }: OutputConfig): unknown => {
    if (target.kind === 'pin') return { pin: target.pin };
    const unit = units.find(({ id }) => id === target.device);
    return { line: unit?.line, address: unit?.address, on: target.on };
  };
  const kept = after.outputs.map((output) => wireOf(after, output));
  return before.outputs.filter((output) => {
    const wire = wireOf(before, output);
    // Pins are quieted by their keeper, which also knows those of heartbeats.
    return output.target.kind === 'unit' && !kept.some((other) => isDeepStrictEqual(wire, other));
  });
}

function unchangedReadings({ points }: Runtime, before: SiteConfig, after: SiteConfig): RuntimeReadings {
  const old = new Map(before.points.map((point) => [point.id, point]));
  return after.points.flatMap((point) => {
    const reading = points.get(point.id);
    return reading !== null && isDeepStrictEqual(old.get(point.id), point) ? [reading] : [];
  });
}

type RuntimeReadings = SharedParts['succession']['readings'];
