import { packSamplesMax, packSpanMs, recordMaxBytes, recordsMaxBytes } from '../../sync/telemetry/pack-bounds.js';
import { packSamples } from '../../sync/telemetry/pack-codec.js';
const handOverBytes = 4_096;
const handOverMs = 300_000;
/** Finer times say nothing about a measurement, and cost bytes. */
const timeStepMs = 100;
export class Packer {
    options;
    #open = [];
    #openBytes = 0;
    #firstMono = Number.POSITIVE_INFINITY;
    #lastMono = Number.NEGATIVE_INFINITY;
    #ready = [];
    #readyBytes = 0;
    #readySinceMono = 0;
    constructor(options) {
        this.options = options;
    }
    add(sample) {
        const bytes = recordMaxBytes(sample);
        const firstMono = Math.min(this.#firstMono, sample.mono);
        const lastMono = Math.max(this.#lastMono, sample.mono);
        const isFull = this.#open.length >= packSamplesMax || this.#openBytes + bytes > recordsMaxBytes;
        if (isFull || lastMono - firstMono > packSpanMs)
            this.#close();
        this.#open.push(sample);
        this.#openBytes += bytes;
        this.#firstMono = Math.min(this.#firstMono, sample.mono);
        this.#lastMono = Math.max(this.#lastMono, sample.mono);
    }
    /** Closes the pack whose minute is over, and hands over what is ready when it is time. */
    review() {
        const nowMono = this.options.clock.mono();
        if (nowMono - this.#firstMono >= packSpanMs)
            this.#close();
        const isOld = this.#ready.length > 0 && nowMono - this.#readySinceMono >= handOverMs;
        if (isOld || this.#readyBytes >= handOverBytes)
            this.#handOver();
    }
    /** Everything goes to the journal. */
    finish() {
        this.#close();
        this.#handOver();
    }
    #close() {
        if (this.#open.length === 0)
            return;
        const { clock } = this.options;
        const mono = this.#firstMono;
        const samples = this.#open
            .sort((a, b) => a.mono - b.mono)
            .map(({ pointId, unit, value, reason, mono: takenMono }) => {
            const afterMs = Math.round((takenMono - mono) / timeStepMs) * timeStepMs;
            return { pointId, unit, value, reason, afterMs };
        });
        const body = packSamples(samples);
        const wall = Math.round(clock.wall() - (clock.mono() - mono));
        if (this.#ready.length === 0)
            this.#readySinceMono = clock.mono();
        this.#ready.push({ mono, wall, clock: clock.trust(), samples: samples.length, body });
        this.#readyBytes += body.length;
        this.#open = [];
        this.#openBytes = 0;
        this.#firstMono = Number.POSITIVE_INFINITY;
        this.#lastMono = Number.NEGATIVE_INFINITY;
    }
    #handOver() {
        if (this.#ready.length === 0)
            return;
        const packs = this.#ready;
        this.#ready = [];
        this.#readyBytes = 0;
        this.options.keep(packs);
    }
}
