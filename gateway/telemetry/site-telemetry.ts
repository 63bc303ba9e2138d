/**
 * Everything that is sampled, on its way to the journal. A crash domain of its own (design.md §3): whatever fails here is a fault, and
 * it begins anew after a minute; readings go on to the alarm engine.
 */
import type { Reading } from '../../config/reading.js';
import type { SiteConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import { loopSubject } from '../alarm/site-subjects.js';
import type { TellFault } from '../alarm/subject.js';
import { Packer, type PackerOptions } from './packer.js';
import { sampledPoints } from './sampled-points.js';
import { Sampler } from './sampler.js';

export const telemetryLoop = 'telemetry';
const restMs = 60_000;

export interface SiteTelemetryOptions {
  readonly config: Pick<SiteConfig, 'points' | 'telemetry'>;
  readonly clock: Clock;
  readonly keep: PackerOptions['keep'];
  readonly onFault: TellFault;
}

interface Work {
  readonly sampler: Sampler;
  readonly packer: Packer;
}

export class SiteTelemetry {
  #work: Work | null = null;
  #cancel: Cancel | null = null;
  #isStopped = false;

  constructor(private readonly options: SiteTelemetryOptions) {}

  /** @param afterMs so long nothing is sampled yet. */
  start(afterMs = 0): void {
    const { config, clock, keep } = this.options;
    if (config.telemetry.isOff) return;
    if (afterMs > 0) {
      this.#cancel = clock.after(afterMs, () => this.start());
      return;
    }
    const packer = new Packer({ clock, keep });
    const sampler = new Sampler({
      points: sampledPoints(config),
      minIntervalMs: config.telemetry.minIntervalMs,
      clock,
      onSample: (sample) => packer.add(sample),
      onReview: () => packer.review(),
      guard: (run) => this.#guarded(run),
    });
    this.#work = { sampler, packer };
    sampler.start();
  }

  /** Every accepted reading. Never throws. */
  see(reading: Reading): void {
    try {
      this.#work?.sampler.see(reading);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** What waits goes to the journal now. */
  finish(): void {
    this.#guarded(() => this.#work?.packer.finish());
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#work?.sampler.stop();
    this.finish();
    this.#work = null;
  }

  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    const { clock, onFault } = this.options;
    const got = error instanceof Error ? error.message : String(error);
    this.#work?.sampler.stop();
    this.#work = null;
    onFault(loopSubject(telemetryLoop), true, { error_zh: '采样出错，一分钟后重试', error_en: 'sampling failed', got });
    this.#cancel?.();
    if (this.#isStopped) return;
    this.#cancel = clock.after(restMs, () => {
      onFault(loopSubject(telemetryLoop), false, {});
      this.start();
    });
  }
}
