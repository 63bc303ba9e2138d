/**
 * What points are in the words of GB/T 26875.3-2011: the built-in table from role to system (Table 4), component (Table 5), analog value
 * (Table 6) and bits of the component's state. The standard has no table for roles; where it lacks a word, the vendors' common one stands
 * here (128: electrical fire monitoring). `roles:` of an uplink replaces rows.
 */
import type { PointRole } from '../vocabulary.js';

/** Bits of a component's state (8.3.1.2); 9 to 15 are reserved. */
export const gbBits = {
  normal: 0x001,
  fire: 0x002,
  fault: 0x004,
  shielded: 0x008,
  supervisory: 0x010,
  started: 0x020,
  feedback: 0x040,
  power: 0x100,
} as const;

/** Bits of the transmission device's own state (8.3.2.1). */
export const gbDeviceBits = {
  normal: 0x01,
  fire: 0x02,
  fault: 0x04,
  mains: 0x08,
  battery: 0x10,
  /** The way to a centre. */
  centre: 0x20,
  /** The lines to what is watched. */
  lines: 0x40,
} as const;

/** Bits of an operation (8.3.1.4, 8.3.2.2). */
export const gbOperations = {
  reset: 0x01,
  silence: 0x02,
  manualAlarm: 0x04,
  cleared: 0x08,
  selfTest: 0x10,
  /** Of a facility: acknowledged. Of the device: a duty check was answered. */
  acknowledge: 0x20,
  test: 0x40,
} as const;

export interface GbComponentRow {
  /** `own`: a row of the platform's table. `beside`: it speaks of its device, and so within that device's first row; a row of its own only
   * where the device has no other. */
  readonly as: 'own' | 'beside';
  readonly system: number;
  readonly component: number;
  /** Set while the point is in alarm; 0: it only measures. */
  readonly bits: number;
  /** Null: none. `unit`: by the physical unit of the point, and no row where Table 6 has none for it. */
  readonly analog: number | 'unit' | null;
  /** One count of an analog value of the users' own, in the physical unit of the role. */
  readonly step?: number;
}

/** Why a role has no row of its own. */
export type GbUntold =
  /** The transmission device's own state (type 21) tells it, as far as it is a fault. */
  | 'device'
  /** What it does is told by the output that it proves, or as an operation. */
  | 'elsewhere'
  /** The language has no word for it. */
  | 'no-word';

const fireSystem = 1;
const hydrants = 11;
const sprinklers = 12;
const electricalFire = 128;
const doors = 19;
/** Residual current: Table 6 counts amperes in tenths, too coarse for it. */
const residualAnalog = 128;

const { fire, fault, supervisory, started, power } = gbBits;

function own(system: number, component: number, bits: number, analog: GbComponentRow['analog'] = null): GbComponentRow {
  return { as: 'own', system, component, bits, analog };
}

function beside(system: number, component: number, bits: number, analog: 8 | null = null): GbComponentRow {
  return { as: 'beside', system, component, bits, analog };
}

/** Every role: its row, or why it has none. Alarms of gas and electricity have no bit but that of fire; the component says what they are. */
export const gbRoleRows: Readonly<Record<PointRole, GbComponentRow | GbUntold>> = {
  'smoke.alarm': own(fireSystem, 42, fire),
  'heat.alarm': own(fireSystem, 31, fire),
  'flame.alarm': own(fireSystem, 69, fire),
  'call_point.alarm': own(fireSystem, 23, fire),
  'panel.fire': own(fireSystem, 1, fire),
  'panel.warning': beside(fireSystem, 1, supervisory),
  'panel.supervisory': beside(fireSystem, 1, supervisory),
  'panel.fault': beside(fireSystem, 1, fault),
  'sprinkler.flow': own(sprinklers, 96, fire),
  'gas.alarm': own(fireSystem, 10, fire),
  'gas.level': own(fireSystem, 10, fire, 6),
  residual_current: { ...own(electricalFire, 17, fire, residualAnalog), step: 1 },
  cable_temp: own(electricalFire, 18, fire, 3),
  'arc.alarm': own(electricalFire, 16, fire),
  'breaker.tripped': own(electricalFire, 16, fire),
  'power.overload': own(electricalFire, 16, fire),
  'water.low': own(hydrants, 92, supervisory),
  'water.high': own(hydrants, 92, supervisory),
  'water.level': own(hydrants, 92, supervisory, 2),
  'water.pressure': own(sprinklers, 99, supervisory, 5),
  'valve.closed': own(sprinklers, 97, supervisory),
  'pump.running': own(hydrants, 91, started),
  'pump.fault': beside(hydrants, 91, fault),
  'door.open': own(doors, 102, supervisory),
  'mains.lost': beside(fireSystem, 84, fault | power),
  'battery.low': beside(fireSystem, 84, fault | power),
  'battery.voltage': beside(fireSystem, 84, fault | power, 8),
  fault: beside(fireSystem, 84, fault),
  tamper: beside(fireSystem, 84, fault),
  measurement: { as: 'own', system: 0, component: 0, bits: 0, analog: 'unit' },
  dirty: 'no-word',
  'counter.wear': 'no-word',
  contact: 'no-word',
  signal: 'no-word',
  setting: 'no-word',
  'breaker.state': 'no-word',
  'bus.quality': 'no-word',
  'line.load': 'no-word',
  'line.scan_age': 'no-word',
  'box.temperature': 'no-word',
  'box.disk_free': 'device',
  'box.supply': 'device',
  'box.loop_delay': 'device',
  'box.commit': 'device',
  'box.clock': 'no-word',
  'uplink.backlog': 'no-word',
  'uplink.backlog_age': 'no-word',
  'modem.signal': 'no-word',
  'modem.sim': 'no-word',
  'modem.network': 'no-word',
  'uplink.unkept': 'no-word',
  'relay.state': 'elsewhere',
  'siren.state': 'elsewhere',
  'key.acknowledge': 'elsewhere',
  'key.silence': 'elsewhere',
  'key.reset': 'elsewhere',
  'key.drill': 'elsewhere',
  'key.test': 'elsewhere',
  'key.microphone': 'elsewhere',
  'key.duty': 'elsewhere',
};

/** Sirens, strobes and loudspeakers: alarm devices of the fire system, or of its broadcast. */
export const gbOutputRows = {
  siren: { system: fireSystem, component: 121 },
  strobe: { system: fireSystem, component: 121 },
  amplifier: { system: 21, component: 121 },
} as const;

export interface GbAnalog {
  /** Physical unit in which `step` counts. */
  readonly unit: string;
  /** One count. */
  readonly step: number;
  /** Counts, as Table 6 bounds them; an int16 in any case. */
  readonly min: number;
  readonly max: number;
}

const highest = 32_000;

/** Table 6; from 128 on they are the users', and counted as `roles:` or the table above says. */
export const gbAnalogs: ReadonlyMap<number, GbAnalog> = new Map([
  [1, { unit: '', step: 1, min: 0, max: highest }],
  [2, { unit: 'm', step: 0.01, min: 0, max: highest }],
  [3, { unit: '°C', step: 0.1, min: -2730, max: highest }],
  [4, { unit: 'MPa', step: 0.1, min: 0, max: highest }],
  [5, { unit: 'kPa', step: 0.1, min: 0, max: highest }],
  [6, { unit: '%LEL', step: 0.1, min: 0, max: 1000 }],
  [7, { unit: 's', step: 1, min: 0, max: highest }],
  [8, { unit: 'V', step: 0.1, min: 0, max: highest }],
  [9, { unit: 'A', step: 0.1, min: 0, max: highest }],
  [10, { unit: 'L/s', step: 0.1, min: 0, max: highest }],
  [11, { unit: 'm³/min', step: 0.1, min: 0, max: highest }],
  [12, { unit: 'm/s', step: 1, min: 0, max: highest }],
]);

/** By physical unit, where it decides; milliamperes would all be none in tenths of an ampere. */
export const gbAnalogOfUnit: ReadonlyMap<string, number> = new Map([
  ['°C', 3],
  ...(['kPa', 'MPa', 'Pa', 'bar'] as const).map((unit) => [unit, 5] as const),
  ...(['m', 'cm', 'mm'] as const).map((unit) => [unit, 2] as const),
  ['%LEL', 6],
  ['V', 8],
  ['A', 9],
  ['L/s', 10],
  ['m³/min', 11],
  ['m/s', 12],
]);

/** The users' own analog values begin here. */
export const ownAnalogFirst = 128;
