/** All centres that are told. */
import type { EntryId, UplinkId } from '../config/ids.js';
import type { UplinkConfig } from '../config/site.js';
import type { Clock } from '../drivers/clock.js';
import type { Entry } from '../sync/journal/entry.js';
import type { Uplink } from '../sync/uplink.js';
import { type Transmission, transmissionOf } from './annunciator/lamp-states.js';
import { UplinkWatch, type UplinkWatchOptions } from './uplink-watch.js';

export interface SiteUplinksOptions extends Omit<UplinkWatchOptions, 'config' | 'uplink'> {
  readonly configs: readonly UplinkConfig[];
  readonly makeUplink: (config: UplinkConfig) => Uplink;
  readonly clock: Clock;
  readonly stampedMono: (entryId: EntryId) => number | null;
}

export class SiteUplinks {
  readonly #watches: readonly UplinkWatch[];

  constructor(private readonly options: SiteUplinksOptions) {
    const { configs, makeUplink } = options;
    this.#watches = configs.map((config) => new UplinkWatch({ ...options, config, uplink: makeUplink(config) }));
  }

  /** How it stands with the reports of class fire, for the lamp that shows it. */
  get transmission(): Transmission {
    return transmissionOf(
      this.#watches.map(({ fireDebt }) => fireDebt),
      this.options.clock.mono(),
    );
  }

  /** Those that can be reached now. */
  get connected(): ReadonlySet<UplinkId> {
    return new Set(this.#watches.filter(({ isUp }) => isUp).map(({ id }) => id));
  }

  start(): void {
    for (const watch of this.#watches) watch.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#watches.map((watch) => watch.stop()));
  }

  /** New entries, before they are durable. */
  see(entries: readonly Entry[]): void {
    for (const watch of this.#watches) watch.see(entries);
  }

  /** New rows are durable. */
  wake(): void {
    for (const watch of this.#watches) watch.wake();
  }

  offerFromMemory(entry: Entry): void {
    for (const watch of this.#watches) watch.offerFromMemory(entry);
  }

  retell(): void {
    for (const watch of this.#watches) watch.retell();
  }
}
