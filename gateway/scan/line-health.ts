/** What the gateway measures about its own lines, as points of the site; and the fault of a line that breaks its deadline. */
import type { DeviceId, LineId, PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { DiagnosticSource, LineConfig, PointConfig, SiteConfig, UnitConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { UnitFigures, UnitStats } from '../../drivers/modbus/unit-record.js';
import { budgetSubject } from '../alarm/site-subjects.js';
import type { TellFault } from '../alarm/subject.js';
import { hintOf } from './fault-hints.js';
import { FaultTeller } from './fault-teller.js';
import { qualityOf, sumOf } from './line-quality.js';
import { type ScanAge, ScanAges } from './scan-ages.js';

const reviewMs = 10_000;
/** A deadline broken in so many reviews in a row is a fault: one may be a unit that has just died. */
const brokenReviews = 2;

/** What a line counts about itself. */
export interface LineFigures {
  /** Over the last five minutes. */
  unitStats(address: number): UnitFigures;
  /** Over the last minute, 0 to 100. */
  loadPercent(): number;
}

/** How a line stands now, for whoever measures it. */
export interface LineSight {
  readonly line: LineId;
  /** Longest time without a look at a point that counts, in the last review's ten seconds; null: none was seen. */
  readonly worst: ScanAge | null;
  /** Over the last minute, 0 to 100. */
  readonly loadPercent: number;
  readonly units: readonly { readonly unit: DeviceId; readonly figures: UnitFigures }[];
}

export interface LineHealthOptions {
  readonly config: SiteConfig;
  readonly lines: ReadonlyMap<LineId, LineFigures>;
  readonly clock: Clock;
  readonly nextFrame: () => number;
  readonly onReadings: (readings: readonly Reading[]) => void;
  readonly onFault: TellFault;
  /** After each review. */
  readonly onReviewed: () => void;
}

interface Watched {
  readonly config: LineConfig;
  readonly figures: LineFigures;
  readonly units: readonly UnitConfig[];
  readonly ages: ScanAges;
  readonly hasFire: boolean;
  brokenInRow: number;
  /** Of the last review. */
  worst: ScanAge | null;
}

export class LineHealth {
  readonly #lines: ReadonlyMap<LineId, Watched>;
  readonly #lineOf: ReadonlyMap<PointId, Watched>;
  readonly #points: readonly { readonly point: PointConfig; readonly source: DiagnosticSource }[];
  readonly #units: ReadonlyMap<DeviceId, UnitConfig>;
  readonly #teller: FaultTeller;
  #wake: Cancel | null = null;

  constructor(private readonly options: LineHealthOptions) {
    const { config, lines, clock, onFault } = options;
    const watched = config.lines.flatMap((line) => {
      const figures = lines.get(line.id);
      return figures === undefined ? [] : [watch(config, line, figures)];
    });
    this.#lines = new Map(watched.map(({ line }) => [line.config.id, line]));
    this.#lineOf = new Map(watched.flatMap(({ line, points }) => points.map((id) => [id, line] as const)));
    this.#points = config.points.flatMap((point) =>
      point.source.kind === 'diagnostic' ? [{ point, source: point.source }] : [],
    );
    this.#units = new Map(config.units.map((unit) => [unit.id, unit]));
    this.#teller = new FaultTeller(clock, onFault);
  }

  start(): void {
    this.#wake = this.options.clock.after(reviewMs, () => {
      this.#review();
      this.start();
    });
  }

  stop(): void {
    this.#wake?.();
    this.#teller.stop();
  }

  /** The listener has forgotten what it was told. */
  retell(): void {
    this.#teller.retell();
  }

  /** Every line as it stands now. */
  get sights(): readonly LineSight[] {
    return [...this.#lines.values()].map(({ config, figures, units, worst }) => ({
      ...{ line: config.id, worst, loadPercent: figures.loadPercent() },
      units: units.map(({ id, address }) => ({ unit: id, figures: figures.unitStats(address) })),
    }));
  }

  /** What was read of the site's points. */
  see(readings: readonly Reading[]): void {
    const nowMono = this.options.clock.mono();
    for (const reading of readings) this.#lineOf.get(reading.pointId)?.ages.see(reading, nowMono);
  }

  #review(): void {
    const nowMono = this.options.clock.mono();
    const frame = this.options.nextFrame();
    const ages = new Map([...this.#lines].map(([id, { ages: all }]) => [id, all.take(nowMono)]));
    const readings = this.#points.flatMap(({ point, source }): readonly Reading[] => {
      const value = this.#figureOf(source, ages);
      if (value === undefined) return [];
      const [pointId, sampledMono, confirmed] = [point.id, nowMono, true];
      return [
        value === null
          ? { pointId, quality: 'bad', value, reason: 'silent', sampledMono, frame, confirmed }
          : { pointId, quality: 'good', value, reason: null, sampledMono, frame, confirmed },
      ];
    });
    if (readings.length > 0) this.options.onReadings(readings);
    for (const [id, line] of this.#lines) this.#judge(line, ages.get(id) ?? null);
    this.options.onReviewed();
  }

  /** Null: not to be seen now; undefined: there is no such figure. */
  #figureOf({ of, what }: DiagnosticSource, ages: ReadonlyMap<LineId, ScanAge | null>): number | null | undefined {
    const unit = 'unit' in of ? this.#units.get(of.unit) : undefined;
    const id = 'line' in of ? of.line : unit?.line;
    const line = id === undefined ? undefined : this.#lines.get(id);
    if (id === undefined || line === undefined) return undefined;
    const units = unit === undefined ? line.units : [unit];
    switch (what) {
      case 'quality': {
        const slowestMs = Math.max(...units.map(({ responseTimeoutMs }) => responseTimeoutMs));
        return qualityOf(this.#statsOf(line, units), slowestMs);
      }
      case 'latency-p95':
        return rounded(this.#statsOf(line, units).latencyP95Ms);
      case 'load':
        return unit === undefined ? rounded(line.figures.loadPercent()) : undefined;
      case 'scan-age':
        return unit === undefined ? rounded(ages.get(id)?.ms ?? null) : undefined;
    }
  }

  #statsOf({ figures }: Watched, units: readonly UnitConfig[]): UnitStats {
    return sumOf(units.map(({ address }) => figures.unitStats(address)));
  }

  #judge(line: Watched, age: ScanAge | null): void {
    line.worst = age;
    if (!line.hasFire) return;
    const limitMs = line.config.fireDeadlineMs;
    // No point to be seen at all is told by its own fault, and is no news about the budget: what was told stands.
    if (age === null) return;
    const isBroken = age.ms > limitMs;
    line.brokenInRow = isBroken ? line.brokenInRow + 1 : 0;
    if (isBroken && line.brokenInRow < brokenReviews) return;
    const seenMs = Math.round(age.ms);
    this.#teller.tell(budgetSubject(line.config), isBroken, () => ({
      reason: 'budget',
      line: line.config.id,
      point: age.point,
      age_ms: seenMs,
      limit_ms: limitMs,
      load_percent: rounded(line.figures.loadPercent()),
      error_zh: `火警点 ${seenMs} 毫秒未巡检，限值 ${limitMs} 毫秒`,
      error_en: `a fire point was not looked at for ${seenMs} ms, the limit is ${limitMs} ms`,
      ...hintOf('budget'),
    }));
  }
}

/** A line with the points whose age counts: those of class fire, or on a line without any its fast ones. */
function watch(
  config: SiteConfig,
  line: LineConfig,
  figures: LineFigures,
): { readonly line: Watched; readonly points: readonly PointId[] } {
  const units = config.units.filter((unit) => unit.line === line.id);
  const ids = new Set(units.map(({ id }) => id));
  const points = config.points.filter(({ source }) => source.kind === 'register' && ids.has(source.device));
  const fire = points.filter((point) => point.class === 'fire');
  const fast = points.filter(({ source }) => source.kind === 'register' && source.scan === 'fast');
  const counted = (fire.length > 0 ? fire : fast).map(({ id }) => id);
  const ages = new ScanAges(new Set(counted));
  return {
    line: { config: line, figures, units, ages, hasFire: fire.length > 0, brokenInRow: 0, worst: null },
    points: counted,
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
