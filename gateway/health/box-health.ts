/** The box and the gateway on it as sensors: their figures are readings of points like any other. */
import type { Reading } from '../../config/reading.js';
import type { BoxFigure, PointConfig, SiteConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { BoxSensor } from '../../drivers/driver.js';
import { boxLoop, boxSensorLoop } from '../alarm/site-subjects.js';
import type { TellFault } from '../alarm/subject.js';
import type { CheckIn, CheckIns } from './check-ins.js';
import type { CommitLatency } from './commit-latency.js';
import { LoopDelay } from './loop-delay.js';
import { SensorWatch } from './sensor-watch.js';

const reviewMs = 10_000;
const slowMs = 60_000;
/** The kernel asks the board every 2 s and forgets a dip of the supply that is over. */
const supplyMs = 2000;
/** Its fault waits for half a minute anyway. */
const mainsMs = 5000;
/** A question that has not ended for so long after the next one was due is overdue. */
const maxQuietMs = 60_000;

const periodsMs: Readonly<Partial<Record<BoxFigure, number>>> = {
  temperature: slowMs,
  disk_free: slowMs,
  supply: supplyMs,
  mains: mainsMs,
};

/** What the gateway measures about itself, on any box. */
const ownFigures: readonly BoxFigure[] = ['loop_delay', 'commit', 'clock'];

/** The site without points of the box that no sensor here tells. */
export function withBox(config: SiteConfig, sensors: readonly BoxSensor[]): SiteConfig {
  const told = new Set<BoxFigure>([...ownFigures, ...sensors.map(({ what }) => what)]);
  return { ...config, points: config.points.filter(({ source }) => source.kind !== 'box' || told.has(source.what)) };
}

export interface BoxHealthOptions {
  readonly config: Pick<SiteConfig, 'points'>;
  readonly sensors: readonly BoxSensor[];
  readonly commits: Pick<CommitLatency, 'p95Ms'>;
  readonly clock: Clock;
  readonly nextFrame: () => number;
  readonly checkIns: CheckIns;
  readonly onReadings: (readings: readonly Reading[]) => void;
  readonly onFault: TellFault;
}

export class BoxHealth {
  readonly #points: ReadonlyMap<BoxFigure, PointConfig>;
  readonly #watches: readonly SensorWatch[];
  readonly #loopDelay: LoopDelay;
  readonly #reviewed: CheckIn;
  #wake: Cancel | null = null;

  constructor(private readonly options: BoxHealthOptions) {
    const { config, sensors, clock, checkIns } = options;
    this.#points = new Map(
      config.points.flatMap((point) => (point.source.kind === 'box' ? [[point.source.what, point] as const] : [])),
    );
    this.#loopDelay = new LoopDelay(clock);
    this.#reviewed = checkIns.register(boxLoop, maxQuietMs, 'beside');
    this.#watches = sensors.flatMap((sensor) => {
      const point = this.#points.get(sensor.what);
      return point === undefined ? [] : [this.#watch(sensor, point)];
    });
  }

  start(): void {
    this.#loopDelay.start();
    for (const watch of this.#watches) watch.start();
    this.#wait();
  }

  stop(): void {
    this.#wake?.();
    this.#loopDelay.stop();
    for (const watch of this.#watches) watch.stop();
  }

  #wait(): void {
    this.#wake = this.options.clock.after(reviewMs, () => {
      this.#review();
      this.#wait();
    });
  }

  #review(): void {
    const { clock, commits } = this.options;
    const nowMono = clock.mono();
    this.#tell('loop_delay', tenths(this.#loopDelay.p99Ms), nowMono);
    this.#tell('commit', tenths(commits.p95Ms), nowMono);
    this.#tell('clock', clock.trust(), nowMono);
    this.#reviewed();
  }

  /** Nothing measured yet is nothing to tell. */
  #tell(what: BoxFigure, value: number | string | null, nowMono: number): void {
    const point = this.#points.get(what);
    if (point !== undefined && value !== null) this.#read(point, value, nowMono);
  }

  #watch(sensor: BoxSensor, point: PointConfig): SensorWatch {
    const { clock, checkIns, onFault } = this.options;
    const periodMs = periodsMs[sensor.what] ?? reviewMs;
    return new SensorWatch({
      ...{ point, sensor, periodMs, clock, onFault },
      onValue: (value, sampledMono) => this.#read(point, value, sampledMono),
      checkIn: checkIns.register(boxSensorLoop(sensor.what), periodMs + maxQuietMs, 'beside'),
    });
  }

  #read({ id: pointId }: PointConfig, value: number | string | null, sampledMono: number): void {
    const stamp = { pointId, sampledMono, frame: this.options.nextFrame(), confirmed: true };
    this.options.onReadings([
      value === null
        ? { ...stamp, quality: 'bad', value, reason: 'silent' }
        : { ...stamp, quality: 'good', value, reason: null },
    ]);
  }
}

function tenths(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
