/** Samples of a point as they are drawn and as they are read: pure. */
import type { Trend } from '../../../../api/history.js';

export type Buckets = Trend['buckets'];
type Column = readonly (number | null)[];

/** Columns as uPlot takes them: seconds, then the largest, the least and the last of each bucket; null is a gap. */
export interface Series {
  readonly seconds: readonly number[];
  readonly largest: Column;
  readonly least: Column;
  readonly last: Column;
}

export function seriesOf(buckets: Buckets): Series {
  return {
    seconds: buckets.map(([wall]) => wall / 1000),
    least: buckets.map(([, least]) => least),
    largest: buckets.map(([, , largest]) => largest),
    last: buckets.map(([, , , last]) => last),
  };
}

export interface TableRow {
  readonly fromWall: number;
  readonly least: number | null;
  readonly largest: number | null;
  readonly last: number | null;
}

/** At most so many rows of as many buckets each, the newest first: no peak is lost, and a row without a sample says so. */
export function tableOf(buckets: Buckets, rowsMax: number): readonly TableRow[] {
  const each = Math.max(1, Math.ceil(buckets.length / rowsMax));
  const rows: TableRow[] = [];
  for (let at = 0; at < buckets.length; at += each) {
    const part = buckets.slice(at, at + each);
    const known = <Value>(values: readonly (Value | null)[]): Value[] =>
      values.filter((value): value is Value & {} => value !== null);
    const least = known(part.map(([, value]) => value));
    const largest = known(part.map(([, , value]) => value));
    rows.push({
      fromWall: part[0]?.[0] ?? 0,
      least: least.length === 0 ? null : Math.min(...least),
      largest: largest.length === 0 ? null : Math.max(...largest),
      last: known(part.map(([, , , value]) => value)).at(-1) ?? null,
    });
  }
  return rows.reverse();
}

/** Least and largest of all, and how many buckets have nothing. */
export function summaryOf(
  buckets: Buckets,
): { readonly least: number; readonly largest: number; readonly gaps: number } | null {
  const [all] = tableOf(buckets, 1);
  if (all === undefined || all.least === null || all.largest === null) return null;
  return { least: all.least, largest: all.largest, gaps: buckets.filter(([, least]) => least === null).length };
}
