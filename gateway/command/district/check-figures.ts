/** How often somebody was asked for (查岗), and how soon he answered: for a shift, and for a day. Pure. */
export interface CheckEnd {
  /** When it was asked, ms since 1970. */
  readonly wall: number;
  /** `unknown`: the gateway was restarted meanwhile, and whoever asked was told so. */
  readonly is: 'answered' | 'missed' | 'unknown';
  /** Null unless it was answered. */
  readonly afterS: number | null;
}

export interface CheckFigures {
  readonly asked: number;
  readonly answered: number;
  readonly missed: number;
  /** Half of the answers came within this, s; null: nobody has answered. */
  readonly medianS: number | null;
}

/** `open`: when those were asked that are not over. All of a time from `fromWall` on; null: all that is known. */
export function figuresOf(over: readonly CheckEnd[], open: readonly number[], fromWall: number | null): CheckFigures {
  const isOfTime = (wall: number): boolean => fromWall === null || wall >= fromWall;
  const ended = over.filter(({ wall }) => isOfTime(wall));
  return {
    asked: ended.length + open.filter(isOfTime).length,
    answered: ended.filter(({ is }) => is === 'answered').length,
    missed: ended.filter(({ is }) => is === 'missed').length,
    medianS: medianOf(ended.flatMap(({ afterS }) => (afterS === null ? [] : [afterS]))),
  };
}

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}
