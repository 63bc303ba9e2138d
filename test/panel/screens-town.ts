/** A site with a tank, a breaker, two detectors and a relay; and entries of its journal. */
import type { HistoryEntry } from '../../gateway/panel/api/history.js';
import type { SiteInfo } from '../../gateway/panel/api/site.js';
import { aSite, beganWall } from './page-village.js';

const both = (zh: string, en: string) => ({ zh, en });

export function aPoint(odd: Partial<SiteInfo['points'][number]>): SiteInfo['points'][number] {
  return {
    ...{
      id: 'p',
      name: both('测点', 'point'),
      role: 'smoke.alarm',
      class: null,
      zone: 'hall',
      place: null,
      device: null,
    },
    ...{ physicalUnit: null, limits: null, states: {}, severities: {}, isSampled: true },
    ...odd,
  };
}

export function aTown(): SiteInfo {
  const device = (id: string, zh: string, en: string) => ({
    ...{ id, name: both(zh, en), line: 'east', zone: 'hall', place: null, profile: 'x' },
  });
  const smoke = { role: 'smoke.alarm', class: 'fire', name: both('烟感', 'smoke detector') } as const;
  return {
    ...aSite(),
    lines: [{ id: 'east', name: both('东线', 'east line'), protocol: 'modbus' }],
    devices: [
      device('smoke-1', '正厅烟感', 'hall smoke detector'),
      device('smoke-2', '后廊烟感', 'corridor smoke detector'),
      device('pool', '水池液位', 'pool level'),
      device('relay', '继电器', 'relay'),
    ],
    points: [
      aPoint({ ...smoke, id: 'smoke-1/smoke', device: 'smoke-1' }),
      aPoint({ ...smoke, id: 'smoke-2/smoke', device: 'smoke-2' }),
      aPoint({
        id: 'pool/level',
        role: 'water.level',
        device: 'pool',
        physicalUnit: 'm',
        limits: { low: 0.5, high: 4 },
      }),
      aPoint({ id: 'pool/full_scale', role: 'setting', device: 'pool', physicalUnit: 'm', isSampled: false }),
      aPoint({ id: 'main/pressure', role: 'water.pressure', physicalUnit: 'MPa' }),
      aPoint({ id: 'pump/running', role: 'pump.running' }),
      aPoint({ id: 'breaker/residual', role: 'residual_current', device: 'breaker', physicalUnit: 'mA' }),
      aPoint({ id: 'breaker/voltage', role: 'measurement', device: 'breaker', physicalUnit: 'V' }),
      aPoint({ id: 'gas/status', role: 'measurement', device: 'gas' }),
      aPoint({ id: 'relay/bus_quality', role: 'bus.quality', device: 'relay', physicalUnit: '%' }),
    ],
  };
}

export function anEntry(odd: Partial<HistoryEntry>): HistoryEntry {
  return {
    ...{ position: 1, epoch: 'e', sequence: 1, id: 'e-b-1', lane: 'journal', kind: 'alarm.raised', class: null },
    ...{ subject: 'point:p', alarm: null, zone: null, wall: beganWall, clock: 'trusted', boot: 'b', origin: null },
    words: both('烟感火警', 'smoke detector: FIRE'),
    detail: {},
    ...odd,
  };
}
