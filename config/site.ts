/**
 * The site as the upper floors see it: validated, cross-checked, profiles resolved, frozen (load-config.ts makes it).
 * Registers are wire addresses (0-based). Times in ms. Every point already knows its class.
 */
import type { DeviceId, DistrictId, LineId, OutputId, PlanId, PointId, SiteId, UplinkId, ZoneId } from './ids.js';
import type { AlarmClass, OnControlLost, PointRole, Severity, Words } from './vocabulary.js';

export interface SiteConfig {
  /** The site file, absolute. */
  readonly file: string;
  readonly site: { readonly id: SiteId; readonly district: DistrictId; readonly name: Words };
  /** Absolute. Holds journal.db and lock.db. */
  readonly dataDir: string;
  readonly lines: readonly LineConfig[];
  readonly zones: readonly ZoneConfig[];
  /** Units on lines. Dry contacts are not units: they are points of a unit or a pin. */
  readonly units: readonly UnitConfig[];
  readonly points: readonly PointConfig[];
  readonly outputs: readonly OutputConfig[];
  readonly plans: readonly PlanConfig[];
  readonly uplinks: readonly UplinkConfig[];
  /** Null when no point and no output names a pin. */
  readonly gpio: GpioConfig | null;
  /** `HH:MM` local time of the daily entry `site.daily`, or null. */
  readonly dailyReportAt: string | null;
}

export type Parity = 'none' | 'even' | 'odd';

export interface LineConfig {
  readonly id: LineId;
  readonly name: Words;
  readonly transport: 'serial';
  readonly path: string;
  readonly baud: number;
  readonly dataBits: 7 | 8;
  readonly parity: Parity;
  readonly stopBits: 1 | 2;
  /** From the request's last byte to the reply's first byte allowed at most; the reply's own wire time comes on top. */
  readonly timeoutMs: number;
  /** Quiet after a time-out, in which whatever still comes in is dropped. Time-out + quarantine > the slowest reply. */
  readonly quarantineMs: number;
}

export interface ZoneConfig {
  readonly id: ZoneId;
  readonly name: Words;
}

export interface UnitConfig {
  readonly id: DeviceId;
  readonly name: Words;
  readonly profileId: string;
  readonly line: LineId;
  /** 1 to 247. */
  readonly address: number;
  readonly zone: ZoneId | null;
  readonly place: Words | null;
  readonly limits: { readonly maxRead: number };
  /** Shortest allowed period between two scans of this unit. */
  readonly minScanMs: number;
  /** Pause between requests to this same unit; the line itself keeps only its 3.5 characters. */
  readonly interRequestMs: number;
}

/** Modbus tables: coil (FC 01/05/15), discrete (02), input (04), holding (03/06/16). */
export type Table = 'coil' | 'discrete' | 'input' | 'holding';

export interface PointConfig {
  readonly id: PointId;
  readonly name: Words;
  readonly role: PointRole;
  /** By the fixed table role → class; null = never an alarm by itself. */
  readonly class: AlarmClass | null;
  readonly zone: ZoneId | null;
  readonly place: Words | null;
  readonly source: PointSource;
  /** State key → how it counts. Empty for a number. */
  readonly severities: Readonly<Record<string, Severity>>;
  /** Physical unit of a number, e.g. `MPa`; null for a state. */
  readonly physicalUnit: string | null;
  /** How long a state must last before it counts (contact bounce, waves in a tank). */
  readonly onDelayMs: number;
  readonly offDelayMs: number;
}

export type PointSource = RegisterSource | PinSource;

export interface RegisterSource {
  readonly kind: 'register';
  /** The unit that is asked. */
  readonly device: DeviceId;
  readonly table: Table;
  readonly address: number;
  readonly type: 'bool' | 'u16' | 's16';
  /** Raw value → state key; null: the value is a number. Raw values not named here are `unknown-state`, never normal. */
  readonly states: ReadonlyMap<number, string> | null;
  readonly scale: number;
  readonly offset: number;
  /** Raw values that mean "no value". */
  readonly invalid: readonly number[];
  readonly validRange: readonly [number, number] | null;
}

export interface PinSource {
  readonly kind: 'pin';
  /** The chip's own number (BCM number on a Raspberry Pi: GPIO17 is 17). */
  readonly pin: number;
  /** State key while the pin is electrically low / high. */
  readonly low: string;
  readonly high: string;
}

export interface WriteStep {
  readonly table: 'coil' | 'holding';
  readonly address: number;
  /** Coil: 0 or 1. Holding register: 0 to 65535. */
  readonly value: number;
}

export type OutputTarget =
  | {
      readonly kind: 'unit';
      readonly device: DeviceId;
      readonly on: WriteStep;
      readonly off: WriteStep;
      /** Where the state is read back: the output is on when the raw value equals `onRaw`. */
      readonly readBack: { readonly table: Table; readonly address: number; readonly onRaw: number };
    }
  | { readonly kind: 'pin'; readonly pin: number; readonly activeLow: boolean };

export interface OutputConfig {
  readonly id: OutputId;
  readonly name: Words;
  readonly kind: 'siren' | 'strobe' | 'lamp';
  readonly zone: ZoneId | null;
  readonly target: OutputTarget;
  readonly onControlLost: OnControlLost;
}

/** Who hears what when. First form: an alarm of a class in one of the zones sounds these outputs at once. */
export interface PlanConfig {
  readonly id: PlanId;
  readonly when: { readonly class: AlarmClass; readonly zones: readonly ZoneId[] | 'all' };
  readonly sound: readonly OutputId[];
}

export interface UplinkConfig {
  readonly id: UplinkId;
  readonly kind: 'mqtt';
  /** mqtt://host:port or mqtts://host:port, without credentials. */
  readonly url: string;
  readonly mqttVersion: '5' | '3.1.1';
  readonly username: string | null;
  /** Absolute; the secret itself never stands in the site file. */
  readonly passwordFile: string | null;
  readonly caFile: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
}

export interface GpioConfig {
  /** `sysfs` = onoff; `simulated` = a board handed in by the demo or a test. */
  readonly driver: 'sysfs' | 'simulated';
}
