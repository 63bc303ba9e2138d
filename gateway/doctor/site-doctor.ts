/** Everything that is counted about wear, data and backlogs of a running gateway: hints when a budget is exceeded, figures for `gengfu doctor`. */

import { brandId, type PointId, type UplinkId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import { uplinkEndpoint } from '../../config/uplinks/uplink-reach.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { DiskWrites } from '../../drivers/driver.js';
import type { JournalCore } from '../../sync/journal/journal-core.js';
import type { Store } from '../../sync/journal/store.js';
import type { Uplink } from '../../sync/uplink.js';
import { uplinkErrorWords } from '../../sync/uplink-words.js';
import type { TellFault } from '../alarm/subject.js';
import { CardWrites } from '../health/card-writes.js';
import { countCommits } from '../health/commit-count.js';
import type { Observation } from '../observation.js';
import type { PointTable } from '../points/point-table.js';
import { DataBudget } from '../telemetry/data-budget.js';
import type { UplinkStatus } from '../uplink-status.js';
import type { DoctorFacts, DoctorUplink, WireFigure } from './doctor-facts.js';

const lookMs = 60_000;
/** The oldest row changes by retention only. */
const oldestEvery = 10;
const lanes = ['fire', 'journal', 'local'] as const;

export interface SiteDoctorOptions {
  readonly config: Pick<SiteConfig, 'uplinks' | 'journal' | 'points'>;
  readonly clock: Clock;
  readonly store: Store;
  readonly version: string;
  /** Left out: nobody counts what is written. */
  readonly diskWrites?: (() => Promise<DiskWrites>) | undefined;
  readonly journal: () => JournalCore;
  readonly points: () => PointTable;
  readonly statuses: () => readonly UplinkStatus[];
  readonly onFault: TellFault;
}

export class SiteDoctor {
  /** To be used instead of the one it was handed: commits are counted. */
  readonly store: Store;
  readonly #card: CardWrites | null;
  readonly #budget: DataBudget;
  readonly #uplinks = new Map<UplinkId, Uplink>();
  readonly #since = new Map<UplinkId, { readonly isUp: boolean; readonly wall: number | null }>();
  #oldestWall: number | null = null;
  #looks = 0;
  #cancel: Cancel | null = null;
  #scannedMs: number | null = null;

  constructor(private readonly options: SiteDoctorOptions) {
    const { config, clock, store, diskWrites: read, onFault, journal } = options;
    const counted = countCommits(store);
    this.store = counted.store;
    const budgetBytes = config.journal.cardBytesPerDay;
    this.#card =
      read === undefined ? null : new CardWrites({ clock, read, commits: counted.commits, budgetBytes, onFault });
    this.#budget = new DataBudget({
      ...{ clock, onFault },
      uplinks: config.uplinks.map((uplink) => ({
        ...{
          id: uplink.id,
          budgetBytes: uplink.dataBudgetBytes,
          isTls: (uplinkEndpoint(uplink)?.tls ?? null) !== null,
        },
        traffic: () => this.#uplinks.get(uplink.id)?.traffic?.(),
      })),
      marks: {
        isRead: () => journal().positions !== null,
        get: (name) => journal().mark(name),
        save: (mark) => void journal().append({ drafts: [], facets: [], marks: [mark] }),
      },
    });
  }

  /** One of the site's uplinks, whose traffic is counted. */
  follow(uplink: Uplink): Uplink {
    this.#uplinks.set(uplink.id, uplink);
    return uplink;
  }

  /** False: its measurements rest, so that the reports last to the end of the month. */
  mayCarryTelemetry(uplink: UplinkId): boolean {
    return this.#budget.mayCarryTelemetry(uplink);
  }

  start(): void {
    this.#card?.start();
    this.#budget.start();
    this.#look();
  }

  /** Before the journal stops: what was used of the data goes there. */
  stop(): void {
    this.#cancel?.();
    this.#card?.stop();
    this.#budget.stop();
  }

  /** Everything was asked once; what is to be told of it. */
  sawScan(tookMs: number, asked: number, silent: number): Observation {
    this.#scannedMs ??= this.options.clock.mono();
    return { kind: 'site.scanned', tookMs, asked, silent };
  }

  retell(): void {
    this.#card?.retell();
    this.#budget.retell();
  }

  get facts(): DoctorFacts {
    const { clock, version, journal, statuses } = this.options;
    const core = journal();
    return {
      doctor: 1,
      version,
      upMs: clock.mono(),
      memoryMb: this.#figure('memory'),
      loopDelayMs: this.#figure('loop_delay'),
      commitMs: this.#figure('commit'),
      clock: { trust: clock.trust(), wall: clock.wall() },
      journal: { epoch: core.epoch, isRead: core.positions !== null, oldestWall: this.#oldestWall },
      card: this.#card?.figures ?? null,
      wire: this.#wire(),
      scannedMs: this.#scannedMs,
      uplinks: statuses().map((status) => this.#uplink(status)),
      data: this.#budget.uses,
    };
  }

  #wire(): readonly WireFigure[] {
    const { config, points } = this.options;
    return config.points.flatMap(({ id, source }) => {
      if (source.kind !== 'diagnostic') return [];
      const value = points().get(id)?.value;
      const of = 'unit' in source.of ? source.of.unit : source.of.line;
      return [{ of, what: source.what, value: typeof value === 'number' ? value : null }];
    });
  }

  #look(): void {
    const { clock, statuses } = this.options;
    this.#cancel = clock.after(lookMs, () => this.#look());
    for (const { id, isUp } of statuses()) {
      const before = this.#since.get(id);
      if (before?.isUp !== isUp) this.#since.set(id, { isUp, wall: before === undefined ? null : clock.wall() });
    }
    if (this.#looks++ % oldestEvery === 0) void this.#askOldest();
  }

  async #askOldest(): Promise<void> {
    const core = this.options.journal();
    try {
      const rows = await Promise.all(lanes.map((lane) => core.readAfter(lane, 0, 1)));
      const packs = await core.readTelemetryAfter(0, 1);
      const walls = [...rows.flat(), ...packs].map(({ wall }) => wall);
      this.#oldestWall = walls.length === 0 ? null : Math.min(...walls);
    } catch {
      // The journal core tells what is wrong with the disk; the figure is asked for again.
      this.#looks = 0;
    }
  }

  #figure(what: 'memory' | 'loop_delay' | 'commit'): number | null {
    const value = this.options.points().get(brandId<PointId>(`box/${what}`))?.value;
    return typeof value === 'number' ? value : null;
  }

  #uplink(status: UplinkStatus): DoctorUplink {
    const { id, way, isUp, path, error, queued, oldestWall, unkept, modem, carriedMono, test } = status;
    const agoMs = (mono: number | null): number | null => (mono === null ? null : this.options.clock.mono() - mono);
    return {
      ...{ id, way, isUp, queued, oldestWall, unkept, modem, test },
      path: { isDead: path.isDead, heardAgoMs: agoMs(path.heardMono) },
      sinceWall: this.#since.get(id)?.wall ?? null,
      certificateEndsWall: this.#uplinks.get(id)?.certificateEndsWall ?? null,
      error: error === null ? null : { code: error.code, ...uplinkErrorWords(error) },
      carriedAgoMs: agoMs(carriedMono),
    };
  }
}
