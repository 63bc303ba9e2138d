/** The pure alarm engine on a small site, its inputs and its answers as short words, so that a test is a table. */
import { brandId } from '../../config/ids.js';
import { classOfRole } from '../../config/vocabulary.js';
import { makeStep } from '../../gateway/alarm/engine.js';
import { emptyAlarmState } from '../../gateway/alarm/facets.js';
import { faultSubject } from '../../gateway/alarm/subject.js';
const boot = brandId('boot-1');
/** A point in the hall that is `normal` or in `alarm`, at once; `odd` says what is otherwise. */
export function pointOf(id, role, odd = {}) {
    const alarmClass = classOfRole[role];
    return {
        id: brandId(id),
        name: { zh: id, en: id },
        role,
        class: alarmClass,
        zone: brandId('hall'),
        place: null,
        source: { kind: 'pin', pin: 1, low: 'low', high: 'high' },
        severities: { normal: 'normal', alarm: alarmClass ?? 'info' },
        physicalUnit: null,
        onDelayMs: 0,
        offDelayMs: 0,
        ...odd,
    };
}
/** One point of every class; `call`, `water` and `mains` wait before they believe a change. */
export const points = [
    pointOf('smoke', 'smoke.alarm', { severities: { normal: 'normal', alarm: 'fire', broken: 'fault' } }),
    pointOf('call', 'call_point.alarm', {
        severities: { normal: 'normal', alarm: 'fire' },
        onDelayMs: 100,
        offDelayMs: 500,
    }),
    pointOf('gas', 'gas.alarm', { severities: { normal: 'normal', alarm: 'warning', broken: 'fault' } }),
    pointOf('water', 'water.low', {
        severities: { normal: 'normal', low: 'supervisory' },
        onDelayMs: 3000,
        offDelayMs: 5000,
    }),
    pointOf('mains', 'mains.lost', { severities: { normal: 'normal', lost: 'fault' }, onDelayMs: 2000, offDelayMs: 0 }),
    pointOf('battery', 'battery.low', { severities: { normal: 'normal', low: 'fault' } }),
    pointOf('dirt', 'dirty', { severities: { normal: 'normal', dirty: 'technical' } }),
    pointOf('key', 'key.silence', { severities: { released: 'normal', pressed: 'info' } }),
];
const line = faultSubject('line', 'east', { zh: '东线', en: 'east line' });
export const see = (atMono, id, value) => [
    atMono,
    {
        kind: 'reading',
        reading: { ...stampOf(id, atMono), quality: 'good', value, reason: null },
    },
];
export const lose = (atMono, id, reason = 'silent') => [
    atMono,
    { kind: 'reading', reading: { ...stampOf(id, atMono), quality: 'bad', value: null, reason } },
];
export const lineFault = (atMono, isActive) => [
    atMono,
    { kind: 'condition', subject: line, isActive, detail: {} },
];
export const order = (atMono, kind, upTo) => [
    atMono,
    {
        kind: 'command',
        command: { kind, upTo: typeof upTo === 'number' ? { boot, order: upTo } : upTo, origin: 'panel' },
    },
];
export const tick = (atMono) => [atMono, { kind: 'tick' }];
export const restore = (atMono, ...rows) => [atMono, { kind: 'restore', rows }];
function stampOf(id, atMono) {
    return { pointId: brandId(id), sampledMono: atMono, frame: 1, confirmed: true };
}
/** Facets as the table says them: `active e1 sounding`, `normal e2 silenced ack:panel lost`, or `-`. */
export function told(facets) {
    if (facets === null || facets === undefined)
        return '-';
    const isLive = 'isLost' in facets;
    const alarm = isLive ? (facets.alarm?.id ?? null) : facets.alarm;
    const by = isLive ? (facets.acknowledged?.by ?? null) : facets.acknowledgedBy;
    const words = [facets.condition, alarm ?? 'none', facets.sounder];
    if (by !== null)
        words.push(`ack:${by}`);
    if (isLive && facets.isLost)
        words.push('lost');
    return words.join(' ');
}
const nameOf = (subject) => subject.replace(/^point:/, '');
const byName = (a, b) => (a < b ? -1 : 1);
/** An engine with a counter that stamps entries as the journal does, and facet rows kept as the disk keeps them. */
export class EngineRig {
    idPrefix;
    #step;
    saved = new Map();
    state = emptyAlarmState;
    trust = 'trusted';
    entries = 0;
    constructor(idPrefix = 'e', site = points) {
        this.idPrefix = idPrefix;
        this.#step = makeStep(site, [line]);
    }
    give([mono, input]) {
        const result = this.peek([mono, input]);
        this.entries += result.drafts.length;
        this.state = result.state;
        for (const { subject, row } of result.facets) {
            if (row === null)
                this.saved.delete(subject);
            else
                this.saved.set(subject, row);
        }
        return result;
    }
    /** What the step would answer, without taking it. The state it is given can not be changed. */
    peek([mono, input]) {
        const entryId = (n) => brandId(`${this.idPrefix}${this.entries + n + 1}`);
        return this.#step(frozen(this.state), input, { boot, mono, wall: 1_000_000 + mono, trust: this.trust, entryId });
    }
    of(name) {
        return this.state.subjects.get(name) ?? this.state.subjects.get(`point:${name}`);
    }
    savedOf(name) {
        return this.saved.get(name) ?? this.saved.get(`point:${name}`) ?? null;
    }
    /** Every subject that the engine remembers something about. */
    get leaves() {
        return [...this.state.subjects].map(([key, facets]) => `${nameOf(key)}: ${told(facets)}`).sort(byName);
    }
}
export function draftsOf(result) {
    return result.drafts.map(({ kind, subject, alarm, origin, detail }) => {
        const words = [kind.slice('alarm.'.length), nameOf(subject), String(alarm)];
        if (origin !== null)
            words.push(`by:${origin}`);
        if (detail['again'] === true)
            words.push('again');
        for (const key of ['as', 'reason', 'latched']) {
            if (detail[key] !== undefined)
                words.push(`${key}:${String(detail[key])}`);
        }
        return words.join(' ');
    });
}
export function savesOf(facets) {
    return facets.map(({ subject, row }) => `${nameOf(subject)}: ${told(row)}`).sort(byName);
}
function frozen(state) {
    const subjects = new Map(state.subjects);
    for (const facets of subjects.values()) {
        Object.freeze(facets);
        if (facets.alarm !== null)
            Object.freeze(facets.alarm);
        if (facets.acknowledged !== null)
            Object.freeze(facets.acknowledged);
    }
    const refuse = () => {
        throw new Error('the engine changed the state it was given');
    };
    return Object.freeze({ ...state, subjects: Object.assign(subjects, { set: refuse, delete: refuse, clear: refuse }) });
}
