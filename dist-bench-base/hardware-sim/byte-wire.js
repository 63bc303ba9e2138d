import { AirTime } from './air-time.js';
import { hasGoodCrc } from './modbus/crc16.js';
import { openLinkOn } from './wire-link.js';
import { wireTiming } from './wire-timing.js';
/** Longest RTU frame; what follows is counted in time but not kept. */
const frameMaxBytes = 256;
/** Times are sums of fractions; one microsecond is less than a hundredth of a bit. */
const toleranceMs = 0.001;
export class ByteWire {
    /** Where the adapter was plugged in when the wire was made. */
    firstPath;
    /** Under which the adapter would still be found by its serial number. */
    adapterId;
    timing;
    units = [];
    counters = {
        requests: 0,
        replies: 0,
        silenceViolations: 0,
        collisions: 0,
        spoiltRequests: 0,
        busyMs: 0,
    };
    /** The seam of drivers/driver.ts: the wire as a tty of its own. One link at a time. */
    open;
    #clock;
    #chunkBytes;
    #masterListeners = new Set();
    #talkers = [];
    #plugListeners = new Set();
    #path;
    #isPlugged = true;
    #isCut = false;
    #frame = null;
    #cancelFrame = null;
    #air = null;
    #cancelAir = null;
    #airEndMono = Number.NEGATIVE_INFINITY;
    constructor(options) {
        this.#clock = options.clock;
        this.firstPath = options.path ?? 'simulated wire';
        this.#path = this.firstPath;
        this.adapterId = options.adapterId ?? `SIM${this.#path.replaceAll(/[^A-Za-z0-9]/g, '')}`;
        this.timing = wireTiming(options.baud, options.bitsPerChar, options.guideBits ?? true);
        this.#chunkBytes =
            options.chunkBytes === undefined || options.chunkBytes === 'whole' ? Infinity : options.chunkBytes;
        this.open = openLinkOn(this);
    }
    attach(unit) {
        this.units.push(unit);
    }
    attachTalker(talker) {
        this.#talkers.push(talker);
    }
    /** Where the adapter is plugged in now. */
    get path() {
        return this.#path;
    }
    /** True while both wires are interrupted: nothing passes, in either direction. */
    get isCut() {
        return this.#isCut;
    }
    setCut(isCut) {
        this.#isCut = isCut;
        if (!isCut)
            return;
        if (this.#frame !== null)
            this.#frame.isSpoilt = true;
        this.#cancelAir?.();
        this.#air = null;
        this.#airEndMono = Math.min(this.#airEndMono, this.#clock.mono());
    }
    /** False while the adapter is out of its socket. */
    get isPlugged() {
        return this.#isPlugged;
    }
    /** Pulls the adapter: every open link goes down and the path does not exist until `replug`. */
    unplug() {
        this.#setPlugged(false);
    }
    /** Puts it back, into another socket when `path` says so: the old path stays empty. */
    replug(path = this.#path) {
        this.#path = path;
        this.#setPlugged(true);
    }
    onPlug(listener) {
        this.#plugListeners.add(listener);
        return () => this.#plugListeners.delete(listener);
    }
    /** Bytes as they come in at the master's end. */
    onMasterBytes(listener) {
        this.#masterListeners.add(listener);
        return () => this.#masterListeners.delete(listener);
    }
    /** Resolves when the last bit written so far has left the master. */
    sent() {
        const endMono = this.#frame?.endMono ?? Number.NEGATIVE_INFINITY;
        if (endMono <= this.#clock.mono())
            return Promise.resolve();
        return new Promise((resolve) => this.#clock.exactly(endMono, resolve));
    }
    /** Hands bytes to the master's transmitter; they follow what is still being sent. */
    masterWrite(bytes) {
        if (bytes.length === 0)
            return;
        const now = this.#clock.mono();
        if (this.#frame !== null && now > this.#frame.endMono + this.timing.silenceMs + toleranceMs)
            this.#endFrame();
        this.#frame ??= this.#beginFrame(now);
        const frame = this.#frame;
        const fromMono = Math.max(now, frame.endMono);
        if (fromMono > frame.endMono + this.timing.pauseMs + toleranceMs)
            this.#markBroken(frame);
        if (frame.bytes.length + bytes.length <= frameMaxBytes)
            frame.bytes.push(...bytes);
        else
            frame.isSpoilt = true;
        frame.endMono = fromMono + bytes.length * this.timing.charMs;
        this.counters.busyMs += bytes.length * this.timing.charMs;
        if (this.#isCut)
            frame.isSpoilt = true;
        if (this.#air !== null && fromMono < this.#air.endMono - toleranceMs) {
            this.counters.collisions++;
            frame.isSpoilt = true;
            this.#air.spoil(fromMono, frame.endMono);
        }
        else
            this.#tellTalkers(bytes, frame.endMono);
        this.#cancelFrame?.();
        this.#cancelFrame = this.#clock.exactly(frame.endMono + this.timing.silenceMs, () => this.#endFrame());
    }
    /** When the last of what was handed to the transmitter has left, or will have; in the past = idle. */
    get sentMono() {
        return this.#frame?.endMono ?? Number.NEGATIVE_INFINITY;
    }
    /** Noise, or a device that speaks by itself, beginning now. */
    inject(bytes) {
        this.#talk(bytes, this.#clock.mono());
    }
    /** A second master's request, beginning now: our master hears it, the units hear and answer it. */
    injectRequest(bytes) {
        const startMono = this.#clock.mono();
        this.#talk(bytes, startMono);
        const air = this.#air;
        if (air === null)
            return;
        const endMono = startMono + bytes.length * this.timing.charMs;
        this.#clock.exactly(endMono + this.timing.silenceMs, () => {
            const isAlone = this.#frame === null && this.#airEndMono < endMono + toleranceMs;
            if (isAlone && !air.isSpoilt && !this.#isCut && hasGoodCrc(bytes))
                this.#letUnitsHear(bytes, endMono);
        });
    }
    #beginFrame(nowMono) {
        const frame = { bytes: [], endMono: nowMono, isSpoilt: false };
        if (nowMono < this.#airEndMono + this.timing.silenceMs - toleranceMs)
            this.#markBroken(frame);
        return frame;
    }
    #markBroken(frame) {
        this.counters.silenceViolations++;
        frame.isSpoilt = true;
    }
    #endFrame() {
        const frame = this.#frame;
        if (frame === null)
            return;
        this.#cancelFrame?.();
        this.#frame = null;
        this.counters.requests++;
        const bytes = Uint8Array.from(frame.bytes);
        if (frame.isSpoilt || !hasGoodCrc(bytes)) {
            this.counters.spoiltRequests++;
            return;
        }
        this.#letUnitsHear(bytes, frame.endMono);
    }
    #letUnitsHear(frame, endMono) {
        for (const unit of this.units) {
            const said = unit.hear(frame);
            if (said.length === 0)
                continue;
            const startMono = endMono + Math.max(this.timing.silenceMs, unit.nextTurnaroundMs());
            for (const each of said)
                this.#plan(unit, each, startMono);
        }
    }
    #tellTalkers(bytes, endMono) {
        if (this.#talkers.length === 0)
            return;
        this.#clock.exactly(endMono, () => {
            if (this.#isCut)
                return;
            for (const talker of this.#talkers)
                talker.hear(bytes);
        });
    }
    #plan(unit, said, startMono) {
        const atMono = startMono + said.afterMs;
        this.#clock.exactly(atMono, () => {
            if (!unit.on)
                return;
            this.counters.replies++;
            this.#talk(said.bytes, atMono);
        });
    }
    /** A unit (or noise) on the wire from `startMono` on. */
    #talk(bytes, startMono) {
        if (this.#isCut || bytes.length === 0)
            return;
        this.counters.busyMs += bytes.length * this.timing.charMs;
        if (this.#air !== null && startMono < this.#air.endMono - toleranceMs) {
            this.counters.collisions++;
            this.#air.talkOver(bytes, startMono);
        }
        else {
            if (this.#air !== null)
                this.#deliver(this.#air, Infinity);
            this.#air = new AirTime(startMono, this.timing.charMs, bytes);
        }
        this.#airEndMono = this.#air.endMono;
        this.#disturbMaster(this.#air, startMono);
        this.#pace(this.#air);
    }
    /** A request that is not yet followed by its silence can not be read any more. */
    #disturbMaster(air, startMono) {
        if (this.#frame === null)
            return;
        this.#frame.isSpoilt = true;
        if (startMono >= this.#frame.endMono - toleranceMs)
            return;
        this.counters.collisions++;
        air.spoil(startMono, this.#frame.endMono);
    }
    #pace(air) {
        this.#cancelAir?.();
        this.#cancelAir = this.#clock.exactly(air.dueMono(this.#chunkBytes), () => {
            this.#deliver(air, this.#chunkBytes);
            if (!air.isDone)
                this.#pace(air);
            else if (this.#air === air)
                this.#air = null;
        });
    }
    #deliver(air, count) {
        const bytes = air.take(count);
        if (bytes.length === 0)
            return;
        for (const listener of this.#masterListeners)
            listener(bytes, this.#clock.mono());
    }
    #setPlugged(isPlugged) {
        if (isPlugged === this.#isPlugged)
            return;
        this.#isPlugged = isPlugged;
        for (const listener of [...this.#plugListeners])
            listener(isPlugged);
    }
}
