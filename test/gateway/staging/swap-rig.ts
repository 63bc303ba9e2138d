/** A whole gateway that goes from one site file to another, on a simulated village and a virtual clock. */
import type { LineId } from '../../../config/ids.js';
import type { PointConfig, SiteConfig } from '../../../config/site.js';
import type { EntryKind } from '../../../config/vocabulary.js';
import type { ByteLink, OpenByteLink } from '../../../drivers/driver.js';
import type { Observation } from '../../../gateway/observation.js';
import { Runtime } from '../../../gateway/runtime.js';
import { SiteRunner } from '../../../gateway/site-runner.js';
import { FaultyStore } from '../../../hardware-sim/disk.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { buildVillage, type Village } from '../../../hardware-sim/village.js';
import type { Entry } from '../../../sync/journal/entry.js';
import { InlineStore } from '../../../sync/journal/inline-store.js';
import type { Report, Uplink, UplinkEvents } from '../../../sync/uplink.js';
import { UplinkError } from '../../../sync/uplink.js';
import { codecs, seededRandom } from '../village-rig.js';

/** A centre that takes everything at once, while it is reachable. */
class Centre implements Uplink {
  readonly windowMax = 20;

  constructor(
    readonly id: Uplink['id'],
    private readonly world: SwapRig,
  ) {}

  start(events: UplinkEvents): void {
    const down = (): void => events.onDown(new UplinkError('UPLINK-001', this.id));
    this.world.clock.after(200, () => (this.world.isCentreThere(this.id) ? events.onUp() : down()));
  }

  async send(report: Report): Promise<void> {
    this.world.reports.push(report);
  }

  async stop(): Promise<void> {}
}

export class SwapRig {
  readonly clock = new SimClock();
  readonly store = new FaultyStore(new InlineStore(':memory:'), this.clock);
  readonly village: Village;
  readonly observations: Observation[] = [];
  readonly reports: Report[] = [];
  /** Every life of each line's link. */
  readonly opened: LineId[] = [];
  readonly closed: LineId[] = [];
  /** When the last byte left on each line. */
  readonly sent = new Map<LineId, number[]>();
  isCentreThere: (id: Uplink['id']) => boolean = () => true;
  readonly runner: SiteRunner;

  constructor(world: SiteConfig) {
    this.village = buildVillage(world, this.clock);
    this.runner = new SiteRunner({
      store: this.store,
      openPins: async () => this.village.board,
      makeRuntime: (parts) =>
        new Runtime({
          ...parts,
          clock: this.clock,
          calendar: { daily: () => () => undefined, weekly: () => () => undefined },
          random: seededRandom(),
          isLockHeld: true,
          codecs,
          openLine: ({ id }) => this.#openWire(id),
          makeSpeaker: (speaker) => this.village.horns.open(speaker),
          makeUplink: ({ id }) => new Centre(id, this),
          observe: (seen) => this.observations.push(seen),
          log: { info: () => undefined, warn: () => undefined, error: () => undefined },
          version: 'test',
        }),
    });
  }

  get runtime(): Runtime {
    return this.runner.runtime;
  }

  get entries(): readonly Entry[] {
    return this.observations.flatMap((seen) => (seen.kind === 'entry' ? [seen.entry] : []));
  }

  entriesOf(kind: EntryKind, subject?: string): readonly Entry[] {
    return this.entries.filter((entry) => entry.kind === kind && (subject === undefined || entry.subject === subject));
  }

  /** A contact that makes a supervisory alarm, and the state in which it does. */
  supervisory({ points }: SiteConfig): { readonly point: PointConfig; readonly state: string } {
    for (const point of points) {
      const state = Object.entries(point.severities).find(([, severity]) => severity === 'supervisory')?.[0];
      if (point.class === 'supervisory' && state !== undefined) return { point, state };
    }
    throw new Error('the site has a supervisory contact');
  }

  async start(config: SiteConfig): Promise<void> {
    await this.wait(this.runner.start(config, 2000));
    await this.clock.until(() => this.observations.some(({ kind }) => kind === 'site.scanned'), 10_000, 10);
  }

  /** Runs the clock until it is settled. */
  async wait<T>(promise: Promise<T>, limitMs = 20_000): Promise<T> {
    let isSettled = false;
    const settled = promise.finally(() => {
      isSettled = true;
    });
    settled.catch(() => undefined);
    await this.clock.until(() => isSettled, limitMs, 1);
    return settled;
  }

  #openWire(id: LineId): OpenByteLink {
    return async (events) => {
      const open = this.village.opens.get(id);
      if (open === undefined) throw new Error(`no line ${id}`);
      this.opened.push(id);
      const link = await open(events);
      return this.#watched(id, link);
    };
  }

  #watched(id: LineId, link: ByteLink): ByteLink {
    const { clock, closed, sent } = this;
    return {
      get isOpen() {
        return link.isOpen;
      },
      write: (bytes) => {
        sent.set(id, [...(sent.get(id) ?? []), clock.mono()]);
        return link.write(bytes);
      },
      close: () => {
        closed.push(id);
        return link.close();
      },
    };
  }
}
