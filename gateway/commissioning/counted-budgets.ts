/** What `gengfu check` counts for the lines of a site, to stand beside what was measured. Pure; some milliseconds for a full line. */
import type { LineId, PointId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import { deadToStand, hasBudget, lineBudget, slowestMs } from '../../drivers/modbus/line-budget.js';
import type { LineFigures } from '../panel/api/commissioning.js';

export interface Counted {
  readonly lines: ReadonlyMap<LineId, NonNullable<LineFigures['counted']>>;
  /** Fire points: the most between the flip and the reading that counts, with as many dead units as their line must stand; ms. */
  readonly points: ReadonlyMap<PointId, number>;
}

export function countedBudgets(site: SiteConfig): Counted {
  const budgets = site.lines.filter(hasBudget).map((line) => lineBudget(site, line));
  return {
    lines: new Map(
      budgets.map((budget) => {
        const deadUnits = deadToStand(budget);
        const worstMs = budget.fire.length === 0 ? null : finite(slowestMs(budget, deadUnits));
        const { loadPercent, assumed } = budget;
        return [budget.line, { worstMs, deadUnits, loadPercent, turnaroundMs: assumed.turnaroundMs }];
      }),
    ),
    points: new Map(
      budgets.flatMap((budget) =>
        budget.fire.flatMap(({ point, worstMs }): readonly (readonly [PointId, number])[] => {
          const ms = finite(worstMs[deadToStand(budget)]);
          return ms === null ? [] : [[point, ms]];
        }),
      ),
    ),
  };
}

/** What is read only once is never seen again: no number says that. */
function finite(ms: number): number | null {
  return Number.isFinite(ms) ? Math.round(ms) : null;
}
