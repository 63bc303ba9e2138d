import type { JSX } from 'preact';
import { useWords } from '../../words/use-words.js';
import { withUnit } from '../parts/point-words.js';
import { type Buckets, tableOf } from './trend-series.js';

/** By the hour, or by the day. */
const rowsMax = { short: 24, long: 30 } as const;

export interface TrendTableProps {
  readonly buckets: Buckets;
  readonly unit: string | null;
  readonly isLong: boolean;
}

/** What the plot shows, for whoever reads or listens. */
export function TrendTable({ buckets, unit, isLong }: TrendTableProps): JSX.Element {
  const { t, day } = useWords();
  const words = (value: number | null): string => (value === null ? t('trend.gap') : withUnit(value, unit));
  return (
    <details class="trend-table">
      <summary>{t('trend.table')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('trend.from')}</th>
            <th scope="col">{t('trend.least')}</th>
            <th scope="col">{t('trend.largest')}</th>
            <th scope="col">{t('trend.last')}</th>
          </tr>
        </thead>
        <tbody>
          {tableOf(buckets, rowsMax[isLong ? 'long' : 'short']).map(({ fromWall, least, largest, last }) => (
            <tr key={fromWall}>
              <th scope="row">{day(fromWall)}</th>
              <td>{words(least)}</td>
              <td>{words(largest)}</td>
              <td>{words(last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
