/**
 * The reference consumer of a district: what comes from a broker is kept, handed on once and in order, and receipted.
 *
 *   take() ─▶ intake ─▶ store.keep (one transaction for all that waits) ─▶ take() resolves: the broker may forget it
 *                            └─▶ store.readAfter ─▶ handOn() ─▶ store.settle ─▶ the chains move, a receipt is due
 */
import { Backoff } from '../../drivers/backoff.js';
import { gapsOf, withoutGaps } from './chain.js';
import { Chains } from './chains.js';
import { handedOn } from './handed-on.js';
import { readMessage } from './read-message.js';
import { ReceiverError, } from './receiver-store.js';
/** Messages that wait for the disk; the next ones are refused, and the broker sends them again. */
const intakeMax = 10_000;
/** Of one transaction, and of one call of handOn. */
const batchMax = 500;
/** What comes within this goes into one transaction. */
const gatherMs = 1;
/** Handing on costs two fsyncs: what comes quicker is handed on together; a single alarm does not wait. */
const handEveryMs = 20;
const gapLookEveryMs = 10_000;
const forgetEveryMs = 3_600_000;
const forgetAtOnceRows = 1_000;
/** Durable rows told anew before what is here of them was handed on; the oldest are left to the next time they are told. */
const againMax = 10_000;
const retryFirstMs = 1_000;
const retryCapMs = 60_000;
export class Receiver {
    options;
    counts = { messages: 0, handedOn: 0, invalid: 0, unread: 0, again: 0 };
    #chains;
    #keepBackoff;
    #handBackoff;
    #timers = new Map();
    #receiver = '';
    #handed = 0;
    /** Handed on, and not written down yet. */
    #handedUnsettled = 0;
    #intake = [];
    #again = [];
    #keeping = null;
    #handing = null;
    #mayHaveMore = false;
    #handedMono = Number.NEGATIVE_INFINITY;
    #isOpen = false;
    #isTroubled = false;
    constructor(options) {
        this.options = options;
        this.#chains = new Chains(options.clock, options.events ?? {});
        this.#keepBackoff = new Backoff(retryFirstMs, retryCapMs, options.random);
        this.#handBackoff = new Backoff(retryFirstMs, retryCapMs, options.random);
    }
    /** Opens the store and hands on what is left from the last time. Rejects with ReceiverError. */
    async start() {
        const { receiver, handed, chains, uplinks } = await this.options.store.open();
        this.#receiver = receiver;
        this.#handed = handed;
        this.#handedUnsettled = handed;
        this.#chains.load(this.options.acceptsGaps === true ? await this.#acceptGaps(chains) : chains, uplinks);
        this.#isOpen = true;
        this.#lookAtGaps();
        void this.#forgetOld();
        this.#startHanding();
    }
    /** Resolves when the message is durable here, or is none; until then the broker has to keep it. Rejects with ReceiverError. */
    take(topic, bytes) {
        if (!this.#isOpen)
            return Promise.reject(new ReceiverError('RECEIVER-006'));
        this.counts.messages += 1;
        if (this.#intake.length >= intakeMax)
            return Promise.reject(new ReceiverError('RECEIVER-005'));
        const read = readMessage(topic, bytes, this.options.parseTelemetry);
        if (read.of === 'unread') {
            this.counts.unread += 1;
            return Promise.resolve();
        }
        if (read.of === 'invalid') {
            this.counts.invalid += 1;
            this.options.events?.onInvalid?.({ topic, why: read.why, total: this.counts.invalid });
        }
        if (read.of === 'status')
            this.#takeStatus(read, read.status);
        return new Promise((resolve, reject) => {
            this.#intake.push({ read, topic, bytes, resolve, reject });
            if (this.#keeping === null)
                this.#arm('flush', gatherMs, () => this.#startKeeping());
        });
    }
    /** The receipts that are due, each once; a site whose uplink is not known yet waits. */
    takeReceipts() {
        return this.#chains.takeReceipts();
    }
    /** A receipt did not get through. */
    putBackReceipt(site) {
        this.#chains.markDue(site);
    }
    /** Resolves when all that was taken so far is handed on, or waits for something that fails. */
    async settled() {
        const isWaiting = () => !this.#isTroubled && (this.#timers.has('flush') || this.#timers.has('hand'));
        while (this.#keeping !== null || this.#handing !== null || isWaiting()) {
            await (this.#keeping ?? this.#handing ?? new Promise((resolve) => this.options.clock.after(1, resolve)));
        }
    }
    /** Finishes what is under way and closes the store. What only waits is refused: the broker still has it. */
    async stop() {
        this.#isOpen = false;
        for (const cancel of this.#timers.values())
            cancel();
        this.#timers.clear();
        for (const { reject } of this.#intake.splice(0))
            reject(new ReceiverError('RECEIVER-006'));
        await this.#keeping;
        await this.#handing;
        for (const cancel of this.#timers.values())
            cancel();
        await this.options.store.close();
    }
    async #acceptGaps(chains) {
        const torn = chains.filter(({ state }) => state.islands.length > 0);
        const mended = torn.map((chain) => ({ ...chain, state: withoutGaps(chain.state) }));
        await this.options.store.settle(this.#handed, mended);
        for (const chain of torn)
            for (const gap of gapsOf(chain.state))
                this.options.events?.onGapAccepted?.(chain, gap);
        return chains.map((chain) => mended.find((each) => each.chain === chain.chain) ?? chain);
    }
    #takeStatus(site, status) {
        this.options.events?.onStatus?.(site, status);
        if (status.uplink !== undefined)
            this.#chains.setUplink(site, status.uplink);
        // Whoever was away may have missed the last receipt.
        if (status.state === 'online')
            this.#chains.markDue(site);
    }
    #startKeeping() {
        if (this.#keeping !== null || !this.#isOpen)
            return;
        this.#keeping = this.#keepAll().finally(() => {
            this.#keeping = null;
            if (this.#isOpen && this.#intake.length > 0)
                this.#arm('flush', gatherMs, () => this.#startKeeping());
        });
    }
    /** Never rejects: a disk that fails is asked again later. */
    async #keepAll() {
        while (this.#intake.length > 0) {
            const batch = this.#intake.splice(0, batchMax);
            try {
                const kept = await this.options.store.keep(batchOf(batch, this.options));
                this.#keepBackoff.reset();
                this.#chains.add(kept.newChains);
                this.counts.again += kept.again.length;
                this.#again = [...this.#again, ...kept.again].slice(-againMax);
                for (const { read } of batch)
                    if (read.of === 'row')
                        this.#noteUplink(read.row);
                for (const { resolve } of batch)
                    resolve();
                this.#works();
                this.#startHanding();
            }
            catch (error) {
                this.#intake = [...batch, ...this.#intake];
                this.#fails(error);
                if (this.#isOpen)
                    this.#arm('flush', this.#keepBackoff.nextMs(), () => this.#startKeeping());
                else
                    for (const { reject } of this.#intake.splice(0))
                        reject(new ReceiverError('RECEIVER-006'));
                return;
            }
        }
    }
    #noteUplink(row) {
        if (row.uplink !== null)
            this.#chains.setUplink(row, row.uplink);
    }
    #startHanding() {
        this.#mayHaveMore = true;
        if (this.#handing !== null || !this.#isOpen || this.#timers.has('hand'))
            return;
        const waitMs = this.#handedMono + handEveryMs - this.options.clock.mono();
        if (waitMs > 0) {
            this.#arm('hand', waitMs, () => this.#startHanding());
            return;
        }
        this.#handing = this.#handAll().finally(() => {
            this.#handing = null;
            if (this.#mayHaveMore)
                this.#startHanding();
        });
    }
    /** Never rejects: whoever does not take the rows is asked again later. */
    async #handAll() {
        this.#mayHaveMore = false;
        try {
            while (this.#isOpen && (await this.#handNext()))
                ;
            this.#handBackoff.reset();
            this.#handedMono = this.options.clock.mono();
        }
        catch (error) {
            this.#fails(error);
            if (this.#isOpen)
                this.#arm('hand', this.#handBackoff.nextMs(), () => this.#startHanding());
        }
    }
    /** True when there is certainly more. */
    async #handNext() {
        const { store, handOn } = this.options;
        const rows = await store.readAfter(this.#handed, batchMax);
        // What is told anew counts once what is here of it was handed on.
        const last = rows.at(-1)?.number ?? this.#handed;
        const again = this.#again.filter(({ number }) => number <= last);
        if (rows.length === 0 && again.length === 0)
            return false;
        const fresh = rows.filter(({ number }) => number > this.#handedUnsettled);
        if (fresh.length > 0)
            await handOn(fresh.map((row) => handedOn(row, this.#receiver)));
        this.#handedUnsettled = last;
        const links = [...again, ...rows.flatMap(({ place }) => place ?? [])];
        const moved = this.#chains.moved(links);
        await store.settle(last, moved);
        this.#handed = last;
        this.counts.handedOn += rows.length;
        const counted = new Set(again);
        this.#again = this.#again.filter((row) => !counted.has(row));
        this.#chains.move(moved, links);
        this.#works();
        return rows.length === batchMax;
    }
    #lookAtGaps() {
        this.#chains.tellGaps(this.options.gapAfterMs);
        this.#arm('gaps', gapLookEveryMs, () => this.#lookAtGaps());
    }
    async #forgetOld() {
        this.#arm('forget', forgetEveryMs, () => void this.#forgetOld());
        const { store, clock, keepMs } = this.options;
        try {
            while (this.#isOpen && (await store.forget(clock.wall() - keepMs, forgetAtOnceRows)) === forgetAtOnceRows)
                ;
        }
        catch (error) {
            this.#fails(error);
        }
    }
    #fails(error) {
        this.#isTroubled = true;
        this.options.events?.onTrouble?.(error);
    }
    #works() {
        if (!this.#isTroubled)
            return;
        this.#isTroubled = false;
        this.options.events?.onTrouble?.(null);
    }
    #arm(name, delayMs, run) {
        if (this.#timers.has(name))
            return;
        const cancel = this.options.clock.after(delayMs, () => {
            this.#timers.delete(name);
            run();
        });
        this.#timers.set(name, cancel);
    }
}
function batchOf(batch, { clock, joins = false }) {
    const reads = batch.map(({ read }) => read);
    return {
        rows: reads.flatMap((read) => (read.of === 'row' ? [read.row] : [])),
        invalid: batch.flatMap(({ read, topic, bytes }) => read.of === 'invalid' ? [{ topic, why: read.why, bytes }] : []),
        uplinks: reads.flatMap((read) => read.of === 'status' && read.status.uplink !== undefined
            ? [{ district: read.district, site: read.site, uplink: read.status.uplink }]
            : []),
        wall: clock.wall(),
        joins,
    };
}
