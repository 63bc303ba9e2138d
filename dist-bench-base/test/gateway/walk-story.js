/** What a random life has to keep of walk tests, from readings and entries alone: no fire is lost in one, or late. */
import { brandId } from '../../config/ids.js';
import { laneOf } from '../../sync/journal/entry.js';
const realMs = 60_000;
const flickerMs = 10_000;
const secondMs = 30_000;
export class WalkStory {
    broken;
    #shown = new Map();
    #fires;
    constructor(points, broken) {
        this.broken = broken;
        const fires = points.filter((each) => each.class === 'fire');
        this.#fires = new Map(fires.map((each) => [`point:${each.id}`, each]));
    }
    anyOrder(random) {
        const zone = brandId(random() < 0.5 ? 'hall' : 'street');
        return { zone, to: random() < 0.8 ? 'begin' : 'end', forMs: 1 + random() * 1_799_999, origin: 'panel' };
    }
    see(before, after, input, { drafts }, mono) {
        for (const draft of drafts) {
            const isOfTest = draft.kind.startsWith('walk_test.');
            const isSeen = draft.kind === 'walk_test.seen';
            if (isOfTest && laneOf(draft) !== (isSeen ? 'local' : 'journal'))
                this.broken(`${draft.kind} leaves the box`);
            if (draft.detail['service'] === 'under-test')
                this.broken(`${draft.subject} is raised and under test`);
        }
        if (input.kind === 'reading')
            this.#hear(before, after, input.reading, mono);
        if (input.kind === 'tick')
            this.#late(after, mono);
        this.#whole(after);
    }
    /** No test outlives a restart, and whatever was in alarm in one has been raised. */
    restarted(state) {
        this.#whole(state);
        if (state.walkTests.size > 0)
            this.broken('a walk test outlived a restart');
        for (const [key, { normalMono }] of this.#shown) {
            if (normalMono === null && !stands(state, key))
                this.broken(`a restart lost ${key}`);
        }
        this.#shown.clear();
    }
    #hear(before, after, { pointId, value }, mono) {
        const key = `point:${pointId}`;
        const point = this.#fires.get(key);
        const test = [...before.walkTests.values()].find(({ subjects }) => subjects.includes(key));
        const isTested = before.subjects.get(key)?.service?.is === 'under-test';
        if (point === undefined || test === undefined || !isTested) {
            this.#shown.delete(key);
            return;
        }
        const shown = this.#shown.get(key);
        if (value === 'normal' && shown !== undefined) {
            // What waits for its delay is forgotten at once.
            if (mono < shown.sinceMono + point.onDelayMs)
                this.#shown.delete(key);
            else
                shown.normalMono ??= mono;
        }
        if (value !== 'alarm')
            return;
        const isNew = shown === undefined || (shown.normalMono !== null && mono >= shown.normalMono + flickerMs);
        const isBack = !isNew && shown.normalMono !== null;
        if (isNew)
            this.#shown.set(key, { sinceMono: mono, normalMono: null });
        else
            shown.normalMono = null;
        if ((!isNew && !isBack) || point.onDelayMs > 0)
            return;
        const sinceMono = isNew ? mono : shown.sinceMono;
        const isSecond = [...this.#shown].some(([other, each]) => {
            const { zone, onDelayMs } = this.#fires.get(other) ?? {};
            const isSure = other !== key && zone === point.zone && onDelayMs === 0 && each.normalMono === null;
            const isSoon = Math.abs(sinceMono - each.sinceMono) <= secondMs;
            return isSure && isSoon && before.subjects.get(other)?.service?.is === 'under-test';
        });
        if (isSecond && !stands(after, key))
            this.broken(`${key} is the second detector and no fire`);
    }
    #late(state, mono) {
        for (const [key, { sinceMono, normalMono }] of this.#shown) {
            const dueMono = sinceMono + realMs + (this.#fires.get(key)?.onDelayMs ?? 0);
            const isUnderTest = state.subjects.get(key)?.service?.is === 'under-test';
            if (normalMono === null && isUnderTest && mono > dueMono + 1)
                this.broken(`${key} is in alarm for too long`);
        }
    }
    /** Under test are the points of zones under test, none of them has an alarm, and no fire stands beside them. */
    #whole({ subjects, walkTests }) {
        const tested = new Set([...walkTests.values()].flatMap((test) => test.subjects));
        for (const { subject, service, alarm, condition, class: own } of subjects.values()) {
            if (service?.is === 'under-test') {
                if (!tested.has(subject))
                    this.broken(`${subject} is under test without a test`);
                if (alarm !== null || condition !== 'normal')
                    this.broken(`${subject} is under test and ${condition}`);
            }
            else if (own === 'fire' && alarm !== null && service === null && walkTests.size > 0) {
                this.broken(`${subject} burns and a walk test goes on`);
            }
        }
        for (const [key, { normalMono }] of this.#shown) {
            const { service, condition } = subjects.get(key) ?? {};
            const isWaiting = service?.is === 'under-test' || condition === 'pending';
            if (normalMono !== null || isWaiting || stands({ subjects }, key))
                continue;
            this.broken(`${key} was in alarm in a test, and nobody knows`);
        }
        for (const [key] of this.#shown)
            if (subjects.get(key)?.service?.is !== 'under-test')
                this.#shown.delete(key);
    }
}
function stands({ subjects }, key) {
    const { alarm = null, condition } = subjects.get(key) ?? {};
    return alarm !== null && condition !== 'normal';
}
