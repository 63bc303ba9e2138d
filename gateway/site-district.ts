/** Orders from the district, connected: the desk, what each order does, and what the people on the box are asked. */
import type { UplinkId } from '../config/ids.js';
import type { Entry } from '../sync/journal/entry.js';
import type { JournalCore } from '../sync/journal/journal-core.js';
import type { CentreRequest } from '../sync/uplink.js';
import type { AlarmState } from './alarm/facets.js';
import { DistrictDesk, type DistrictDeskOptions } from './command/district/district-desk.js';
import { DistrictOrders, type DistrictOrdersOptions } from './command/district/district-orders.js';
import { type OpenRequest, OpenRequests } from './command/district/open-requests.js';
import type { ExerciseOrders } from './command/exercise-order.js';
import type { LastRaised } from './command/last-raised.js';

/** The gateway, as far as it is needed here. */
export interface DistrictHost extends Pick<DistrictOrdersOptions, 'points' | 'command' | 'serve'> {
  readonly journal: JournalCore;
  readonly alarms: AlarmState;
  readonly lastRaised: LastRaised;
  readonly orders: ExerciseOrders;
}

export interface SiteDistrictOptions
  extends Omit<DistrictDeskOptions, 'orders' | 'config' | 'journal'>,
    Pick<DistrictOrdersOptions, 'config' | 'configOrders'> {
  readonly host: DistrictHost;
}

export class SiteDistrict {
  readonly #requests: OpenRequests;
  readonly #desk: DistrictDesk;

  constructor(options: SiteDistrictOptions) {
    this.#requests = new OpenRequests(options.clock, (drafts) => options.record(drafts));
    const { host } = options;
    const orders = new DistrictOrders({
      ...options,
      requests: this.#requests,
      points: host.points,
      boot: () => host.journal.boot,
      alarms: () => host.alarms,
      newestRaising: (subject) => host.lastRaised.of(subject)?.id ?? null,
      command: (command) => host.command(command),
      serve: (command) => host.serve(command),
      exercises: () => host.orders,
    });
    this.#desk = new DistrictDesk({ ...options, journal: host.journal, orders });
  }

  /** What waits for somebody on the box. */
  get requests(): readonly OpenRequest[] {
    return this.#requests.all;
  }

  take(request: CentreRequest): void {
    this.#desk.take(request);
  }

  /** The disk has told what it had saved. */
  restore(): void {
    this.#desk.restore();
  }

  /** A centre can be reached: it is told what nobody knows the end of. */
  tellUnknown(uplink: UplinkId): void {
    this.#desk.tellUnknown(uplink);
  }

  /** Every entry as it is stamped. */
  see(entries: readonly Entry[]): void {
    if (entries.some(({ kind }) => kind === 'alarm.reset')) this.#requests.sawReset();
  }

  /** Somebody on the box says that he is there; how many checks that answers. */
  answerDuty(origin: string): number {
    return this.#requests.answerDuty(origin);
  }

  stop(): void {
    this.#requests.stop();
    this.#desk.stop();
  }
}
