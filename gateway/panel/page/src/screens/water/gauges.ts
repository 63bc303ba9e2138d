/** Which points are drawn as what, and how full a tank is: pure. */
import type { SiteInfo } from '../../../../api/site.js';
import type { PanelState } from '../../../../api/state.js';

export type PointInfo = SiteInfo['points'][number];
type Points = PanelState['points'];

export interface Groups {
  readonly tanks: readonly PointInfo[];
  readonly pressures: readonly PointInfo[];
  /** Floats, valves, pumps: states. */
  readonly waterStates: readonly PointInfo[];
  /** Leakage current, cable temperature, arcs, breakers. */
  readonly electric: readonly PointInfo[];
  /** What else the devices of those measure: voltage, current, power. */
  readonly measured: readonly PointInfo[];
}

const waterStateRoles = ['water.low', 'water.high', 'valve.closed', 'pump.running', 'pump.fault', 'sprinkler.flow'];
const electricRoles = [
  'residual_current',
  'cable_temp',
  'arc.alarm',
  'breaker.tripped',
  'breaker.state',
  'power.overload',
  'mains.lost',
  'gas.level',
];

/** Of all points of the site, each once. */
export function groupsOf(points: readonly PointInfo[]): Groups {
  const isOf = (roles: readonly string[]) => (point: PointInfo) => roles.includes(point.role);
  const electric = points.filter(isOf(electricRoles)).filter(({ id }) => !id.startsWith('box/'));
  const devices = new Set(
    electric.flatMap(({ role, device }) => (device === null || role === 'mains.lost' ? [] : [device])),
  );
  return {
    tanks: points.filter(({ role, physicalUnit }) => role === 'water.level' && physicalUnit !== null),
    pressures: points.filter(({ role }) => role === 'water.pressure'),
    waterStates: points.filter(isOf(waterStateRoles)),
    electric,
    measured: points.filter(
      ({ role, device, physicalUnit, isSampled }) =>
        role === 'measurement' && isSampled && physicalUnit !== null && device !== null && devices.has(device),
    ),
  };
}

export interface Fill {
  /** 0 to 1 of the height drawn. */
  readonly level: number;
  readonly reserve: number | null;
  readonly overflow: number | null;
  /** What the top of the drawing stands for, in the point's unit. */
  readonly top: number;
}

/** Room above the highest limit where nobody knows how high the tank is. */
const headroom = 1.15;

/** Null: it can not be read. The tank is as high as its device says (`full_scale` of it), else a bit above what is known. */
export function fillOf(point: PointInfo, points: Points): Fill | null {
  const now = points[point.id];
  if (now?.quality !== 'good' || typeof now.value !== 'number') return null;
  const { low, high } = point.limits ?? { low: null, high: null };
  const told = point.device === null ? null : points[`${point.device}/full_scale`]?.value;
  const known = point.physicalUnit === '%' ? 100 : typeof told === 'number' && told > 0 ? told : null;
  const most = Math.max(now.value, low ?? 0, high ?? 0);
  const top = known !== null && known >= most ? known : most * headroom || 1;
  const part = (value: number | null): number | null => (value === null ? null : Math.min(1, Math.max(0, value / top)));
  return { level: part(now.value) ?? 0, reserve: part(low), overflow: part(high), top };
}

export type Standing = 'normal' | 'unknown' | PanelState['alarms'][string]['class'];

const order = ['fire', 'warning', 'supervisory', 'fault', 'technical'] as const;

/** The worst alarm that stands of this point; else whether it can be read. */
export function standingOf(id: string, { alarms, points }: Pick<PanelState, 'alarms' | 'points'>): Standing {
  const own = Object.values(alarms).filter(({ point }) => point === id);
  const worst = order.find((each) => own.some((row) => row.class === each));
  if (worst !== undefined) return worst;
  const now = points[id];
  return now === undefined || now.quality !== 'good' ? 'unknown' : 'normal';
}
