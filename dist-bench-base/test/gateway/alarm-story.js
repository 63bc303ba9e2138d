/**
 * Random lives of a small village: what its detectors say, what people order, restarts in any step. After each step the rules
 * that must never break are checked against a record of their own; the first broken one is thrown, with the seed.
 */
import { brandId } from '../../config/ids.js';
import { usualCadences } from '../../config/site-defaults.js';
import { classOfRole } from '../../config/vocabulary.js';
import { makeStep } from '../../gateway/alarm/engine.js';
import { emptyAlarmState } from '../../gateway/alarm/facets.js';
import { desiredOutputs } from '../../gateway/annunciator/desired-outputs.js';
import { seeded } from '../drivers/rig.js';
import { pointOf } from './engine-rig.js';
import { ToldTruth } from './told-truth.js';
import { WalkStory } from './walk-story.js';
function point(id, role, zone, onDelayMs = 0) {
    return pointOf(id, role, {
        zone: brandId(zone),
        severities: { normal: 'normal', alarm: classOfRole[role] ?? 'info', broken: 'fault' },
        ...{ onDelayMs, offDelayMs: 2 * onDelayMs },
    });
}
const points = [
    point('a', 'smoke.alarm', 'hall'),
    point('b', 'heat.alarm', 'hall'),
    point('c', 'smoke.alarm', 'hall', 300),
    point('call', 'call_point.alarm', 'street', 100),
    point('far', 'smoke.alarm', 'street'),
    point('gas', 'gas.alarm', 'hall'),
    point('low', 'water.low', 'street', 1000),
    point('mains', 'mains.lost', 'street'),
];
const escalationMs = 60_000;
const own = brandId('own');
const village = brandId('village');
const plans = [
    {
        id: brandId('fire'),
        when: { class: 'fire', zones: 'all' },
        steps: [
            { start: [{ kind: 'at-once' }], sound: [own] },
            { start: [{ kind: 'confirmed' }, { kind: 'unacknowledged', afterMs: escalationMs }], sound: [village] },
        ],
    },
];
/** Entries after which everything sounds from the beginning. */
const reasons = new Set(['alarm.raised', 'alarm.confirmed', 'alarm.resounded']);
export class AlarmStory {
    seed;
    #step = makeStep(points, []);
    #random;
    #saved = new Map();
    #fires = new Map();
    /** Frames that showed a trial of a walk test: they count when it is raised. */
    #tried = new Map();
    #told = new ToldTruth((rule) => this.#broken(rule));
    #state = emptyAlarmState;
    #boot = 1;
    #entries = 0;
    #frame = 0;
    /** Of the story, over all boots: the clock that nobody inside has. */
    #mono = 0;
    #bootMono = 0;
    /** One of them comes and goes for a while. */
    #flickers = { at: points[0], left: 0 };
    #walk = new WalkStory(points, (rule) => this.#broken(rule));
    /** When the newest reason to sound came up, of each fire. */
    #reasons = new Map();
    /** So many of each kind of step, so that a test can see that the story reached something. */
    counts = {};
    constructor(seed) {
        this.seed = seed;
        this.#random = seeded(seed);
    }
    /** One step; throws when a rule is broken. */
    live() {
        const before = this.#state;
        const dice = this.#random();
        this.#mono += this.#random() * (dice < 0.9 ? 200 : dice < 0.97 ? 20_000 : 400_000);
        if (this.#random() < 0.01) {
            this.#restart();
            return;
        }
        const input = this.#anyInput();
        const result = this.#give(input);
        this.#checkLatch(before, input, result);
        this.#checkSilence(before, input);
        this.#checkOutputs();
        this.#checkConfirmed(result);
        this.#walk.see(before, this.#state, input, result, this.#mono);
        if (input.kind === 'tick')
            this.#told.isUpToDate(this.#state, this.#mono);
    }
    #nowMono() {
        return this.#mono - this.#bootMono;
    }
    #give(input) {
        const entryId = (n) => brandId(`e${this.#entries + n}`);
        const mono = this.#nowMono();
        const now = {
            boot: brandId(`b${this.#boot}`),
            mono,
            wall: 1e12 + this.#mono,
            trust: 'trusted',
            entryId,
        };
        const before = this.#state;
        const first = this.#entries;
        const result = this.#step(before, input, now);
        this.#state = result.state;
        this.#entries += result.drafts.length;
        for (const { subject, row } of result.facets) {
            if (row === null)
                this.#saved.delete(subject);
            else
                this.#saved.set(subject, row);
        }
        for (const { kind, subject, class: alarmClass } of result.drafts) {
            this.#count(kind);
            if (reasons.has(kind))
                this.#reasons.set(subject, this.#mono);
            if (kind !== 'alarm.raised' || alarmClass !== 'fire')
                continue;
            const fire = this.#fires.get(subject) ?? { frames: new Set(this.#tried.get(subject)), raisedMono: 0 };
            fire.raisedMono = this.#mono;
            this.#fires.set(subject, fire);
        }
        // What a start finds saved was told before it.
        const seen = input.kind === 'restore' ? this.#state : before;
        const idOf = (n) => brandId(`e${first + n}`);
        this.#told.see({ before: seen, after: this.#state, drafts: result.drafts, idOf, mono: this.#mono });
        if (input.kind === 'reading')
            this.#noteFrame(input.reading);
        for (const key of this.#tried.keys())
            if (!this.#isTrial(key))
                this.#tried.delete(key);
        return result;
    }
    #isTrial(key) {
        return this.#state.subjects.get(key)?.service?.trial !== undefined;
    }
    #noteFrame({ pointId, value, confirmed, frame }) {
        const key = `point:${pointId}`;
        if (this.#isTrial(key) && !this.#tried.has(key))
            this.#tried.set(key, new Set());
        const frames = this.#fires.get(key)?.frames ?? this.#tried.get(key);
        if (value === 'alarm' && confirmed)
            frames?.add(`b${this.#boot}/${frame}`);
    }
    #anyInput() {
        const random = this.#random;
        const pick = (from) => from[Math.floor(random() * from.length)] ?? from[0];
        if (random() < 0.01)
            this.#flickers = { at: pick(points), left: 30 };
        const { at, left } = this.#flickers;
        const isFlicker = left > 0 && random() < 0.8;
        this.#flickers = { at, left: left - 1 };
        const { id } = isFlicker ? at : pick(points);
        // Frames are shared by neighbours now and then, as a block of registers is.
        if (random() < 0.6)
            this.#frame++;
        const stamp = { pointId: id, sampledMono: this.#nowMono(), frame: this.#frame, confirmed: random() < 0.9 };
        const dice = isFlicker ? 0 : random();
        if (dice < 0.6) {
            const value = isFlicker
                ? left % 2 === 0
                    ? 'alarm'
                    : 'normal'
                : pick(['normal', 'normal', 'normal', 'alarm', 'broken']);
            return { kind: 'reading', reading: { ...stamp, quality: 'good', value, reason: null } };
        }
        if (dice < 0.68) {
            const reason = pick(['silent', 'line-down', 'sentinel']);
            return { kind: 'reading', reading: { ...stamp, quality: 'bad', value: null, reason } };
        }
        if (dice < 0.82)
            return { kind: 'tick' };
        if (dice < 0.83)
            return { kind: 'walk-test', order: this.#walk.anyOrder(random) };
        if (dice < 0.86) {
            const to = pick(['shelved', 'out-of-service', 'in-service']);
            const isFire = classOfRole[points.find((each) => each.id === id)?.role ?? 'contact'] === 'fire';
            const order = {
                subjects: [`point:${id}`],
                to: isFire && to === 'shelved' ? 'in-service' : to,
                forMs: random() * 60_000,
            };
            return { kind: 'service', order: { ...order, origin: 'panel' } };
        }
        const { lastOrder } = this.#state;
        const upTo = random() < 0.7
            ? { boot: brandId(`b${this.#boot}`), order: Math.floor(random() * (lastOrder + 1)) }
            : { raisedBeforeMono: this.#nowMono() - random() * 2000 };
        return { kind: 'command', command: { kind: pick(['acknowledge', 'silence', 'reset']), upTo, origin: 'panel' } };
    }
    /** Nothing of what was latched, acknowledged, silenced, confirmed or taken out is lost; no step of a plan is put off. */
    #restart() {
        this.#count('restart');
        const told = this.#memory();
        const outputs = this.#outputs();
        this.#boot++;
        this.#bootMono = this.#mono;
        this.#state = emptyAlarmState;
        this.#tried.clear();
        this.#frame = Math.floor(this.#random() * 3);
        for (const subject of this.#reasons.keys())
            this.#reasons.set(subject, this.#mono);
        this.#give({ kind: 'restore', rows: [...this.#saved.values()] });
        this.#told.restarted(this.#state, this.#mono);
        this.#walk.restarted(this.#state);
        const after = this.#memory();
        for (const [subject, was] of told) {
            // A fire that was waiting counts as raised, and may confirm another: never less.
            if (after.get(subject)?.startsWith(was) !== true)
                this.#broken(`a restart changed ${subject}: ${was} → ${String(after.get(subject))}`);
        }
        for (const [id, was] of outputs) {
            if (was && this.#outputs().get(id) !== true)
                this.#broken(`a restart took ${id} off`);
        }
    }
    #memory() {
        return new Map([...this.#state.subjects.values()].flatMap((facets) => {
            const { subject, alarm, acknowledged, sounder, service } = facets;
            // Delays are judged anew: a fire that was waiting counts as raised (the tables of the engine).
            if (alarm === null || facets.condition === 'pending')
                return [];
            // What is over at this very moment ends with the restart.
            if (service !== null && service.untilMono <= this.#nowMono())
                return [];
            // Nor does a silence that has lasted long enough outlive it.
            const silentMs = this.#nowMono() - facets.sounderMono;
            const isOver = facets.condition !== 'normal' && silentMs >= (usualCadences[facets.class].resoundMs ?? Infinity);
            const heard = sounder === 'silenced' && isOver ? 'sounding' : sounder;
            return [[subject, `${alarm.id} ${heard} ${acknowledged?.by} ${service?.is} ${alarm.confirmed ?? ''}`]];
        }));
    }
    #outputs() {
        const { outputs } = desiredOutputs(this.#state, plans, this.#nowMono());
        return new Map([...outputs].map(([id, { on }]) => [id, on]));
    }
    #checkLatch(before, input, { drafts }) {
        for (const was of firesOf(before)) {
            if (this.#state.subjects.get(was.subject)?.alarm?.id === was.alarm?.id)
                continue;
            const reset = drafts.some(({ kind, subject }) => kind === 'alarm.reset' && subject === was.subject);
            const isOrdered = input.kind === 'command' && input.command.kind === 'reset';
            if (!reset || !isOrdered || (was.condition !== 'normal' && !was.isLost))
                this.#broken(`${was.subject} was lost`);
            this.#fires.delete(was.subject);
        }
    }
    #checkSilence(before, input) {
        if (input.kind !== 'command' || input.command.kind !== 'silence')
            return;
        const { upTo } = input.command;
        for (const was of firesOf(before)) {
            const { alarm } = was;
            if (alarm === null || was.sounder !== 'sounding')
                continue;
            const isNewer = 'order' in upTo ? alarm.order > upTo.order : alarm.raisedMono > upTo.raisedBeforeMono;
            if (isNewer && this.#state.subjects.get(was.subject)?.sounder !== 'sounding') {
                this.#broken(`silence reached ${was.subject}, which nobody had seen`);
            }
        }
    }
    /** No output without a reason, none off against one; a plan is taken on time. */
    #checkOutputs() {
        const sounding = firesOf(this.#state).filter(({ sounder, service }) => sounder === 'sounding' && service === null);
        const outputs = this.#outputs();
        if ((outputs.get(own) ?? false) !== sounding.length > 0)
            this.#broken('own siren');
        const wakes = sounding.some(({ subject, alarm, acknowledged }) => {
            const waitedMs = this.#mono - (this.#fires.get(subject)?.raisedMono ?? Number.POSITIVE_INFINITY);
            return alarm?.confirmed !== null || (acknowledged === null && waitedMs >= escalationMs);
        });
        if (wakes && outputs.get(village) !== true)
            this.#broken('the village should have been woken');
        const isWoken = outputs.get(village) === true;
        this.#checkRest(sounding);
        if (isWoken && sounding.length === 0)
            this.#broken('the village is woken without a reason');
    }
    /** A siren rests only when nothing new has come up for as long as it sounds. */
    #checkRest(sounding) {
        const { outputs } = desiredOutputs(this.#state, plans, this.#nowMono(), new Set([own, village]));
        const isResting = sounding.length > 0 && outputs.get(own)?.on === false;
        const reasonMono = Math.max(...sounding.map(({ subject }) => this.#reasons.get(subject) ?? 0));
        if (isResting)
            this.#count('rest');
        if (isResting && this.#mono - reasonMono < usualCadences.fire.soundsMs)
            this.#broken('a siren rests too soon');
    }
    /** One frame is never two detectors. */
    #checkConfirmed({ drafts }) {
        for (const { kind, subject, zone, detail } of drafts) {
            if (kind !== 'alarm.confirmed' || detail['reason'] !== 'second-detector')
                continue;
            const others = firesOf(this.#state).filter((each) => each.zone === zone && each.service === null);
            const frames = new Set(others.flatMap((each) => [...(this.#fires.get(each.subject)?.frames ?? [])]));
            const seen = others.filter((each) => (this.#fires.get(each.subject)?.frames.size ?? 0) > 0);
            if (frames.size < 2 || seen.length < 2)
                this.#broken(`${subject} was confirmed by a single frame`);
        }
    }
    #count(what) {
        this.counts[what] = (this.counts[what] ?? 0) + 1;
    }
    #broken(rule) {
        throw new Error(`seed ${this.seed}, entry ${this.#entries}: ${rule}`);
    }
}
function firesOf({ subjects }) {
    return [...subjects.values()].filter((facets) => facets.class === 'fire' && facets.alarm !== null);
}
