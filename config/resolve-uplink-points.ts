/** Points by which the gateway tells how far it is behind with each centre. They are never an alarm by themselves. */
import { brandId } from './ids.js';
import { networkStates, simStates } from './modem-states.js';
import { pointHead, statesOf } from './resolve-point-head.js';
import type { PointConfig, UplinkConfig, UplinkFigure } from './site.js';
import type { PointRole, Words } from './vocabulary.js';

/** What stands before an uplink's id in the ids of its points; no device may be called so. */
export function uplinkOwner(id: string): string {
  return `uplink-${id}`;
}

interface Figure {
  readonly what: UplinkFigure;
  readonly role: PointRole;
  readonly unit: string | null;
  readonly name: Words;
  /** Left out: a number. */
  readonly states?: Parameters<typeof statesOf>[0];
}

const figures: readonly Figure[] = [
  { what: 'backlog', role: 'uplink.backlog', unit: null, name: { zh: '待传条数', en: 'rows queued' } },
  {
    what: 'backlog_age',
    role: 'uplink.backlog_age',
    unit: 's',
    name: { zh: '最早待传时长', en: 'age of the oldest queued row' },
  },
  {
    what: 'unkept',
    role: 'uplink.unkept',
    unit: null,
    name: { zh: '已传未回执条数', en: 'rows carried and not kept' },
  },
];

const modemFigures: readonly Figure[] = [
  { what: 'signal', role: 'modem.signal', unit: 'dBm', name: { zh: '信号强度', en: 'signal' } },
  { what: 'sim', role: 'modem.sim', unit: null, name: { zh: 'SIM 卡', en: 'SIM' }, states: simStates },
  {
    what: 'network',
    role: 'modem.network',
    unit: null,
    name: { zh: '移动网络', en: 'mobile network' },
    states: networkStates,
  },
];

/** Rows queued, age of the oldest, and rows that are carried and not kept, of every uplink; of one with a modem how that stands. */
export function uplinkPoints(uplinks: readonly UplinkConfig[]): PointConfig[] {
  return uplinks.flatMap(({ id: uplink, kind }) =>
    [...figures, ...(kind === 'sms' ? modemFigures : [])].map(
      ({ what, role, unit, name, states }): PointConfig => ({
        ...pointHead({ id: brandId(uplinkOwner(uplink)) }, what, role),
        name: { zh: `上传通道 ${uplink} ${name.zh}`, en: `uplink ${uplink}, ${name.en}` },
        source: { kind: 'uplink', uplink, what },
        ...statesOf(states),
        physicalUnit: unit,
        onDelayMs: 0,
        offDelayMs: 0,
      }),
    ),
  );
}
