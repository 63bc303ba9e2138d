/** When something was heard and confirmed on a path last, and when it is expected next, as people read it. Pure. */

import type { Words } from '../config/vocabulary.js';
import type { Clock } from '../drivers/clock.js';
import { uplinkErrorWords } from '../sync/uplink-words.js';
import type { PathState } from './path-watch.js';
import type { UplinkStatus } from './uplink-status.js';

/** Wall times, ms since 1970; null: not since the start, or nothing is expected. */
export interface PathTimes {
  readonly isDead: boolean;
  readonly heardWall: number | null;
  readonly heardByWall: number | null;
  readonly toldWall: number | null;
  readonly toldByWall: number | null;
}

/** How a path to a centre stands, for `gengfu status`. */
export interface PathStatus extends PathTimes, Pick<UplinkStatus, 'id' | 'way' | 'isUp' | 'queued' | 'unkept'> {
  readonly error: (Words & { readonly code: string }) | null;
}

/** To the second, so that nothing changes while nothing does. */
const roundedMs = 1000;

export function pathTimes(path: PathState, clock: Pick<Clock, 'mono' | 'wall'>): PathTimes {
  const wallOf = (mono: number | null): number | null =>
    mono === null ? null : Math.round((clock.wall() + mono - clock.mono()) / roundedMs) * roundedMs;
  const { isDead, heardMono, heardByMono, toldMono, toldByMono } = path;
  return {
    isDead,
    ...{ heardWall: wallOf(heardMono), heardByWall: wallOf(heardByMono) },
    ...{ toldWall: wallOf(toldMono), toldByWall: wallOf(toldByMono) },
  };
}

export function pathStatus(status: UplinkStatus, clock: Pick<Clock, 'mono' | 'wall'>): PathStatus {
  const { id, way, isUp, error, queued, unkept, path } = status;
  const told = error === null ? null : { code: error.code, ...uplinkErrorWords(error) };
  return { id, way, isUp, error: told, queued, unkept, ...pathTimes(path, clock) };
}
