/** One uplink as the gateway sees it: its pump, and the two faults it can be in. */
import type { EntryId, UplinkId } from '../config/ids.js';
import type { UplinkConfig } from '../config/site.js';
import type { Clock } from '../drivers/clock.js';
import type { Entry } from '../sync/journal/entry.js';
import type { JournalCore } from '../sync/journal/journal-core.js';
import { Pump } from '../sync/pump.js';
import { type Uplink, type UplinkError, uplinkErrors } from '../sync/uplink.js';
import { refusedSubject, uplinkSubject } from './alarm/site-subjects.js';
import type { TellFault } from './alarm/subject.js';
import { toldOf } from './alarm/told.js';
import type { FireDebt } from './annunciator/lamp-states.js';
import type { Log } from './log.js';
import type { Observation } from './observation.js';

export interface UplinkWatchOptions {
  readonly config: UplinkConfig;
  readonly uplink: Uplink;
  readonly journal: JournalCore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly observe: (observation: Observation) => void;
  readonly onFault: TellFault;
  /** When an entry of this start was stamped; null for others. */
  readonly stampedMono: (entryId: EntryId) => number | null;
}

export class UplinkWatch {
  readonly id: UplinkId;
  readonly #pump: Pump;
  /** Undefined until it was up or down for the first time. */
  #error: UplinkError | null | undefined;
  #refusal: UplinkError | null = null;
  /** The newest entry of the fire lane, as long as it is not carried: until it is durable no pump knows of it. */
  #newestFire: EntryId | null = null;
  #carriedMono: number | null = null;

  constructor(private readonly options: UplinkWatchOptions) {
    this.id = options.config.id;
    const { config, uplink, journal, clock, random, log, observe } = options;
    this.#pump = new Pump({
      ...{ uplink, journal, clock, random },
      events: {
        onCarried: ({ entryId, durable, lane }) => {
          if (lane === 'fire') this.#settle(entryId, clock.mono());
          const stampedMono = options.stampedMono(entryId);
          const tookMs = stampedMono === null ? null : clock.mono() - stampedMono;
          observe({ kind: 'report.carried', entryId, uplink: config.id, durable, tookMs });
        },
        onUp: () => {
          observe({ kind: 'uplink.up', uplink: config.id });
          this.#error = null;
          this.retell();
        },
        onDown: (error) => {
          log.warn({ uplink: config.id, code: error.code, error: error.message }, 'uplink down');
          observe({ kind: 'uplink.down', uplink: config.id, code: error.code });
          this.#error = error;
          this.retell();
        },
        onRefused: (error) => {
          this.#refusal = error;
          this.retell();
        },
        onPassedOver: ({ entryId, error }) => {
          this.#settle(entryId, this.#carriedMono);
          log.error({ entryId, code: error.code }, 'report passed over');
        },
      },
    });
  }

  /** How it stands with the fire lane. */
  get fireDebt(): FireDebt {
    return { isOwed: this.#newestFire !== null || this.#pump.owesFire, carriedMono: this.#carriedMono };
  }

  /** The centre can be reached now. */
  get isUp(): boolean {
    return this.#error === null;
  }

  start(): void {
    this.#pump.start();
  }

  /** New entries, before they are durable. */
  see(entries: readonly Entry[]): void {
    this.#newestFire = entries.findLast(({ lane }) => lane === 'fire')?.id ?? this.#newestFire;
  }

  async stop(): Promise<void> {
    await this.#pump.stop();
  }

  /** New rows are durable. */
  wake(): void {
    this.#pump.wake();
  }

  offerFromMemory(entry: Entry): void {
    this.#pump.offerFromMemory(entry);
  }

  #settle(entryId: EntryId, carriedMono: number | null): void {
    if (entryId === this.#newestFire) this.#newestFire = null;
    this.#carriedMono = carriedMono;
  }

  /** Tells both faults as they are now. */
  retell(): void {
    const { config, onFault } = this.options;
    if (this.#error !== undefined)
      onFault(uplinkSubject(config), this.#error !== null, toldOf(this.#error, uplinkErrors));
    onFault(refusedSubject(config), this.#refusal !== null, toldOf(this.#refusal, uplinkErrors));
  }
}
