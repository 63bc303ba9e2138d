/**
 * Points of the box itself: always there without being configured. What no hardware tells is left out when the gateway
 * starts; the default limits may be replaced under `box:` in the site file.
 */
import { brandId } from './ids.js';
import type { LimitsYaml } from './limits-schema.js';
import type { LimitPoint } from './number-limits.js';
import { watchOf } from './resolve-limits.js';
import { pointHead, statesOf } from './resolve-point-head.js';
import type { BoxFigure, PointConfig, UpsConfig } from './site.js';
import type { BoxYaml } from './site-schema.js';
import type { PointRole, Severity, Words } from './vocabulary.js';

/** What stands before the key in the ids of these points; no device may be called so. */
export const boxId = 'box';

interface BoxNumber {
  readonly what: BoxFigure;
  readonly role: PointRole;
  readonly unit: string;
  readonly name: Words;
  /** Smallest and largest value that can come. */
  readonly believable: readonly [number, number];
  readonly limits?: LimitsYaml;
}

interface BoxState {
  readonly what: BoxFigure;
  readonly role: PointRole;
  readonly name: Words;
  readonly states: readonly { readonly key: string; readonly names: Words; readonly severity: Severity }[];
  readonly onDelayMs: number;
  readonly offDelayMs: number;
}

const anything = [0, Infinity] as const;

/** What the battery of a box can have at all, V. */
const batteryVolts = [0.5, 100] as const;

const numbers: readonly BoxNumber[] = [
  {
    what: 'temperature',
    role: 'box.temperature',
    unit: '°C',
    name: { zh: '网关温度', en: 'temperature of the box' },
    believable: [-40, 150],
    // A Raspberry Pi slows itself down from 80 °C on, and hard from 85 °C (its documentation, "frequency management").
    limits: { high: 80, deadband: 5 },
  },
  {
    what: 'disk_free',
    role: 'box.disk_free',
    unit: '%',
    name: { zh: '网关磁盘剩余空间', en: 'free disk space of the box' },
    believable: [0, 100],
    limits: { low: 10, deadband: 2 },
  },
  {
    what: 'memory',
    role: 'measurement',
    unit: 'MB',
    name: { zh: '网关程序占用内存', en: 'memory held by the gateway' },
    believable: anything,
  },
  {
    // Chemistries and counts of cells differ: what is low, only the site file can say.
    what: 'battery_voltage',
    role: 'battery.voltage',
    unit: 'V',
    name: { zh: '网关电池电压', en: 'battery voltage of the box' },
    believable: batteryVolts,
  },
  {
    what: 'battery_charge',
    role: 'battery.low',
    unit: '%',
    name: { zh: '网关电池电量', en: 'battery charge of the box' },
    believable: [0, 100],
    // Most boards guess it from the voltage: good enough for "low", and it jumps when a load comes or goes.
    limits: { low: 20, deadband: 5, on_delay_s: 30 },
  },
  {
    what: 'battery_cell',
    role: 'battery.voltage',
    unit: 'V',
    name: { zh: '网关最弱电芯电压', en: 'weakest battery cell of the box' },
    believable: [0, 6],
    // A lithium cell; the UPS HAT (E) calls it low here, and cuts off at 3.2 V.
    limits: { low: 3.4, deadband: 0.1, on_delay_s: 30 },
  },
  {
    what: 'loop_delay',
    role: 'box.loop_delay',
    unit: 'ms',
    name: { zh: '网关程序响应延迟', en: 'reaction delay of the gateway' },
    believable: anything,
    // A quarter of the time within which a fire point must be seen: less than this no line misses its deadline for.
    limits: { high: 500, deadband: 250 },
  },
  {
    what: 'commit',
    role: 'box.commit',
    unit: 'ms',
    name: { zh: '网关写盘用时', en: 'time until an entry is on disk' },
    believable: anything,
    // A fire that is not on disk by then is reported from memory.
    limits: { high: 2000, deadband: 500 },
  },
];

const states: readonly BoxState[] = [
  {
    what: 'clock',
    role: 'box.clock',
    name: { zh: '网关时钟不可信', en: 'clock of the box can not be trusted' },
    states: [
      { key: 'trusted', names: { zh: '可信', en: 'trusted' }, severity: 'normal' },
      { key: 'hinted', names: { zh: '待核实', en: 'hinted' }, severity: 'info' },
      { key: 'untrusted', names: { zh: '不可信', en: 'not trusted' }, severity: 'technical' },
    ],
    // A box without a clock of its own gets the time from the network some minutes after its start.
    onDelayMs: 3_600_000,
    offDelayMs: 0,
  },
  {
    what: 'supply',
    role: 'box.supply',
    name: { zh: '网关供电电压过低', en: 'supply voltage of the box is too low' },
    states: [
      { key: 'normal', names: { zh: '正常', en: 'normal' }, severity: 'normal' },
      { key: 'low', names: { zh: '偏低', en: 'too low' }, severity: 'fault' },
    ],
    onDelayMs: 0,
    // A weak supply dips again and again: one fault, not one for each dip.
    offDelayMs: 60_000,
  },
  {
    what: 'mains',
    role: 'mains.lost',
    name: { zh: '网关市电中断，电池供电', en: 'the box has lost its mains and runs on battery' },
    states: [
      { key: 'on_mains', names: { zh: '市电', en: 'on mains' }, severity: 'normal' },
      { key: 'on_battery', names: { zh: '电池供电', en: 'on battery' }, severity: 'fault' },
    ],
    // A flicker, and what a recloser on the pole does, is no fault; mains that come and go are one.
    onDelayMs: 30_000,
    offDelayMs: 30_000,
  },
];

/** The UPS board of the box, as a key of the site that may be left out. */
export function upsOf(box: BoxYaml | undefined): { readonly ups?: UpsConfig } {
  const ups = box?.ups;
  return ups === undefined ? {} : { ups: { board: ups.board, i2cBus: ups.i2c_bus } };
}

/** The points of the box, whatever hardware it turns out to have. */
export function boxPoints(box: BoxYaml | undefined): PointConfig[] {
  const written = { limits: box?.limits ?? {} };
  return [
    ...numbers.map(({ what, role, unit, name, limits }): PointConfig => {
      const watched = { key: what, limits, on_delay_ms: 0, off_delay_ms: 0 };
      return { ...boxPoint(what, role, name), severities: {}, physicalUnit: unit, ...watchOf(written, watched, told) };
    }),
    ...states.map(({ what, role, name, states: own, onDelayMs, offDelayMs }): PointConfig => {
      return {
        ...boxPoint(what, role, name),
        ...statesOf(own),
        physicalUnit: null,
        onDelayMs,
        offDelayMs,
      };
    }),
  ];
}

/** The same points as limits see them. */
export function boxLimitPoints(): readonly LimitPoint[] {
  return [
    ...numbers.map(({ what: key, role, unit, believable }) => ({ key, role, stateKeys: null, unit, believable })),
    ...states.map(({ what: key, role, states: own }): LimitPoint => {
      return { key, role, stateKeys: own.map((each) => each.key), unit: null, believable: anything };
    }),
  ];
}

function boxPoint(
  what: BoxFigure,
  role: PointRole,
  name: Words,
): Pick<PointConfig, 'id' | 'role' | 'class' | 'zone' | 'place' | 'name' | 'source'> {
  return { ...pointHead({ id: brandId(boxId) }, what, role), name, source: { kind: 'box', what } };
}

function told(value: number): number {
  return value;
}
