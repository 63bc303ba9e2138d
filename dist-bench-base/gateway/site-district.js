import { DistrictDesk } from './command/district/district-desk.js';
import { DistrictOrders } from './command/district/district-orders.js';
import { OpenRequests } from './command/district/open-requests.js';
export class SiteDistrict {
    #requests;
    #desk;
    constructor(options) {
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
    get requests() {
        return this.#requests.all;
    }
    take(request) {
        this.#desk.take(request);
    }
    /** The disk has told what it had saved. */
    restore() {
        this.#desk.restore();
    }
    /** A centre can be reached: it is told what nobody knows the end of. */
    tellUnknown(uplink) {
        this.#desk.tellUnknown(uplink);
    }
    /** Every entry as it is stamped. */
    see(entries) {
        if (entries.some(({ kind }) => kind === 'alarm.reset'))
            this.#requests.sawReset();
    }
    /** Somebody on the box says that he is there; how many checks that answers. */
    answerDuty(origin) {
        return this.#requests.answerDuty(origin);
    }
    stop() {
        this.#requests.stop();
        this.#desk.stop();
    }
}
