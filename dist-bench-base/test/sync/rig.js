/** What the tests of this floor share: drafts, a disk that obeys, a centre that obeys, seeded chance. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { brandId } from '../../config/ids.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
/** Mulberry32: the same numbers for the same seed. */
export function seeded(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
}
export function tempDir() {
    const dir = mkdtempSync(join(tmpdir(), 'gengfu-sync-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    return dir;
}
/** For all tests of a file. */
export function keptDir() {
    const dir = mkdtempSync(join(tmpdir(), 'gengfu-sync-'));
    afterAll(() => rmSync(dir, { recursive: true, force: true }));
    return dir;
}
const base = {
    kind: 'alarm.raised',
    class: 'fire',
    subject: 'point:smoke-1/smoke',
    alarm: null,
    zone: null,
    words: { zh: '一号烟感火警', en: 'fire at smoke detector 1' },
    origin: null,
    detail: {},
};
export function fire(over = {}) {
    return { ...base, ...over };
}
export function fault(over = {}) {
    return { ...base, class: 'fault', subject: 'line:east', words: { zh: '线路故障', en: 'line fault' }, ...over };
}
export function epochId(text) {
    return brandId(text);
}
/** A complete entry, for tests below the journal core. */
export function entry(epoch, counter, over = {}) {
    return {
        ...base,
        id: brandId(`${epoch}-boot1-${counter}`),
        epoch: epochId(epoch),
        boot: brandId('boot1'),
        lane: 'fire',
        mono: 1_234.5,
        wall: 1_795_000_000_000,
        clock: 'trusted',
        ...over,
    };
}
export function stored(position, over = {}) {
    return { ...entry('e1', position), position, sequence: position, ...over };
}
export function facet(subject, over = {}) {
    return {
        subject,
        class: 'fire',
        zone: brandId('hall'),
        name: { zh: '祠堂烟感', en: 'smoke in the hall' },
        condition: 'active',
        alarm: brandId('e1-boot1-1'),
        raisedWall: 1_795_000_000_000,
        acknowledgedBy: null,
        acknowledgedWall: null,
        sounder: 'sounding',
        service: 'in-service',
        serviceUntilWall: null,
        serviceBy: null,
        acknowledgedAfterMs: null,
        frames: '',
        confirmed: null,
        silencedWall: null,
        untold: null,
        ...over,
    };
}
/** A disk that works, refuses or hangs, as the test says. `hangs`: calls are done, and answered, when it stops hanging. */
export class MoodyStore {
    inner;
    mood = 'works';
    batches = [];
    opens = 0;
    #held = [];
    constructor(inner = new InlineStore(':memory:')) {
        this.inner = inner;
    }
    open(newEpoch) {
        this.opens += 1;
        return this.#do(() => this.inner.open(newEpoch));
    }
    append(batch) {
        this.batches.push(batch);
        return this.#do(() => this.inner.append(batch));
    }
    readAfter(lane, after, limit) {
        return this.#do(() => this.inner.readAfter(lane, after, limit));
    }
    readTelemetryAfter(after, limit) {
        return this.#do(() => this.inner.readTelemetryAfter(after, limit));
    }
    backlogAfter(lane, after) {
        return this.#do(() => this.inner.backlogAfter(lane, after));
    }
    placeAt(lane, position) {
        return this.#do(() => this.inner.placeAt(lane, position));
    }
    tidy(order, isFirst) {
        return this.#do(() => this.inner.tidy(order, isFirst));
    }
    savePositions(rows) {
        return this.#do(() => this.inner.savePositions(rows));
    }
    close() {
        return this.#do(() => this.inner.close());
    }
    wakeUp() {
        this.mood = 'works';
        for (const run of this.#held.splice(0))
            run();
    }
    #do(work) {
        if (this.mood === 'works')
            return work();
        if (this.mood !== 'hangs')
            return Promise.reject(this.mood);
        return new Promise((resolve, reject) => {
            this.#held.push(() => work().then(resolve, reject));
        });
    }
}
/** A centre that is told when to confirm. */
export class ObedientUplink {
    windowMax;
    id = brandId('district');
    events = null;
    sent = [];
    /** Unconfirmed, in the order sent. */
    open = [];
    confirmsAtOnce = false;
    isStopped = false;
    constructor(windowMax = 20) {
        this.windowMax = windowMax;
    }
    start(events) {
        this.events = events;
    }
    up() {
        this.events?.onUp();
    }
    down(error) {
        this.events?.onDown(error);
        for (const { refuse } of this.open.splice(0))
            refuse(error);
    }
    confirmNext() {
        this.open.shift()?.confirm();
    }
    send(report) {
        this.sent.push(report);
        if (this.confirmsAtOnce)
            return Promise.resolve();
        return new Promise((resolve, reject) => {
            this.open.push({ report, confirm: resolve, refuse: reject });
        });
    }
    async stop() {
        this.isStopped = true;
    }
    get sentIds() {
        return this.sent.map((report) => report.entry.id);
    }
}
/** How far the uplink `district` is in the fire lane, and nothing else known. */
export function positionRow(position) {
    return { uplink: brandId('district'), lane: 'fire', position, kept: 0, told: null, wall: 0 };
}
