import { localOffsetMin } from '../../drivers/clock.js';
import { toRfc3339 } from '../mqtt/rfc3339.js';

/** A wall time as platforms in the country write it: `YYYY-MM-DD hh:mm:ss` of the local day. */
export function localText(wall: number): string {
  const text = toRfc3339(Math.max(0, wall + localOffsetMin(wall) * 60_000));
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}
