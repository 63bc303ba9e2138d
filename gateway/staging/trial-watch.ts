/** Looks once a second whether a site file on trial is healthy, until it is or has failed. */
import type { SiteConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Vitals } from './hand-over.js';
import type { TrialRecord } from './site-files.js';
import { beginTrial, stepTrial, type TrialState, type TrialVerdict, uplinkMaxMs } from './trial.js';

const lookMs = 1000;

export interface TrialWatchOptions {
  readonly config: SiteConfig;
  readonly record: TrialRecord;
  readonly clock: Clock;
  readonly vitals: () => Vitals;
  /** Once. */
  readonly onOver: (verdict: Exclude<TrialVerdict, { kind: 'waiting' }>) => void;
}

/** Of a trial that goes on: what has been seen, and for how long the rest is waited for. */
export interface TrialSight {
  readonly lines: readonly { readonly id: string; readonly isSeen: boolean; readonly leftMs: number }[];
  readonly uplinks: readonly { readonly id: string; readonly isSeen: boolean; readonly leftMs: number }[];
}

export class TrialWatch {
  #state: TrialState;
  #cancel: Cancel | null = null;

  constructor(private readonly options: TrialWatchOptions) {
    const { config, record, clock } = options;
    this.#state = beginTrial(config, record, clock.mono());
  }

  get sight(): TrialSight {
    const { beganMono, lines, uplinks } = this.#state;
    const leftMs = (maxMs: number): number => Math.max(0, maxMs - (this.options.clock.mono() - beganMono));
    return {
      lines: lines.map(({ id, isSeen, maxMs }) => ({ id, isSeen, leftMs: leftMs(maxMs) })),
      uplinks: uplinks.map(({ id, isSeen }) => ({ id, isSeen, leftMs: leftMs(uplinkMaxMs) })),
    };
  }

  start(): void {
    this.#cancel = this.options.clock.after(lookMs, () => this.#look());
  }

  stop(): void {
    this.#cancel?.();
  }

  #look(): void {
    const { clock, vitals, onOver } = this.options;
    const { state, verdict } = stepTrial(this.#state, vitals(), clock.mono());
    this.#state = state;
    if (verdict.kind === 'waiting') this.start();
    else onOver(verdict);
  }
}
