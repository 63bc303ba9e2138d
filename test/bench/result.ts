/** One measured figure and the limit it must keep. */
export interface Result {
  readonly part: string;
  readonly what: string;
  readonly value: number;
  /** Null: told for comparison only. */
  readonly limit: { readonly atLeast: number } | { readonly atMost: number } | null;
  readonly unit: string;
  /** What stands behind the figure. */
  readonly detail?: Readonly<Record<string, number | string>>;
}

/** How long and how often: `quick` is for trying the bench, its figures are rough. */
export interface BenchOptions {
  readonly quick: boolean;
  /** Simulated days of the ancient town. */
  readonly days: number;
  /** Rows of the journal of `history`; null: as many as it promises. */
  readonly rows: number | null;
  /** Said while a part runs. */
  readonly say: (line: string) => void;
}

export type BenchPart = (options: BenchOptions) => Promise<readonly Result[]>;

export function isMet({ value, limit }: Result): boolean {
  if (limit === null) return true;
  return 'atLeast' in limit ? value >= limit.atLeast : value <= limit.atMost;
}

export function describeResult(result: Result): string {
  const { part, what, value, limit, unit, detail } = result;
  const bound =
    limit === null ? '' : 'atLeast' in limit ? ` (at least ${limit.atLeast})` : ` (at most ${limit.atMost})`;
  const verdict = limit === null ? ' ' : isMet(result) ? '✓' : '✗';
  const more =
    detail === undefined
      ? ''
      : `  ${Object.entries(detail)
          .map(([key, each]) => `${key} ${each}`)
          .join(', ')}`;
  return `${verdict} ${part}: ${what}: ${round(value)}${unit}${bound}${more}`;
}

export function round(value: number): number {
  return Number(value.toPrecision(4));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
