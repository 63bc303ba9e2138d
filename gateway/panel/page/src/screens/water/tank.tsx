/** A tank as it stands: water to its level, the fire reserve as a line that must not be passed. */
import type { JSX } from 'preact';
import { Shape } from '../../design/shape.js';
import { live } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { valueWords, withUnit } from '../parts/point-words.js';
import { type Fill, fillOf, type PointInfo, standingOf } from './gauges.js';

export function Tank({ point }: { readonly point: PointInfo }): JSX.Element | null {
  const words = useWords();
  const { t, say } = words;
  const state = useStore(live, (now) => now.state);
  if (state === null) return null;
  const fill = fillOf(point, state.points);
  const standing = standingOf(point.id, state);
  const { low, high } = point.limits ?? { low: null, high: null };
  return (
    <li class={`tank card of-${standing === 'unknown' ? 'lost' : standing}`}>
      <a href={href('/water', [point.id])}>
        <TankPicture fill={fill} />
        <span class="tank-words">
          <b>{say(point.place) || say(point.name)}</b>
          <small>{say(point.name)}</small>
          <strong class="tank-value">{valueWords(point, state.points[point.id], words)}</strong>
          {fill !== null && <span>{t('water.full', { percent: Math.round(fill.level * 100) })}</span>}
          {low !== null && <small>{t('water.reserve', { value: withUnit(low, point.physicalUnit) })}</small>}
          {high !== null && <small>{t('water.overflow', { value: withUnit(high, point.physicalUnit) })}</small>}
          <span class="standing">
            <Shape name={standing === 'unknown' ? 'lost' : standing} />
            {standing === 'unknown' ? t('parts.bad') : t(`state.${standing}`)}
          </span>
        </span>
      </a>
    </li>
  );
}

/** In a box of 100 × 120; its words are beside it. */
function TankPicture({ fill }: { readonly fill: Fill | null }): JSX.Element {
  const y = (part: number): number => 112 - part * 104;
  return (
    <svg class="tank-picture" viewBox="0 0 100 120" aria-hidden="true">
      <rect class="tank-wall" x="6" y="4" width="88" height="112" rx="6" />
      {fill === null ? (
        <text class="tank-unknown" x="50" y="74" text-anchor="middle">
          ?
        </text>
      ) : (
        <>
          <rect class="tank-water" x="10" y={y(fill.level)} width="80" height={fill.level * 104} />
          {fill.overflow !== null && <path class="tank-mark" d={`M6 ${y(fill.overflow)}h88`} />}
          {fill.reserve !== null && <path class="tank-reserve" d={`M2 ${y(fill.reserve)}h96`} />}
        </>
      )}
    </svg>
  );
}
