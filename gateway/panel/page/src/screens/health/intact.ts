/** Which devices are intact, and how well each line does: pure. */
import type { SiteInfo } from '../../../../api/site.js';
import type { AlarmRow, PanelState } from '../../../../api/state.js';

export interface DeviceHealth {
  readonly device: SiteInfo['devices'][number];
  /** `unknown`: nothing of it was read yet. */
  readonly is: 'intact' | 'faulty' | 'unknown';
  /** What stands against it: the first fault. */
  readonly fault: AlarmRow | null;
  /** When anything of it was last read; null: never. */
  readonly seenWall: number | null;
  /** Of its line, %; null: not told. */
  readonly qualityPercent: number | null;
}

/** In the order of the site. A device is intact when no fault of it stands and something of it can be read now. */
export function devicesHealth(site: SiteInfo, { alarms, points }: PanelState): readonly DeviceHealth[] {
  const faults = new Map<string, AlarmRow>();
  for (const row of Object.values(alarms)) {
    const known = row.device === null ? undefined : faults.get(row.device);
    const isFault = row.class === 'fault' || row.isLost;
    if (row.device !== null && isFault && (known === undefined || row.raisedWall < known.raisedWall)) {
      faults.set(row.device, row);
    }
  }
  const pointsOf = new Map<string, SiteInfo['points'][number][]>();
  for (const point of site.points) {
    if (point.device === null) continue;
    const known = pointsOf.get(point.device);
    if (known === undefined) pointsOf.set(point.device, [point]);
    else known.push(point);
  }
  return site.devices.map((device): DeviceHealth => {
    const own = pointsOf.get(device.id) ?? [];
    const quality = points[own.find(({ role }) => role === 'bus.quality')?.id ?? '']?.value;
    // A relay has nothing that is read but how well it answers.
    const read = own.filter(({ role }) => role !== 'bus.quality');
    const looked = (read.length === 0 ? own : read).flatMap(({ id }) => points[id] ?? []);
    const good = looked.filter((each) => each.quality === 'good');
    const isUnread = looked.every((each) => each.quality === 'unread');
    const fault = faults.get(device.id) ?? null;
    const seen = good.flatMap(({ wall }) => wall ?? []);
    return {
      device,
      is: fault !== null ? 'faulty' : good.length > 0 ? 'intact' : isUnread ? 'unknown' : 'faulty',
      fault,
      seenWall: seen.length === 0 ? null : Math.max(...seen),
      qualityPercent: typeof quality === 'number' ? quality : null,
    };
  });
}

export interface Intact {
  /** Of those that are known, rounded down: 99.9 % is not all. Null: none is known. */
  readonly percent: number | null;
  readonly intact: number;
  readonly faulty: number;
  readonly unknown: number;
  /** Since when it is as it is, as far as the standing faults tell; null: nothing is faulty. */
  readonly sinceWall: number | null;
}

export function intactOf(devices: readonly DeviceHealth[]): Intact {
  const count = (is: DeviceHealth['is']): number => devices.filter((each) => each.is === is).length;
  const [intact, faulty, unknown] = [count('intact'), count('faulty'), count('unknown')];
  const known = intact + faulty;
  const since = devices.flatMap(({ fault }) => fault?.raisedWall ?? []);
  return {
    percent: known === 0 ? null : Math.floor((intact / known) * 100),
    ...{ intact, faulty, unknown },
    sinceWall: since.length === 0 ? null : Math.max(...since),
  };
}

export interface LineHealth {
  readonly line: SiteInfo['lines'][number];
  readonly loadPercent: number | null;
  readonly scanAgeMs: number | null;
  /** Of its devices that tell one, the worst. */
  readonly worstPercent: number | null;
  readonly devices: number;
  readonly faulty: number;
}

export function linesHealth(
  site: SiteInfo,
  { points }: Pick<PanelState, 'points'>,
  devices: readonly DeviceHealth[],
): readonly LineHealth[] {
  const figure = (id: string): number | null => {
    const value = points[id]?.value;
    return typeof value === 'number' ? value : null;
  };
  return site.lines.map((line) => {
    const own = devices.filter(({ device }) => device.line === line.id);
    const qualities = own.flatMap(({ qualityPercent }) => qualityPercent ?? []);
    return {
      line,
      loadPercent: figure(`line-${line.id}/load`),
      scanAgeMs: figure(`line-${line.id}/scan_age`),
      worstPercent: qualities.length === 0 ? null : Math.min(...qualities),
      devices: own.length,
      faulty: own.filter(({ is }) => is === 'faulty').length,
    };
  });
}
