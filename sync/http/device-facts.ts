/** The devices of a site as platforms list them: one for each code, with its place in words. Pure. */
import type { DeviceId } from '../../config/ids.js';
import type { PointConfig, SiteConfig } from '../../config/site.js';
import type { PointRole } from '../../config/vocabulary.js';
import { deviceOf, type ExternalCodes } from '../mqtt/external-codes.js';
import { platformName, type Reporting } from '../templates/platform-facts.js';

export interface DeviceFacts {
  /** The code that the platform gave it, else `<site>/<device>`. */
  readonly serial: string;
  /** Of the site file. */
  readonly device: string;
  readonly name: string;
  /** Zone and place. */
  readonly position: string;
  readonly category: string;
  readonly isPanel: boolean;
  /** On its line; null: it has none. */
  readonly address: number | null;
  readonly line: string | null;
}

/** What a device is called by what it watches, first match: GB/T 45839-2025 3.1 and 3.2 name the first of them. */
const categories: readonly (readonly [PointRole, string])[] = [
  ['panel.fire', '火灾报警控制器'],
  ['smoke.alarm', '独立式感烟火灾探测报警器'],
  ['heat.alarm', '独立式感温火灾探测报警器'],
  ['flame.alarm', '火焰探测器'],
  ['call_point.alarm', '手动火灾报警按钮'],
  ['gas.alarm', '独立式可燃气体探测器'],
  ['gas.level', '独立式可燃气体探测器'],
  ['residual_current', '独立式电气火灾监控探测器'],
  ['cable_temp', '独立式电气火灾监控探测器'],
  ['arc.alarm', '独立式电气火灾监控探测器'],
  ['sprinkler.flow', '水流指示器'],
  ['water.pressure', '消防水压监测装置'],
  ['water.level', '消防水位监测装置'],
  ['water.low', '消防水位监测装置'],
  ['water.high', '消防水位监测装置'],
  ['valve.closed', '消防阀门监测装置'],
  ['pump.running', '消防水泵监测装置'],
  ['pump.fault', '消防水泵监测装置'],
];
const otherCategory = '其他监测装置';

export type SiteFacts = Pick<SiteConfig, 'site' | 'zones' | 'points' | 'units' | 'streams' | 'codes'>;

/** The code of the device, or of the object of a panel, that a subject is about; null: it is about something else. */
export function serialOf(reporting: Reporting, subject: string): string | null {
  const about = deviceOf(subject);
  if (about === null) return null;
  return reporting.codes?.ofDevice(about.device, about.key) ?? platformName(reporting, about.device);
}

/** Whatever of the village can be in alarm, by its serial; the box and its links are none of it. */
export function deviceFacts(site: SiteFacts, reporting: Reporting): ReadonlyMap<string, DeviceFacts> {
  const points = new Map<string, PointConfig[]>();
  for (const point of site.points) {
    if (point.class === null || ['diagnostic', 'box', 'uplink'].includes(point.source.kind)) continue;
    const serial = serialOf(reporting, `point:${point.id}`);
    if (serial === null) continue;
    const list = points.get(serial) ?? [];
    points.set(serial, list);
    list.push(point);
  }
  return new Map([...points].map(([serial, list]) => [serial, factsOf(site, reporting.codes, serial, list)]));
}

function factsOf(
  site: SiteFacts,
  codes: ExternalCodes | null,
  serial: string,
  points: readonly PointConfig[],
): DeviceFacts {
  const [first] = points;
  const about = first === undefined ? null : deviceOf(`point:${first.id}`);
  const device = about?.device ?? serial;
  const own = [...site.units, ...site.streams].find(({ id }) => id === (device as DeviceId)) ?? null;
  // An object of a panel that has a code of its own is called as its point.
  const isObject =
    about !== null && codes !== null && codes.ofDevice(device, about.key) !== codes.ofDevice(device, null);
  const roles = new Set(points.map(({ role }) => role));
  const zone = site.zones.find(({ id }) => id === (first?.zone ?? own?.zone));
  const place = (first?.place ?? own?.place)?.zh;
  return {
    serial,
    device,
    name: (isObject ? first?.name : (own?.name ?? first?.name))?.zh ?? device,
    position: [zone?.name.zh, place].filter((part) => part !== undefined).join(' '),
    category: categories.find(([role]) => roles.has(role))?.[1] ?? otherCategory,
    isPanel: !isObject && roles.has('panel.fire'),
    address: own?.address ?? null,
    line: own?.line ?? null,
  };
}
