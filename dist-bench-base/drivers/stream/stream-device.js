import { alarmClasses } from '../../config/vocabulary.js';
import { SaidAgain } from './said-again.js';
import { isWithin, SignalState } from './signal-state.js';
import { ValueGate } from './told-value.js';
/** A doubtful statement about one object counts when it is made twice within this time. */
const saidAgainMs = 30_000;
const saidAgainMax = 500;
/** While a device is heard, its states are confirmed so often: they are as old as its last frame, not as its last alarm. */
const refreshMs = 5_000;
const severityOrder = [...alarmClasses, 'info', 'normal'];
export class StreamDevice {
    options;
    #states;
    #values;
    #saidAgain = new SaidAgain(saidAgainMs, saidAgainMax);
    #refreshedMono = Number.NEGATIVE_INFINITY;
    constructor(options) {
        this.options = options;
        const { config, points } = options;
        const states = [];
        const values = [];
        const resets = [...config.events.values()].filter(isReset);
        for (const { id, source, severities } of points) {
            if (source.kind !== 'stream' || source.device !== config.id)
                continue;
            if (source.rest === null) {
                values.push({ id, source, gate: new ValueGate(source) });
                continue;
            }
            const told = new SignalState(source.rest, (state) => severityOrder.indexOf(severities[state] ?? 'normal'));
            const hasReset = resets.some((reset) => isAbout(reset, source.signal));
            states.push({ id, source, told, hasReset, known: new Set(Object.keys(severities)), isTold: false });
        }
        this.#states = states;
        this.#values = values;
        this.recall(options.standing);
    }
    /** In which states points stood when the gateway stopped, known only now; what the panel has said since is newer. */
    recall(standing) {
        for (const { id, told, known, isTold } of this.#states) {
            const state = standing.get(id);
            if (!isTold && state !== undefined && known.has(state))
                told.set(null, { state, isDoubtful: false });
        }
        this.#refreshedMono = Number.NEGATIVE_INFINITY;
    }
    get config() {
        return this.options.config;
    }
    /** Objects of panels that were told but found no place, over all points. */
    get beyondCount() {
        return this.#states.reduce((sum, { told }) => sum + told.beyondCount, 0);
    }
    /** Readings of what a sound frame changes or confirms. `atMono` = when its last byte was seen. */
    hear(event, atMono) {
        const named = this.config.events.get(event.code);
        const meaning = named ?? this.config.unknown;
        const frame = this.options.nextFrame();
        const readings = [];
        let touched = new Set();
        if (named === undefined)
            this.options.onUnknown(event);
        if (meaning?.kind === 'value')
            readings.push(...this.#tellValues(meaning.signal, event, atMono, frame));
        else if (meaning !== undefined)
            touched = this.#move(meaning, event, atMono);
        const isDue = atMono - this.#refreshedMono >= refreshMs;
        if (isDue)
            this.#refreshedMono = atMono;
        for (const point of this.#states) {
            const isMoved = touched.has(point);
            if (isDue || isMoved)
                readings.push(stateReading(point, isMoved && event.isDoubtful, atMono, frame));
        }
        return readings;
    }
    /** A bad reading of every point. What was told stays known, and is told again with the next sound frame. */
    unseen(reason, atMono) {
        this.#refreshedMono = Number.NEGATIVE_INFINITY;
        for (const { gate } of this.#values)
            gate.reset();
        const frame = this.options.nextFrame();
        return [...this.#states, ...this.#values].map(({ id }) => badReading(id, reason, atMono, frame));
    }
    /** Applies a state or a return to rest; returns the points it is about, also where nothing changed. */
    #move(meaning, event, atMono) {
        const touched = new Set();
        const isForObjects = !event.isDoubtful || this.#saidAgain.isRepeated(`${event.code} ${event.object}`, atMono);
        for (const point of this.#states) {
            const { source, told } = point;
            if (!isAbout(meaning, source.signal))
                continue;
            if (source.object !== null && !(isForObjects && concerns(meaning, source.object, event)))
                continue;
            // A listed object has one state of its own, kept under no name.
            if (meaning.kind === 'state') {
                told.set(source.object === null ? event.object : null, { state: meaning.state, isDoubtful: event.isDoubtful });
            }
            else if (source.object !== null)
                told.rest(null);
            // What stood before the start is of objects that nobody knows any more: a reset ends it, or where none does, the first
            // that is sound again.
            else
                told.rest(event.object, isReset(meaning) || !point.hasReset);
            point.isTold = true;
            touched.add(point);
        }
        return touched;
    }
    #tellValues(signal, event, atMono, frame) {
        return this.#values.flatMap(({ id, source, gate }) => {
            if (source.signal !== signal || (source.object !== null && source.object !== event.object))
                return [];
            const { value, reason } = gate.take(event.value, event.bad);
            if (reason !== null)
                return [badReading(id, reason, atMono, frame)];
            const confirmed = !event.isDoubtful;
            return [{ pointId: id, sampledMono: atMono, frame, confirmed, quality: 'good', value, reason }];
        });
    }
}
function isAbout(meaning, signal) {
    switch (meaning.kind) {
        case 'state':
        case 'value':
            return meaning.signal === signal;
        case 'rest':
            return meaning.signals === 'all' || meaning.signals.includes(signal);
        case 'alive':
            return false;
    }
}
/** What takes several signals back to rest at once. */
function isReset(meaning) {
    return meaning.kind === 'rest' && (meaning.signals === 'all' || meaning.signals.length > 1);
}
/** Only a return to rest reaches a listed object when the part before it says it, or the whole panel. */
function concerns(meaning, listed, { object }) {
    return object === listed || (meaning.kind === 'rest' && (object === null || isWithin(listed, object)));
}
/** A doubtful return is not confirmed either, though rest itself is never in doubt afterwards. */
function stateReading({ id, source, told }, isByDoubt, atMono, frame) {
    const { state, isDoubtful } = told.now;
    const confirmed = !isDoubtful && !(isByDoubt && state === source.rest);
    return { pointId: id, sampledMono: atMono, frame, confirmed, quality: 'good', value: state, reason: null };
}
function badReading(pointId, reason, atMono, frame) {
    return { pointId, sampledMono: atMono, frame, confirmed: false, quality: 'bad', value: null, reason };
}
