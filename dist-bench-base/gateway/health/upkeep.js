import { upkeepSubject } from '../alarm/site-subjects.js';
/** A day more or less is nothing here; an hour after the network has set the clock is soon enough. */
const lookMs = 3_600_000;
export class Upkeep {
    options;
    #wake = null;
    constructor(options) {
        this.options = options;
    }
    /** Looks at once, which also ends a restored alarm whose day the site file has moved, and every hour from then on. */
    start() {
        if (this.options.upkeep.length === 0)
            return;
        this.retell();
        this.#wake = this.options.clock.after(lookMs, () => this.start());
    }
    stop() {
        this.#wake?.();
    }
    /** Says of every row how it stands. Nothing is said by a clock that nobody can trust: what stands then, stands. */
    retell() {
        const { upkeep, clock, onDue } = this.options;
        if (clock.trust() !== 'trusted')
            return;
        const nowWall = clock.wall();
        for (const row of upkeep) {
            const isDue = nowWall >= row.dueWall;
            onDue(upkeepSubject(row), isDue, isDue ? dueDetail(row) : {});
        }
    }
}
function dueDetail({ what, dueWall }) {
    const day = localDay(dueWall);
    const common = { due: day, error_zh: `${day} 起到期`, error_en: `due since ${day}` };
    if (what === 'calibrate') {
        return {
            ...common,
            cause_zh: '距上次校准已满站点文件或型号文件规定的期限',
            cause_en: 'the time between two calibrations that the site file or its profile names is over',
            next_zh: '校准后在站点文件该设备的 upkeep.calibrated 填写新日期并重启网关',
            next_en: 'calibrate it, write the new day into upkeep.calibrated of the device and restart the gateway',
        };
    }
    return {
        ...common,
        cause_zh: '已满站点文件或型号文件规定的使用年限',
        cause_en: 'it has reached the age that the site file or its profile names',
        next_zh: '更换后在站点文件该设备的 installed 填写新日期并重启网关',
        next_en: 'replace it, write the new day into installed of the device and restart the gateway',
    };
}
/** `2026-11-28`, local. */
function localDay(wallMs) {
    return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(wallMs);
}
