/** Rows of the panel's smaller tables, made anew from the runtime whenever they are looked at. Pure but for what they are handed. */
import type { PointId } from '../../../config/ids.js';
import type { Reading } from '../../../config/reading.js';
import type { SiteConfig } from '../../../config/site.js';
import type { Words } from '../../../config/vocabulary.js';
import type { Clock } from '../../../drivers/clock.js';
import { uplinkErrorWords } from '../../../sync/uplink-words.js';
import type { AlarmState } from '../../alarm/facets.js';
import type { OpenRequest } from '../../command/district/open-requests.js';
import type { OrdersStatus } from '../../command/exercise-order.js';
import { pathTimes } from '../../path-times.js';
import type { UplinkStatus } from '../../uplink-status.js';
import type { Way } from '../../way-book.js';
import type { PanelState, PointValue } from '../api/state.js';

type Clocks = Pick<Clock, 'mono' | 'wall'>;

/** Ends of walk tests are kept by the monotonic clock: to the second, so that nothing changes while nothing does. */
const endRoundedMs = 1000;

/** Null: nothing was read yet. */
export function pointRow(id: PointId, reading: Reading | null, clock: Clocks): PointValue {
  if (reading === null) return { id, value: null, quality: 'unread', reason: null, wall: null };
  const { value, quality, reason, sampledMono } = reading;
  return { id, value, quality, reason, wall: Math.round(clock.wall() - (clock.mono() - sampledMono)) };
}

export function uplinkRows(statuses: readonly UplinkStatus[], clock: Clocks): PanelState['uplinks'] {
  return Object.fromEntries(
    statuses.map((status) => {
      const { id, isUp, error, queued, oldestWall, unkept } = status;
      const told = {
        error: error === null ? null : uplinkErrorWords(error),
        queued: { ...queued },
        oldestWall,
        unkept,
      };
      return [id, { id, isUp, ...told, ...pathTimes(status.path, clock) }];
    }),
  );
}

/** Of alarms that are over, and of calls; those that stand have theirs in their own rows. */
export function wayRows(ways: ReadonlyMap<string, Way>): PanelState['ways'] {
  return Object.fromEntries([...ways].map(([id, told]) => [id, { id, told: told.map((each) => ({ ...each })) }]));
}

export function serviceRows({ subjects }: AlarmState): PanelState['services'] {
  const rows: PanelState['services'] = {};
  for (const { subject, name, service } of subjects.values()) {
    if (service === null) continue;
    const { is, by, untilWall } = service;
    rows[subject] = { subject, name, is, by, untilWall };
  }
  return rows;
}

/** They have no ids of their own: two of the same moment are told apart by their order. */
export function requestRows(requests: readonly OpenRequest[]): PanelState['requests'] {
  const rows: PanelState['requests'] = {};
  for (const { is, by, sinceWall, untilWall, note } of requests) {
    const stem = `${is}-${sinceWall}`;
    let id = stem;
    for (let n = 2; id in rows; n++) id = `${stem}-${n}`;
    rows[id] = { id, is, by, sinceWall, untilWall, note };
  }
  return rows;
}

const exerciseWords: Readonly<Record<'drill' | 'siren-test' | 'walk-test', Words>> = {
  drill: { zh: '消防演练', en: 'fire drill' },
  'siren-test': { zh: '警铃试鸣', en: 'siren test' },
  'walk-test': { zh: '走测', en: 'walk test' },
};

const everywhere: Words = { zh: '全部防区', en: 'all zones' };

export function soundingRows(
  { exercise, saying }: OrdersStatus,
  { walkTests }: AlarmState,
  zones: SiteConfig['zones'],
  clock: Clocks,
): PanelState['soundings'] {
  const rows: PanelState['soundings'] = {};
  if (exercise !== null) {
    const { is, by: origin, zones: chosen, untilWall: endsWall } = exercise;
    const where =
      chosen === 'all' ? [everywhere] : zones.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
    const untilWall = Math.round(endsWall / endRoundedMs) * endRoundedMs;
    const words = exerciseWords[is];
    rows['exercise'] = { id: 'exercise', kind: 'exercise', exercise: is, words, where, origin, untilWall };
  }
  for (const { zone, by: origin, untilMono } of walkTests.values()) {
    const id = `walk-test-${zone}`;
    const where = zones.filter((each) => each.id === zone).map(({ name }) => name);
    const endsWall = clock.wall() + untilMono - clock.mono();
    const untilWall = Math.round(endsWall / endRoundedMs) * endRoundedMs;
    rows[id] = { id, kind: 'walk-test', words: exerciseWords['walk-test'], where, origin, untilWall };
  }
  for (const [at, { words, where, origin }] of saying.entries()) {
    const id = `saying-${at + 1}`;
    rows[id] = { id, kind: 'saying', words, where: [...where], origin, untilWall: null };
  }
  return rows;
}
