/**
 * How late a fire can be seen on a line, from the site file alone. Pure; all times in ms.
 *
 * A point flips right after its register was sampled. Until the reading that counts, this happens at worst:
 *  - the exchange under way ends, the rest of the unit's round is read (a round is handed on whole), and what is left of
 *    `min_scan_ms` passes before the next round begins;
 *  - before its questions come those of every other fire unit, each once (the longest unanswered goes first), or the pauses
 *    that units ask for, if they are longer; for each nine of these one of a lower class;
 *  - with `k` dead units one unanswered probe before each question of the unit (two, and whatever is under way, where a
 *    question can come at any moment: after a pause for `min_scan_ms`, and on TCP, where no silence stands between);
 *  - each output of the line is switched and looked at once;
 *  - with dead units the line may be troubled, so that the alarm is looked at again before it counts (at most 1 s);
 *  - the point's own on-delay.
 * `k` dead units are known to be dead; in the moment it falls silent each costs `silentCostMs` more, once. Noise on the wire
 * has no bound and is in no figure.
 */
import type { DeviceId, LineId, PointId } from '../../config/ids.js';
import type { LineConfig, SiteConfig } from '../../config/site.js';
import { type BudgetAssumptions, type BudgetLoop, type BudgetRequest, loopsOf } from './budget-requests.js';
import { type DeadUnits, deadUnits, slowestCaseMs, worstCases } from './budget-worst.js';

/** Vendors' papers say 5 to 15 ms; the run-time figure of each unit is its own diagnostic point. */
export const defaultAssumptions: BudgetAssumptions = { turnaroundMs: 15, hostMs: 0.5 };

export interface FireWorst {
  readonly point: PointId;
  readonly unit: DeviceId;
  /** Longest time from the flip to the reading that counts, by dead units; infinite when it is read only once. */
  readonly worstMs: Readonly<Record<DeadUnits, number>>;
  /** The same if every unit answered only just within its time-out. */
  readonly atTimeoutMs: Readonly<Record<DeadUnits, number>>;
}

export interface LineBudget {
  readonly line: LineId;
  readonly assumed: BudgetAssumptions;
  /** How many units stand on the line. */
  readonly unitCount: number;
  readonly requests: readonly BudgetRequest[];
  /** Share of the line, in percent, that it takes to see each fast point once per fire deadline and the others at their
   * rates. Above 100 the lower classes come late; what fire needs is in `fire`. */
  readonly loadPercent: number;
  /** One unanswered request at its longest, once per unit that falls silent. */
  readonly silentCostMs: number;
  /** Slowest first. */
  readonly fire: readonly FireWorst[];
}

/** The budget of one Modbus line. A line of devices that speak by themselves has none: see `hasBudget`. */
export function lineBudget(site: SiteConfig, line: LineConfig, assumed = defaultAssumptions): LineBudget {
  const loops = loopsOf(site, line, assumed);
  const requests = loops.flatMap((loop) => loop.requests);
  const worst = worstCases(site, line, loops, assumed);
  const slowAssumed = { ...assumed, turnaroundMs: Number.POSITIVE_INFINITY };
  const slow = worstCases(site, line, loopsOf(site, line, slowAssumed), slowAssumed);
  const fire = worst.map(({ point, unit, worstMs }, i) => ({
    point,
    unit,
    worstMs,
    atTimeoutMs: slow[i]?.worstMs ?? worstMs,
  }));
  return {
    line: line.id,
    assumed,
    unitCount: site.units.filter((unit) => unit.line === line.id).length,
    requests,
    loadPercent: loadPercent(line, loops),
    silentCostMs: Math.max(0, ...requests.map(({ unansweredMs }) => unansweredMs)),
    fire: fire.sort((a, b) => b.worstMs[1] - a.worstMs[1]),
  };
}

/** Only the one figure that decides: the slowest fire point of the line, with as many dead units as it must stand. */
export function decisiveMs(site: SiteConfig, line: LineConfig, assumed = defaultAssumptions): number {
  const unitCount = site.units.filter((unit) => unit.line === line.id).length;
  return slowestCaseMs(site, line, loopsOf(site, line, assumed), assumed, deadToStand({ unitCount }));
}

/** True for a line whose requests the gateway itself times. */
export function hasBudget(line: LineConfig): boolean {
  return line.protocol === 'modbus';
}

/** How many dead units a line must stand: one, if it has more than one unit. */
export function deadToStand({ unitCount }: Pick<LineBudget, 'unitCount'>): DeadUnits {
  return unitCount > 1 ? 1 : 0;
}

/** The longest of the worst cases of all fire points; 0 on a line without any. */
export function slowestMs(budget: LineBudget, dead: DeadUnits): number {
  return Math.max(0, ...budget.fire.map(({ worstMs }) => worstMs[dead]));
}

function loadPercent(line: LineConfig, loops: readonly BudgetLoop[]): number {
  const shares = loops.flatMap(({ periodMs, unit, requests }) =>
    requests.map(({ rate, exchangeMs }) => {
      const everyMs = rate === 'fast' ? Math.max(line.fireDeadlineMs, unit.minScanMs) : periodMs;
      return exchangeMs / everyMs;
    }),
  );
  const inFlight = line.transport === 'serial' ? 1 : line.inFlight;
  return (100 * shares.reduce((sum, share) => sum + share, 0)) / inFlight;
}

export { type DeadUnits, deadUnits };
