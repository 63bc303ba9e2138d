/**
 * Samples → packs of at most a minute → the journal, when 4 kB are ready or five minutes are over: each hand-over is a commit, and
 * commits wear the card. What is not handed over yet is lost in a power cut: six minutes of measurements, and nothing else.
 */
import type { Clock } from '../../drivers/clock.js';
import type { JournalCore } from '../../sync/journal/journal-core.js';
import { packSamplesMax, packSpanMs, recordMaxBytes, recordsMaxBytes } from '../../sync/telemetry/pack-bounds.js';
import { packSamples } from '../../sync/telemetry/pack-codec.js';
import type { TakenSample } from './sampler.js';

type ReadyPack = Parameters<JournalCore['keepTelemetry']>[0][number];

const handOverBytes = 4_096;
const handOverMs = 300_000;
/** Finer times say nothing about a measurement, and cost bytes. */
const timeStepMs = 100;

export interface PackerOptions {
  readonly clock: Pick<Clock, 'mono' | 'wall' | 'trust'>;
  readonly keep: (packs: readonly ReadyPack[]) => void;
}

export class Packer {
  #open: TakenSample[] = [];
  #openBytes = 0;
  #firstMono = Number.POSITIVE_INFINITY;
  #lastMono = Number.NEGATIVE_INFINITY;
  #ready: ReadyPack[] = [];
  #readyBytes = 0;
  #readySinceMono = 0;

  constructor(private readonly options: PackerOptions) {}

  add(sample: TakenSample): void {
    const bytes = recordMaxBytes(sample);
    const firstMono = Math.min(this.#firstMono, sample.mono);
    const lastMono = Math.max(this.#lastMono, sample.mono);
    const isFull = this.#open.length >= packSamplesMax || this.#openBytes + bytes > recordsMaxBytes;
    if (isFull || lastMono - firstMono > packSpanMs) this.#close();
    this.#open.push(sample);
    this.#openBytes += bytes;
    this.#firstMono = Math.min(this.#firstMono, sample.mono);
    this.#lastMono = Math.max(this.#lastMono, sample.mono);
  }

  /** Closes the pack whose minute is over, and hands over what is ready when it is time. */
  review(): void {
    const nowMono = this.options.clock.mono();
    if (nowMono - this.#firstMono >= packSpanMs) this.#close();
    const isOld = this.#ready.length > 0 && nowMono - this.#readySinceMono >= handOverMs;
    if (isOld || this.#readyBytes >= handOverBytes) this.#handOver();
  }

  /** Everything goes to the journal. */
  finish(): void {
    this.#close();
    this.#handOver();
  }

  #close(): void {
    if (this.#open.length === 0) return;
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
    if (this.#ready.length === 0) this.#readySinceMono = clock.mono();
    this.#ready.push({ mono, wall, clock: clock.trust(), samples: samples.length, body });
    this.#readyBytes += body.length;
    this.#open = [];
    this.#openBytes = 0;
    this.#firstMono = Number.POSITIVE_INFINITY;
    this.#lastMono = Number.NEGATIVE_INFINITY;
  }

  #handOver(): void {
    if (this.#ready.length === 0) return;
    const packs = this.#ready;
    this.#ready = [];
    this.#readyBytes = 0;
    this.options.keep(packs);
  }
}
