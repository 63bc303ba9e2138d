/** All centres that are told. */
import type { EntryId, UplinkId } from '../config/ids.js';
import type { Reading } from '../config/reading.js';
import type { SiteConfig, UplinkConfig } from '../config/site.js';
import type { Cancel, Clock } from '../drivers/clock.js';
import type { Entry, StoredEntry } from '../sync/journal/entry.js';
import { PositionKeeper } from '../sync/pump/position-keeper.js';
import type { Uplink } from '../sync/uplink.js';
import { type Transmission, transmissionOf } from './annunciator/lamp-states.js';
import { uplinkReadings } from './health/uplink-points.js';
import { type PathStatus, pathStatus } from './path-times.js';
import type { UplinkStatus } from './uplink-status.js';
import { UplinkWatch, type UplinkWatchOptions } from './uplink-watch.js';
import { WayBook } from './way-book.js';
import { waysMarkName } from './way-mark.js';

/** Backlogs are looked at, and told as readings, so often. */
const lookEveryMs = 10_000;

export interface SiteUplinksOptions
  extends Omit<UplinkWatchOptions, 'config' | 'site' | 'inUse' | 'keeper' | 'uplink' | 'ways'> {
  readonly config: Pick<SiteConfig, 'site' | 'commandKeys' | 'uplinks' | 'points'>;
  readonly makeUplink: (config: UplinkConfig, sight: UplinkSight) => Uplink;
  readonly clock: Clock;
  readonly stampedMono: (entryId: EntryId) => number | null;
  readonly nextFrame: () => number;
  readonly onReading: (reading: Reading) => void;
}

/** What an uplink may ask about the others. */
export interface UplinkSight {
  /** Another centre has confirmed this entry: with a receipt where it sends receipts. Short messages are no centre. */
  isConfirmedElsewhere(entry: Entry | StoredEntry): boolean;
}

export class SiteUplinks {
  /** Which way each alarm went. */
  readonly ways: WayBook;
  readonly #watches: readonly UplinkWatch[];
  #cancelLook: Cancel | null = null;

  constructor(private readonly options: SiteUplinksOptions) {
    const { config: site, makeUplink } = options;
    const inUse = new Set(site.uplinks.map(({ id }) => id));
    const keeper = new PositionKeeper(options);
    const { clock, record } = options;
    this.ways = new WayBook({ clock, record, uplinks: site.uplinks });
    this.#watches = site.uplinks.map(
      (config) =>
        new UplinkWatch({
          ...{ ...options, site, inUse, keeper, config, ways: this.ways },
          uplink: makeUplink(config, { isConfirmedElsewhere: (entry) => this.isConfirmedElsewhere(entry, config.id) }),
        }),
    );
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

  /** Another centre than that one has confirmed the entry. */
  isConfirmedElsewhere(entry: Entry | StoredEntry, except: UplinkId): boolean {
    // Of what the book follows it knows more than a position does: whether it was told there at all.
    if (this.ways.follows(entry.id)) return this.ways.isConfirmed(entry.id, except);
    if (!('position' in entry)) return false;
    return this.#watches.some((watch) => watch.id !== except && watch.isCentre && watch.hasConfirmed(entry));
  }

  /** In the order of the site file. */
  get statuses(): readonly UplinkStatus[] {
    return this.#watches.map(({ status }) => status);
  }

  /** The same for whoever reads it. */
  get paths(): readonly PathStatus[] {
    return this.statuses.map((status) => pathStatus(status, this.options.clock));
  }

  /** @param afterMs so long nobody is told yet. */
  start(afterMs = 0): void {
    if (afterMs > 0) {
      this.#cancelLook = this.options.clock.after(afterMs, () => this.start());
      return;
    }
    for (const watch of this.#watches) watch.start();
    if (this.#watches.length > 0) this.#lookLater();
  }

  async stop(): Promise<void> {
    this.#cancelLook?.();
    await Promise.all(this.#watches.map((watch) => watch.stop()));
    this.ways.stop();
  }

  /** New entries, before they are durable. */
  see(entries: readonly Entry[]): void {
    for (const entry of entries) this.ways.see(entry);
    for (const watch of this.#watches) watch.see(entries);
  }

  /** New rows are durable: these, and perhaps packs of samples. */
  wake(entries: readonly StoredEntry[]): void {
    this.ways.durable(entries);
    for (const watch of this.#watches) watch.wake(entries);
  }

  /** An answer to a command that came from there. */
  answer(uplink: UplinkId, bytes: Uint8Array): void {
    this.#watches.find(({ id }) => id === uplink)?.answer(bytes);
  }

  offerFromMemory(entry: Entry): void {
    for (const watch of this.#watches) watch.offerFromMemory(entry);
  }

  retell(): void {
    const { journal } = this.options;
    // Commands are null until the disk has told what it had saved.
    if (journal.commands !== null) this.ways.restore(journal.mark(waysMarkName));
    for (const watch of this.#watches) watch.retell();
  }

  #lookLater(): void {
    this.#cancelLook = this.options.clock.after(lookEveryMs, () => {
      const { config, clock, nextFrame, onReading } = this.options;
      for (const watch of this.#watches) watch.look();
      const readings = uplinkReadings(config.points, this.statuses, clock.mono(), nextFrame());
      for (const reading of readings) onReading(reading);
      this.#lookLater();
    });
  }
}
