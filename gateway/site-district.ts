/** Orders from the district, connected: the desk, what each order does, and what the people on the box are asked. */
import type { UplinkId } from '../config/ids.js';
import type { Words } from '../config/vocabulary.js';
import type { Entry } from '../sync/journal/entry.js';
import type { JournalCore } from '../sync/journal/journal-core.js';
import type { CentreAsked } from '../sync/uplink.js';
import type { AlarmState } from './alarm/facets.js';
import { DistrictDesk, type DistrictDeskOptions } from './command/district/district-desk.js';
import { DistrictOrders, type DistrictOrdersOptions } from './command/district/district-orders.js';
import { type CheckReport, openChecksMax } from './command/district/duty-checks.js';
import { dutyChecksMarkName } from './command/district/duty-checks-mark.js';
import { type OpenRequest, OpenRequests } from './command/district/open-requests.js';
import { initialiseDraft } from './command/district/order-entries.js';
import type { ExerciseOrders } from './command/exercise-order.js';
import type { LastRaised } from './command/last-raised.js';
import type { UplinkWatchOptions } from './uplink-watch.js';

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

const tooManyChecks: Words = {
  zh: `查岗：已有 ${openChecksMax} 次查岗等待应答`,
  en: `a duty check: ${openChecksMax} of them wait for an answer already`,
};

export class SiteDistrict {
  readonly #requests: OpenRequests;
  readonly #desk: DistrictDesk;

  constructor(private readonly options: SiteDistrictOptions) {
    this.#requests = new OpenRequests(options.clock, (drafts, marks) => void options.record(drafts, marks));
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

  /** Somebody is asked for now. */
  get isDutyAsked(): boolean {
    return this.#requests.isDutyAsked;
  }

  /** How the duty checks went. */
  get checks(): CheckReport {
    return this.#requests.checks;
  }

  /** What the uplinks bring. */
  get hears(): Pick<UplinkWatchOptions, 'onRequest' | 'onAsked' | 'onReached'> {
    return {
      onRequest: (request) => this.#desk.take(request),
      onAsked: (uplink, asked) => this.#asked(uplink, asked),
      onReached: (uplink) => this.#desk.tellUnknown(uplink),
    };
  }

  /** The disk has told what it had saved. */
  restore(): void {
    const { journal } = this.options.host;
    // Commands are null until the disk has told what it had saved.
    if (journal.commands !== null) this.#requests.restore(journal.mark(dutyChecksMarkName));
    this.#desk.restore();
  }

  /** Every entry as it is stamped. */
  see(entries: readonly Entry[]): void {
    if (entries.some(({ kind }) => kind === 'alarm.reset')) this.#requests.sawReset();
    const shift = entries.findLast(({ kind }) => kind === 'shift.taken');
    if (shift !== undefined) this.#requests.sawShift(shift.wall);
  }

  /** Somebody on the box says that he is there; how many checks that answers. */
  answerDuty(origin: string): number {
    return this.#requests.answerDuty(origin);
  }

  stop(): void {
    this.#requests.stop();
    this.#desk.stop();
  }

  /** By a centre whose language signs nothing: it can ask, and order nothing. */
  #asked(uplink: UplinkId, asked: CentreAsked): void {
    const { clock, record } = this.options;
    switch (asked.kind) {
      case 'duty-check':
        // Whoever asks gets no answer, as from an empty room.
        if (!this.#requests.askDutyFrom(uplink, asked.withinMs))
          this.#desk.refuseAsked(uplink, 'too-many-checks', tooManyChecks);
        break;
      case 'clock':
        clock.hint?.(asked.wall);
        break;
      case 'initialise':
        record([initialiseDraft(uplink)]);
        break;
      default:
        throw new Error(`impossible question ${String(asked satisfies never)}`);
    }
  }
}
