import { commandTime } from '../../../sync/command-result.js';
import { readMoment } from '../../../sync/read-moment.js';
import { alarmsStanding } from '../../exercise/standing.js';
import { isPlain, textMax } from '../exercise-order.js';
import { commandRefusalWords } from '../refusal-words.js';
import { configPlan } from './config-plan.js';
import { done, refusedPlan } from './outcome.js';
import { pointsOf, readPoints } from './read-points.js';
import { soundingOf, upToOf } from './silence-order.js';
import { soundAsk } from './sound-orders.js';
/** Of the district's staff: to silence is anybody's, all else duty staff's; what is the installer's they never are. */
const level = { silence: 1, duty: 2 };
/** Of one answer. */
const namesMax = 50;
export class DistrictOrders {
    options;
    constructor(options) {
        this.options = options;
    }
    /** `zones`: where it may take effect, null: everywhere. Changes nothing. */
    plan({ id, what }, zones, origin) {
        const { config, requests, configOrders } = this.options;
        if (zones?.some((zone) => config.zones.every((each) => each.id !== zone)) === true)
            return refusedPlan('unknown-zone');
        switch (what.order) {
            case 'silence':
                return this.#silence(what.upTo, zones, origin);
            case 'reset_request':
                if (upToOf(what.upTo, this.#seen) === null)
                    return refusedPlan('stale-view');
                if (what.words !== undefined && !isPlain(what.words, textMax))
                    return refusedPlan('bad-text');
                if (requests.isFull('reset-request'))
                    return refusedPlan('busy');
                return { run: () => this.#askReset(what.words ?? null, origin) };
            case 'siren_test':
            case 'speaker_test':
            case 'broadcast': {
                const ask = soundAsk(what, zones, config);
                if (typeof ask === 'string')
                    return refusedPlan(ask);
                if (alarmsStanding(this.options.alarms(), config.plans).hasFire)
                    return refusedPlan('fire-stands');
                return { run: () => this.#exercise(ask, origin) };
            }
            case 'broadcast_stop':
                return { run: () => this.#exercise({ ask: 'broadcast-stop' }, origin) };
            case 'duty_check':
                if (requests.isFull('duty-check'))
                    return refusedPlan('busy');
                return { run: () => requests.askDuty(id, origin, what.withinS * 1000) };
            case 'read_points':
                return this.#read(what, zones);
            case 'shelve':
            case 'unshelve':
                return this.#serve(what, zones, origin);
            case 'time':
                return { run: () => this.#compareTime(what.now) };
            case 'config_fetch':
            case 'config_stage':
            case 'config_apply':
            case 'config_rollback':
                return configPlan(what, origin, configOrders);
            default: {
                const impossible = what;
                throw new Error(`impossible order ${String(impossible)}`);
            }
        }
    }
    get #seen() {
        const { boot, alarms, newestRaising } = this.options;
        return { boot: boot(), alarms: alarms(), newestRaising };
    }
    #silence(report, zones, origin) {
        const seen = this.#seen;
        const upTo = upToOf(report, seen);
        if (upTo === null)
            return refusedPlan('stale-view');
        const meant = soundingOf(upTo, zones, seen);
        // Only whoever has looked may say that it need not sound: somebody in the village, never another order of the district.
        const isSeen = meant.every(({ acknowledged }) => acknowledged !== null && !acknowledged.by.startsWith('centre:'));
        if (!isSeen)
            return refusedPlan('not-acknowledged');
        const run = () => {
            const again = this.#silence(report, zones, origin);
            if ('refused' in again)
                return { state: 'failed', reason: again.refused, words: again.words };
            const subjects = new Set(soundingOf(upTo, zones, this.#seen).map(({ subject }) => subject));
            const answer = this.options.command({ kind: 'silence', upTo, origin, subjects, level: level.silence });
            return outcomeOf(answer, { zh: '已消音', en: 'silenced' });
        };
        return { run };
    }
    #askReset(note, origin) {
        this.options.requests.askReset(origin, note);
        const [zh, en] = note === null ? ['', ''] : [`：${note}`, `: ${note}`];
        return done({ zh: `请现场人员复位${zh}`, en: `the people on the box are asked for a reset${en}` });
    }
    #exercise(ask, origin) {
        const answer = this.options.exercises().submit(ask, { origin, level: level.duty });
        return answer.accepted ? done(answer.done) : { state: 'failed', reason: answer.reason, words: answer.why };
    }
    #read(what, zones) {
        const { points, clock } = this.options;
        const wanted = pointsOf(points.all, { ids: what.points ?? null, zones });
        if (wanted.length === 0)
            return refusedPlan('nothing-to-read');
        const words = { zh: `${wanted.length} 个监测点`, en: `${wanted.length} points` };
        return {
            run: () => done(words, readPoints(wanted, (id) => points.get(id), clock.mono())),
        };
    }
    #serve(what, zones, origin) {
        const { subjects } = what;
        if (zones !== null && !subjects.every((name) => this.#isIn(name, zones)))
            return refusedPlan('unknown-subject');
        const asked = what.order === 'shelve' ? { to: 'shelved', forMs: what.forS * 1000 } : putBack;
        const words = { zh: '已执行', en: 'done' };
        return { run: () => outcomeOf(this.options.serve({ ...asked, subjects, origin, level: level.duty }), words) };
    }
    /** All that goes by this name lies in these zones. */
    #isIn(name, zones) {
        const { points, alarms } = this.options;
        const facets = alarms().subjects.get(name);
        if (facets !== undefined)
            return facets.zone !== null && zones.includes(facets.zone);
        const named = points.all.filter(({ id }) => name === id || name.endsWith(`point:${id}`) || id.startsWith(`${name}/`));
        return named.length > 0 && named.every(({ zone }) => zone !== null && zones.includes(zone));
    }
    /** Told, and hinted: that makes no clock trusted, and the system's clock is never set from outside. */
    #compareTime(now) {
        const { clock } = this.options;
        const told = readMoment(now) ?? 0;
        const differenceMs = told - clock.wall();
        clock.hint?.(told);
        const words = {
            zh: `平台时间与本机相差 ${Math.round(differenceMs / 1000)} 秒`,
            en: `the district's time differs from ours by ${Math.round(differenceMs / 1000)} s`,
        };
        return done(words, { ours: commandTime(clock.wall()), clock: clock.trust(), differenceMs });
    }
}
const putBack = { to: 'in-service', forMs: 0 };
function outcomeOf(answer, words) {
    if (!answer.accepted)
        return { state: 'failed', reason: answer.reason, words: commandRefusalWords[answer.reason] };
    const { touched, stillActive } = answer;
    const subjects = touched.slice(0, namesMax);
    return done(words, { subjects, count: touched.length, stillActive: stillActive.length });
}
