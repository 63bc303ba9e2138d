/**
 * Which readings become samples. A point is sampled when it is seen for the first time, when it has moved by its deadband, and once
 * per heartbeat; at most once per minimum interval. Numbers of all points that have moved go together, at the end of each interval, with
 * their newest values. A change between good and bad, or of a state, goes at once, a few times a minute. Only monotonic time is looked at. A reading that changes nothing costs a look-up and a comparison, and
 * allocates nothing.
 */
import type { PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { SampledPoint } from './sampled-points.js';

/** What waits for its interval, and heartbeats, are looked at so often: both are late by no more. */
const reviewMs = 5_000;
/** Changes of one point that do not wait for its interval; a chattering contact gives no more. */
const urgentMax = 4;
const urgentWindowMs = 60_000;
/** What was seen longer ago is a statement about now: the point is as it was then. */
const freshMs = 30_000;
/** Dust of binary fractions: 24.3 − 24.2 is a tenth. */
const dust = 1 - 1e-9;

/** One point at one moment. */
export interface TakenSample {
  readonly pointId: PointId;
  readonly unit: string | null;
  readonly mono: number;
  readonly value: Reading['value'];
  readonly reason: Reading['reason'];
}

export interface SamplerOptions {
  readonly points: ReadonlyMap<PointId, SampledPoint>;
  readonly minIntervalMs: number;
  readonly clock: Pick<Clock, 'mono' | 'after'>;
  readonly onSample: (sample: TakenSample) => void;
  /** Once per review, after the samples that were due. */
  readonly onReview: () => void;
  /** Runs what a timer has woken. */
  readonly guard: (run: () => void) => void;
}

interface Watch {
  readonly point: SampledPoint;
  readonly decimals: number | null;
  newest: Reading | null;
  sent: Reading | null;
  sentMono: number;
  /** When what waits may go; null: nothing waits. */
  dueMono: number | null;
  urgents: number;
  urgentsMono: number;
}

export class Sampler {
  readonly #watches: ReadonlyMap<PointId, Watch>;
  #cancel: Cancel | null = null;

  constructor(private readonly options: SamplerOptions) {
    this.#watches = new Map([...options.points].map(([id, point]) => [id, watchOf(point)]));
  }

  start(): void {
    this.#cancel = this.options.clock.after(reviewMs, () => {
      this.start();
      this.options.guard(() => this.review());
    });
  }

  stop(): void {
    this.#cancel?.();
  }

  see(reading: Reading): void {
    const watch = this.#watches.get(reading.pointId);
    if (watch === undefined) return;
    watch.newest = reading;
    if (watch.sent !== null && !isNews(watch, reading, watch.sent)) return;
    this.#sawNews(watch, reading);
  }

  /** Samples what has waited for its interval and is still news, and what has its heartbeat. */
  review(): void {
    const nowMono = this.options.clock.mono();
    for (const watch of this.#watches.values()) {
      const { newest, sent, dueMono } = watch;
      if (newest === null || sent === null) continue;
      if (dueMono !== null && nowMono >= dueMono) {
        watch.dueMono = null;
        if (isNews(watch, newest, sent)) this.#take(watch, newest, nowMono);
      }
      if (nowMono - watch.sentMono >= watch.point.heartbeatMs) this.#take(watch, newest, nowMono);
    }
    this.options.onReview();
  }

  #sawNews(watch: Watch, reading: Reading): void {
    const { clock, minIntervalMs } = this.options;
    const nowMono = clock.mono();
    const { sent } = watch;
    const isUrgent = sent === null || reading.quality !== sent.quality || typeof reading.value === 'string';
    if (isUrgent) {
      if (nowMono - watch.urgentsMono >= urgentWindowMs) {
        watch.urgents = 0;
        watch.urgentsMono = nowMono;
      }
      watch.urgents += 1;
      if (watch.urgents <= urgentMax) this.#take(watch, reading, nowMono);
      else watch.dueMono ??= this.#beatAfter(watch.urgentsMono + urgentWindowMs);
    } else if (minIntervalMs === 0) this.#take(watch, reading, nowMono);
    else watch.dueMono ??= this.#beatAfter(Math.max(nowMono, watch.sentMono + minIntervalMs - reviewMs));
  }

  /** The next moment at which numbers of all points go together: what goes together is one message, and not ten. */
  #beatAfter(mono: number): number {
    const { minIntervalMs } = this.options;
    return minIntervalMs === 0 ? mono : Math.ceil(mono / minIntervalMs) * minIntervalMs;
  }

  #take(watch: Watch, reading: Reading, nowMono: number): void {
    const { id: pointId, unit } = watch.point;
    watch.sent = reading;
    watch.sentMono = nowMono;
    watch.dueMono = null;
    const isFresh = nowMono - reading.sampledMono <= freshMs;
    this.options.onSample({
      pointId,
      unit: typeof reading.value === 'number' ? unit : null,
      mono: isFresh ? reading.sampledMono : nowMono,
      value: typeof reading.value === 'number' ? roundedTo(watch.decimals, reading.value) : reading.value,
      reason: reading.reason,
    });
  }
}

function watchOf(point: SampledPoint): Watch {
  const decimals = decimalsOf(point.deadband.step);
  const never = Number.NEGATIVE_INFINITY;
  return { point, decimals, newest: null, sent: null, sentMono: never, dueMono: null, urgents: 0, urgentsMono: never };
}

function isNews({ point: { deadband } }: Watch, { value, reason }: Reading, sent: Reading): boolean {
  if (typeof value !== 'number' || typeof sent.value !== 'number')
    return value !== sent.value || reason !== sent.reason;
  const moved = Math.abs(value - sent.value);
  return moved > 0 && moved >= Math.max(deadband.step, deadband.share * Math.abs(sent.value)) * dust;
}

/** One place finer than a tenth of the deadband says nothing; null: the number is told as it is. */
function decimalsOf(step: number): number | null {
  return step === 0 ? null : Math.min(12, Math.max(0, Math.ceil(1 - Math.log10(step))));
}

function roundedTo(decimals: number | null, value: number): number {
  // A negative zero is a zero.
  return (decimals === null ? value : Number(value.toFixed(decimals))) + 0;
}
