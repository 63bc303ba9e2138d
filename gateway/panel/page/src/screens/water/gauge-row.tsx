/** A measured value with its limits as a bar, or a state as a word; a touch opens its trend. */
import type { JSX } from 'preact';
import { Shape } from '../../design/shape.js';
import { live } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { reasonWords, valueWords, withUnit } from '../parts/point-words.js';
import { type PointInfo, standingOf } from './gauges.js';

/** The bar ends so far above the highest limit or value. */
const headroom = 1.25;

export function GaugeRow({ point }: { readonly point: PointInfo }): JSX.Element | null {
  const words = useWords();
  const { t, say } = words;
  // Of the state only what stands in this row: there may be hundreds of them.
  const now = useStore(live, ({ state }) => state?.points[point.id]);
  const standing = useStore(live, ({ state }) => (state === null ? null : standingOf(point.id, state)));
  if (standing === null) return null;
  const isNumber = point.physicalUnit !== null;
  const { low, high } = point.limits ?? { low: null, high: null };
  const content = (
    <>
      <span class="gauge-name">
        <b>{say(point.name)}</b>
        <small>{say(point.place)}</small>
      </span>
      <span class="gauge-value">
        <strong>{valueWords(point, now, words)}</strong>
        {now?.quality === 'bad' && <small>{reasonWords(now.reason, words)}</small>}
        {low !== null && <small>{t('parts.lowLimit', { value: withUnit(low, point.physicalUnit) })}</small>}
        {high !== null && <small>{t('parts.highLimit', { value: withUnit(high, point.physicalUnit) })}</small>}
      </span>
      {isNumber && typeof now?.value === 'number' && (low !== null || high !== null) && (
        <Bar value={now.value} low={low} high={high} />
      )}
      <span class="standing">
        <Shape name={standing === 'unknown' ? 'lost' : standing} />
        <span>{standing === 'unknown' ? t('parts.bad') : t(`state.${standing}`)}</span>
      </span>
    </>
  );
  const look = `gauge of-${standing === 'unknown' ? 'lost' : standing}`;
  if (!isNumber || !point.isSampled) return <li class={look}>{content}</li>;
  return (
    <li class={look}>
      <a href={href('/water', [point.id])}>{content}</a>
    </li>
  );
}

interface BarProps {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

function Bar({ value, low, high }: BarProps): JSX.Element {
  const top = Math.max(value, low ?? 0, high ?? 0) * headroom || 1;
  const x = (at: number): number => Math.min(100, Math.max(0, (at / top) * 100));
  return (
    <svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-ground" width="100" height="12" />
      <rect class="bar-value" width={x(value)} height="12" />
      {[low, high].map((limit) => limit !== null && <path key={limit} class="bar-limit" d={`M${x(limit)} 0v12`} />)}
    </svg>
  );
}
