/** What a line remembers about one unit: its pace, its failures in a row, and counts of the last five minutes. */
import { Turnaround } from './turnaround.js';

const windowMs = 300_000;
const stretches = 10;
const stretchMs = windowMs / stretches;
const latencies = 64;

interface Stretch {
  at: number;
  requests: number;
  answers: number;
  timeouts: number;
  crcErrors: number;
  lateAnswers: number;
  doubles: number;
}
type Count = Exclude<keyof Stretch, 'at'>;
export type UnitCounts = Readonly<Record<Count, number>>;

interface Pauses {
  readonly interRequestMs: number;
  readonly afterWriteMs: number;
}

/** Counts of the last five minutes. */
export interface UnitStats extends UnitCounts {
  /** Of the last 64 answers, from the request's last byte to the answer's first, ms; null before the first. */
  readonly latencyP95Ms: number | null;
}

/** The same, and what a measurement of the wire needs besides. */
export interface UnitFigures extends UnitStats {
  /** Of the last 64 answers, ms; null before the first. */
  readonly latency: { readonly minMs: number; readonly medianMs: number; readonly maxMs: number } | null;
  /** Counts since the line was made; whoever measures takes the difference of two looks. */
  readonly sinceStart: UnitCounts;
}

export class UnitRecord {
  readonly turnaround = new Turnaround();
  #timeoutsInRow = 0;
  #lastTimeoutMono = Number.NEGATIVE_INFINITY;
  #cleanAnswers = 0;
  #underWay = 0;
  #lastEndMono = Number.NEGATIVE_INFINITY;
  #isAfterWrite = false;
  readonly #ring: Stretch[] = [];
  readonly #total = { requests: 0, answers: 0, timeouts: 0, crcErrors: 0, lateAnswers: 0, doubles: 0 };
  readonly #latencies = new Float64Array(latencies);
  #latencyCount = 0;

  /** Requests in a row that it did not answer. */
  get timeoutsInRow(): number {
    return this.#timeoutsInRow;
  }

  get lastTimeoutMono(): number {
    return this.#lastTimeoutMono;
  }

  /** Answers in a row without a late or a second one. */
  get cleanAnswers(): number {
    return this.#cleanAnswers;
  }

  /** From when it may be asked again: who wants a pause between two requests wants no two at once. */
  readyMono({ interRequestMs, afterWriteMs }: Pauses): number {
    const pauseMs = this.#isAfterWrite ? afterWriteMs : interRequestMs;
    return pauseMs > 0 && this.#underWay > 0 ? Number.POSITIVE_INFINITY : this.#lastEndMono + pauseMs;
  }

  began(nowMono: number): void {
    this.#count('requests', nowMono);
    this.#underWay++;
  }

  ended(kind: 'read' | 'write', nowMono: number): void {
    this.#underWay--;
    this.#lastEndMono = nowMono;
    this.#isAfterWrite = kind === 'write';
  }

  /** `turnaroundMs`: from the request's last byte to the answer's first; of a write it teaches nothing about reads. */
  answered(kind: 'read' | 'write', turnaroundMs: number, nowMono: number): void {
    this.#count('answers', nowMono);
    this.#timeoutsInRow = 0;
    this.#cleanAnswers++;
    const ms = Math.max(0, turnaroundMs);
    if (kind === 'read') this.turnaround.learn(ms);
    this.#latencies[this.#latencyCount++ % latencies] = ms;
  }

  /** `garbled`: it lives, so it is not taken for dead. */
  missed(how: 'time-out' | 'garbled', isGarbled: boolean, nowMono: number): void {
    this.#count(isGarbled ? 'crcErrors' : 'timeouts', nowMono);
    this.#lastTimeoutMono = nowMono;
    this.#cleanAnswers = 0;
    this.turnaround.missed();
    if (how === 'time-out') this.#timeoutsInRow++;
  }

  /** What it missed was missed by all: it is asked like a sound unit again. */
  forgive(): void {
    this.#timeoutsInRow = 0;
  }

  /** An answer that was not waited for. */
  sawExtra(kind: 'late' | 'double', nowMono: number): void {
    this.#cleanAnswers = 0;
    this.#count(kind === 'late' ? 'lateAnswers' : 'doubles', nowMono);
  }

  #count(what: Count, nowMono: number): void {
    const at = Math.floor(nowMono / stretchMs);
    let open = this.#ring[at % stretches];
    if (open?.at !== at) {
      open = { at, requests: 0, answers: 0, timeouts: 0, crcErrors: 0, lateAnswers: 0, doubles: 0 };
      this.#ring[at % stretches] = open;
    }
    open[what]++;
    this.#total[what]++;
  }

  stats(nowMono: number): UnitFigures {
    const oldest = Math.floor(nowMono / stretchMs) - stretches;
    const sum = { requests: 0, answers: 0, timeouts: 0, crcErrors: 0, lateAnswers: 0, doubles: 0 };
    for (const stretch of this.#ring) {
      if (stretch === undefined || stretch.at <= oldest) continue;
      sum.requests += stretch.requests;
      sum.answers += stretch.answers;
      sum.timeouts += stretch.timeouts;
      sum.crcErrors += stretch.crcErrors;
      sum.lateAnswers += stretch.lateAnswers;
      sum.doubles += stretch.doubles;
    }
    const sorted = this.#latencies.slice(0, Math.min(this.#latencyCount, latencies)).sort();
    const at = (share: number): number | undefined => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
    const [minMs, medianMs, maxMs] = [at(0), at(0.5), at(1)];
    const isAny = minMs !== undefined && medianMs !== undefined && maxMs !== undefined;
    const latency = isAny ? { minMs, medianMs, maxMs } : null;
    return { ...sum, latencyP95Ms: at(0.95) ?? null, latency, sinceStart: { ...this.#total } };
  }
}
