import { localMinuteOf } from '../../drivers/clock.js';
import { billedBytes, noTraffic, trafficSince } from '../../sync/traffic.js';
import { dataBudgetSubject } from '../alarm/site-subjects.js';
const lookMs = 600_000;
/** A power cut forgets what was used since; each one more would be a commit. */
const saveMs = 3_600_000;
/** Of the budget; the rest is for reports. */
const telemetryShare = 0.9;
/** Measurements may be so many days ahead of an even use, and once they rest they do until a day less. */
const leadDays = 3;
const resumeLeadDays = 2;
const dayMin = 1_440;
export class DataBudget {
    options;
    #ledgers;
    #cancel = null;
    constructor(options) {
        this.options = options;
        const savedMono = options.clock.mono();
        const fresh = { before: noTraffic, usedBytes: 0, month: null, isResting: false, isRecalled: false, savedMono };
        this.#ledgers = new Map(options.uplinks.map((uplink) => [uplink.id, { uplink, ...fresh }]));
    }
    /** False: measurements of this uplink rest. */
    mayCarryTelemetry(uplink) {
        return this.#ledgers.get(uplink)?.isResting !== true;
    }
    get uses() {
        const today = this.#today();
        return [...this.#ledgers.values()].map(({ uplink, usedBytes, isResting }) => {
            const isKnown = today !== null && today.elapsedDays >= 1;
            const projectedBytes = isKnown ? Math.round((usedBytes / today.elapsedDays) * today.days) : null;
            return { uplink: uplink.id, usedBytes, budgetBytes: uplink.budgetBytes, projectedBytes, isResting };
        });
    }
    start() {
        this.#cancel = this.options.clock.after(lookMs, () => {
            this.look();
            this.start();
        });
    }
    stop() {
        this.#cancel?.();
        this.look();
        for (const ledger of this.#ledgers.values())
            this.#save(ledger);
    }
    retell() {
        for (const ledger of this.#ledgers.values())
            this.#tell(ledger);
    }
    look() {
        const today = this.#today();
        const nowMono = this.options.clock.mono();
        for (const ledger of this.#ledgers.values()) {
            this.#recall(ledger);
            this.#count(ledger, today);
            const mustRest = isTooMuch(ledger, today);
            if (mustRest !== ledger.isResting) {
                ledger.isResting = mustRest;
                this.#tell(ledger);
            }
            if (nowMono - ledger.savedMono >= saveMs)
                this.#save(ledger);
        }
    }
    /** What was used before this start. */
    #recall(ledger) {
        const { marks } = this.options;
        if (ledger.isRecalled || !marks.isRead())
            return;
        ledger.isRecalled = true;
        const [month = '', used = ''] = (marks.get(markName(ledger.uplink.id))?.detail ?? '').split(' ');
        if (!/^\d{4}-\d{2}$/.test(month) || !/^\d+$/.test(used))
            return;
        if (ledger.month !== null && ledger.month !== month)
            return;
        ledger.month = month;
        ledger.usedBytes += Number(used);
    }
    #count(ledger, today) {
        const { uplink } = ledger;
        const now = uplink.traffic() ?? noTraffic;
        const bytes = billedBytes(trafficSince(now, ledger.before), uplink.isTls);
        ledger.before = now;
        if (today !== null && today.month !== ledger.month) {
            if (ledger.month !== null)
                ledger.usedBytes = 0;
            ledger.month = today.month;
        }
        ledger.usedBytes += bytes;
    }
    #save(ledger) {
        const { clock, marks } = this.options;
        if (!ledger.isRecalled || ledger.month === null)
            return;
        ledger.savedMono = clock.mono();
        const detail = `${ledger.month} ${ledger.usedBytes}`;
        marks.save({ name: markName(ledger.uplink.id), wall: clock.wall(), detail });
    }
    #tell({ uplink, isResting, usedBytes }) {
        if (uplink.budgetBytes === null)
            return;
        const [used, budget] = [Math.round(usedBytes / 1e6), Math.round(uplink.budgetBytes / 1e6)];
        const detail = {
            error_zh: `本月已用约 ${used} MB，预算 ${budget} MB，遥测暂停；报警照常上报`,
            error_en: `about ${used} of ${budget} MB are used this month: measurements rest, reports go on`,
            next_zh: '增大 telemetry.min_interval_s、改用 telemetry: cbor，或更换流量套餐',
            next_en: 'raise telemetry.min_interval_s, choose telemetry: cbor, or a larger plan for the SIM',
        };
        this.options.onFault(dataBudgetSubject(uplink.id), isResting, isResting ? detail : {});
    }
    /** Null while no clock can be believed. */
    #today() {
        const { clock } = this.options;
        if (clock.trust() !== 'trusted')
            return null;
        const wall = clock.wall();
        const [year = 0, month = 1, day = 1] = localDay(wall).split('-').map(Number);
        const days = month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
        return { month: localDay(wall).slice(0, 7), days, elapsedDays: day - 1 + localMinuteOf(wall) / dayMin };
    }
}
function isTooMuch({ uplink, usedBytes, isResting }, today) {
    if (uplink.budgetBytes === null)
        return false;
    const lead = isResting ? resumeLeadDays : leadDays;
    const share = today === null ? 1 : Math.min(1, (today.elapsedDays + lead) / today.days);
    return usedBytes > uplink.budgetBytes * telemetryShare * share;
}
function markName(uplink) {
    return `data:${uplink}`;
}
/** `2026-11-28`, local. */
function localDay(wallMs) {
    return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(wallMs);
}
function isLeapYear(year) {
    return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
