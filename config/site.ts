/**
 * The site as the upper floors see it: validated, cross-checked, profiles resolved, frozen (load-config.ts makes it).
 * Registers are wire addresses (0-based). Times in ms. Every point already knows its class.
 */
import type { DeviceId, DistrictId, LineId, PointId, SiteId, UplinkId, ZoneId } from './ids.js';
import type { BoxSource, UpsConfig } from './site-box.js';
import type { SitePanel } from './site-panel.js';
import type { CommandKeyConfig, JournalConfig, TelemetryConfig, UplinkConfig } from './site-telling.js';
import type {
  Cadence,
  DayWindow,
  ExercisesConfig,
  HeartbeatConfig,
  MessageConfig,
  OutputConfig,
  PlanConfig,
  ProgrammeConfig,
  SpeakerConfig,
} from './sounding.js';
import type { UnitOrders, UnitWrite } from './unit-orders.js';
import type { AlarmClass, PointRole, Severity, Table, Words } from './vocabulary.js';

export type * from './site-box.js';
export type * from './site-panel.js';
export type * from './site-telling.js';
export type * from './sounding.js';
export type * from './unit-orders.js';
export type { Table } from './vocabulary.js';

export interface SiteConfig extends SitePanel {
  /** The site file, absolute. */
  readonly file: string;
  readonly site: {
    readonly id: SiteId;
    readonly district: DistrictId;
    readonly name: Words;
    /** At the district platform; null where it has none. */
    readonly code: string | null;
  };
  /** Absolute. Holds journal.db and lock.db. */
  readonly dataDir: string;
  readonly lines: readonly LineConfig[];
  readonly zones: readonly ZoneConfig[];
  /** Units on lines. Dry contacts are not units: they are points of a unit or a pin. */
  readonly units: readonly UnitConfig[];
  /** Devices with a serial dialect of their own. */
  readonly streams: readonly StreamConfig[];
  readonly points: readonly PointConfig[];
  readonly pairs: readonly ContactPair[];
  readonly outputs: readonly OutputConfig[];
  /** Pins that a watchdog relay looks at. */
  readonly heartbeats: readonly HeartbeatConfig[];
  readonly plans: readonly PlanConfig[];
  readonly speakers: readonly SpeakerConfig[];
  /** What can be said. */
  readonly messages: readonly MessageConfig[];
  /** What the loudspeakers say day by day when nothing is the matter. */
  readonly programme: readonly ProgrammeConfig[];
  /** No announcement of the daily programme begins in this window of the local day; null: it may at any time. */
  readonly quietHours: DayWindow | null;
  /** How sirens sound, for each class of alarm. */
  readonly cadences: Readonly<Record<AlarmClass, Cadence>>;
  readonly exercises: ExercisesConfig;
  /** When devices want to be looked after, from their profile's `lifetime` and the day they were put up. */
  readonly upkeep: readonly UpkeepConfig[];
  readonly uplinks: readonly UplinkConfig[];
  /** Who may order something from outside. */
  readonly commandKeys: readonly CommandKeyConfig[];
  /** Codes at the district platform, by the id of a device or of the point of a listed object. */
  readonly codes: ReadonlyMap<string, string>;
  readonly journal: JournalConfig;
  readonly telemetry: TelemetryConfig;
  /** Null when no point and no output names a pin. */
  readonly gpio: GpioConfig | null;
  /** Left out: the box's power is what the kernel tells, if it tells anything. */
  readonly ups?: UpsConfig;
  /** `HH:MM` local time of the daily entry `site.daily`, or null. */
  readonly dailyReportAt: string | null;
}

export type Parity = 'none' | 'even' | 'odd';

export interface SerialFormat {
  readonly baud: number;
  readonly dataBits: 7 | 8;
  readonly parity: Parity;
  readonly stopBits: 1 | 2;
}

interface LineCommon {
  readonly id: LineId;
  readonly name: Words;
  /** What its devices speak: one line carries one of both. */
  readonly protocol: 'modbus' | 'stream';
  /** Longest wait from the request's last byte to the reply's first; the reply's own wire time comes on top. A unit's own
   * limit (`UnitConfig.responseTimeoutMs`) may be shorter. */
  readonly timeoutMs: number;
  /** Quiet after a time-out, in which whatever still comes in is dropped. Time-out + quarantine > the slowest reply. */
  readonly quarantineMs: number;
  /** A fire point of this line must be seen within this time, or the site file is refused. */
  readonly fireDeadlineMs: number;
}

/** A tty with RTU frames, or with a dialect of its own. */
export interface SerialLineConfig extends LineCommon {
  readonly transport: 'serial';
  readonly path: string;
  readonly format: SerialFormat;
  /** How the transceiver is switched to sending; null: it does so by itself. */
  readonly rs485: Rs485Config | null;
}

/** A serial server that passes bytes through (RTU over TCP), or Modbus TCP (MBAP). */
export interface TcpLineConfig extends LineCommon {
  readonly transport: 'rtu_over_tcp' | 'tcp';
  readonly host: string;
  readonly port: number;
  /** Serial settings behind the server, for wire times; null for units that sit on the network themselves. */
  readonly format: SerialFormat | null;
  /** Requests under way at once, 1 to 8; always 1 for RTU over TCP. */
  readonly inFlight: number;
}

export type LineConfig = SerialLineConfig | TcpLineConfig;

export interface Rs485Config {
  /** `kernel`: the UART driver switches (ioctl TIOCSRS485); `rts`: RTS is set and cleared around each request, late by up to
   * milliseconds. */
  readonly mode: 'kernel' | 'rts';
  /** Level of RTS while sending. */
  readonly rtsOnSend: 'high' | 'low';
  readonly delayBeforeMs: number;
  readonly delayAfterMs: number;
  /** The receiver stays on while sending (kernel mode). */
  readonly receivesOwn: boolean;
}

export interface ZoneConfig {
  readonly id: ZoneId;
  readonly name: Words;
  /** Of the building, at the district platform; null where it has none. */
  readonly code: string | null;
}

export interface UnitConfig {
  readonly id: DeviceId;
  readonly name: Words;
  readonly profileId: string;
  /** Of the profile; left out: it stands in no file. */
  readonly profileRevision?: number;
  readonly line: LineId;
  /** 1 to 247; 0 to 255 on Modbus TCP. */
  readonly address: number;
  readonly zone: ZoneId | null;
  readonly place: Words | null;
  readonly limits: UnitLimits;
  /** Slowest first byte of a reply, ms; bounded by the line's time-out. */
  readonly responseTimeoutMs: number;
  /** Shortest allowed period between two scans of this unit. */
  readonly minScanMs: number;
  /** Pause between requests to this same unit; the line itself keeps only its 3.5 characters. */
  readonly interRequestMs: number;
  /** The same after a write; at least `interRequestMs`. */
  readonly afterWriteMs: number;
  readonly exceptionStyle: ExceptionStyle;
  /** What the papers say of the model whatever the line is set to; for advice only. */
  readonly model?: ModelFacts;
  /** Settings that must stand in the unit; read when it first answers and whenever it comes back, never written by itself. */
  readonly setup: readonly SetupCheck[];
  /** How a unit that latches its own alarms is told to forget them; left out: it needs, or knows, no such order. */
  readonly reset?: readonly UnitWrite[];
  /** What a person may order of it by hand; left out: of its model nothing is known. */
  readonly orders?: UnitOrders;
}

export interface ModelFacts {
  /** All rates that it can be set to, bit/s; null where no paper says. */
  readonly bauds: readonly number[] | null;
  /** Its slowest first byte of a reply, ms: time-out and quarantine of its line are together no shorter. */
  readonly slowestReplyMs: number;
}

export interface UnitLimits {
  /** Registers, and bits, in one request. */
  readonly maxRead: number;
  readonly maxBits: number;
  /** Unneeded registers, and bits, that a request may read along to join two blocks. */
  readonly maxGap: number;
  readonly maxBitGap: number;
  /** Never read, not even along: first and last address. */
  readonly forbidden: readonly { readonly table: Table; readonly from: number; readonly to: number }[];
}

/** `byte80`: refuses with function byte 80 whatever was asked (Ningbo Xiyu AFD); `standard`: function | 80. */
export type ExceptionStyle = 'standard' | 'byte80';

export interface SetupCheck {
  readonly table: 'holding' | 'coil';
  readonly address: number;
  readonly want: number;
  /** What happens otherwise. */
  readonly why: Words;
}

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
  /** State key → as people call it; left out: a number. */
  readonly stateNames?: Readonly<Record<string, Words>>;
  /** Physical unit of a number, e.g. `MPa`; null for a state. */
  readonly physicalUnit: string | null;
  /** When a number is in alarm of the point's class; left out: never, it is only watched and shown. */
  readonly limits?: PointLimits;
  /** How long a state must last before it counts (contact bounce, waves in a tank). */
  readonly onDelayMs: number;
  readonly offDelayMs: number;
}

/** Limits of a number, in the point's physical unit; at least one of `low` and `high` is there. */
export interface PointLimits {
  /** In alarm at this value and below; null: no such limit. */
  readonly low: number | null;
  /** In alarm at this value and above; null: no such limit. */
  readonly high: number | null;
  /** It is back to normal only when it is further than this from the limit. */
  readonly deadband: number;
}

export type PointSource = RegisterSource | PinSource | StreamSource | DiagnosticSource | BoxSource | UplinkSource;

/** `fast`: as often as line and unit allow; `normal`: every 5 s; `slow`: every 60 s; `once`: until it was read, at the
 * start and whenever the unit came back. */
export type ScanRate = 'fast' | 'normal' | 'slow' | 'once';

export type RegisterType = 'bool' | 'u16' | 's16' | 'u32' | 's32' | 'u64' | 'f32' | 'f64' | 'bcd16' | 'bcd32';
/** Where the bytes of a 32-bit value stand; of a 64-bit one in the same manner: word order first, then bytes in the word.
 * ABCD big-endian, CDAB low word first, BADC bytes swapped in each word, DCBA little-endian. A 16-bit value is swapped by
 * BADC and DCBA. */
export type ByteOrder = 'ABCD' | 'CDAB' | 'BADC' | 'DCBA';

export interface RegisterSource {
  readonly kind: 'register';
  /** The unit that is asked. */
  readonly device: DeviceId;
  readonly table: Table;
  readonly address: number;
  readonly type: RegisterType;
  readonly order: ByteOrder;
  /** Only these bits of the raw value, highest first, counted from 0 at the low end; null = all. */
  readonly bits: readonly [number, number] | null;
  readonly scan: ScanRate;
  /** Never joined with what stands before it. */
  readonly forceBreak: boolean;
  /** Raw value → state key; null: the value is a number. Raw values not named here are `unknown-state`, never normal. */
  readonly states: ReadonlyMap<number, string> | null;
  /** value = raw × 10^(k of scaleFrom) × scale + offset, in the point's physical unit. */
  readonly scale: number;
  readonly offset: number;
  /** A power of ten told by another register of the same unit: value × 10^(bias − n) for `sign` −1, 10^(n − bias) for +1. */
  readonly scaleFrom: { readonly point: PointId; readonly sign: -1 | 1; readonly bias: number } | null;
  /** The unit told by another register: raw → factor to the point's physical unit. Not named: `wrong-unit`. */
  readonly unitFrom: { readonly point: PointId; readonly factors: ReadonlyMap<number, number> } | null;
  /** Raw values that mean "no value". */
  readonly invalid: readonly number[];
  readonly validRange: readonly [number, number] | null;
  /** In the point's unit: below is a broken wire, above a short circuit. */
  readonly faultBelow: number | null;
  readonly faultAbove: number | null;
  /** Largest believable distance from the look before, in the point's unit. */
  readonly maxStep: number | null;
  /** Counts only while (raw value of that point & mask) = equals. */
  readonly validIf: { readonly point: PointId; readonly mask: number; readonly equals: number } | null;
  /** Another point of the unit (its own full scale) and what stands on the label; further apart than `factor` → wrong-scale. */
  readonly agreesWith: { readonly point: PointId; readonly label: number; readonly factor: number } | null;
  /** After the unit came (back) on, ms. */
  readonly warmUpMs: number;
}

export interface PinSource {
  readonly kind: 'pin';
  /** The chip's own number (BCM number on a Raspberry Pi: GPIO17 is 17). */
  readonly pin: number;
  /** State key while the pin is electrically low / high. */
  readonly low: string;
  readonly high: string;
}

/** What a device with a serial dialect of its own tells about this point. */
export interface StreamSource {
  readonly kind: 'stream';
  readonly device: DeviceId;
  /** Key of the point in the profile; the event map or `value_of` leads to it. */
  readonly signal: string;
  /** One loop-and-address of a panel, as the codec writes it (`1-1-2`); null: the panel as a whole. */
  readonly object: string | null;
  /** State while nothing is the matter; null for a number. */
  readonly rest: string | null;
  readonly scale: number;
  readonly offset: number;
  readonly validRange: readonly [number, number] | null;
  readonly maxStep: number | null;
}

/** What the gateway measures about its own lines. */
export interface DiagnosticSource {
  readonly kind: 'diagnostic';
  readonly of: { readonly unit: DeviceId } | { readonly line: LineId };
  readonly what: 'quality' | 'latency-p95' | 'load' | 'scan-age';
}

/** How far the gateway is behind with one centre. */
export interface UplinkSource {
  readonly kind: 'uplink';
  readonly uplink: UplinkId;
  readonly what: UplinkFigure;
}

/** Rows that are not carried, the age of the oldest of them, and rows that are carried and not kept. */
export type UplinkFigure = 'backlog' | 'backlog_age' | 'unkept' | ModemFigure;

/** Of an uplink with a modem: dBm, and how it stands with SIM and network. */
export type ModemFigure = 'signal' | 'sim' | 'network';

/** Two contacts that can not both be in these states: then both readings are bad, and a fault. */
export interface ContactPair {
  readonly points: readonly [PointId, PointId];
  readonly states: readonly [string, string];
}

/** A device that speaks by itself, or in a dialect of its own. */
export interface StreamConfig {
  readonly id: DeviceId;
  readonly name: Words;
  readonly profileId: string;
  readonly profileRevision?: number;
  readonly line: LineId;
  /** Which of several hosts on one line; null where the dialect has no addresses. */
  readonly address: number | null;
  readonly zone: ZoneId | null;
  readonly place: Words | null;
  readonly codec: string;
  readonly codecOptions: Readonly<Record<string, string | number | boolean>>;
  /** Nothing sound heard for so long: the device is silent. */
  readonly silenceMs: number;
  /** Event code of the codec → what it means. A code not named here is told as it came. */
  readonly events: ReadonlyMap<string, StreamMeaning>;
  /** What a code not named there does besides; nothing when left out. */
  readonly unknown?: StreamMeaning;
}

/** Brings a point into a state, ends the state of one object, or takes several points back to rest. */
export type StreamMeaning =
  | { readonly kind: 'state'; readonly signal: string; readonly state: string }
  | { readonly kind: 'rest'; readonly signals: readonly string[] | 'all' }
  | { readonly kind: 'value'; readonly signal: string }
  | { readonly kind: 'alive' };

/** A device that wants to be calibrated or replaced at a day. */
export interface UpkeepConfig {
  readonly device: DeviceId;
  readonly name: Words;
  readonly place: Words | null;
  readonly zone: ZoneId | null;
  readonly what: 'calibrate' | 'replace';
  /** Wall time, ms since 1970: local midnight at the beginning of that day. */
  readonly dueWall: number;
}

export interface GpioConfig {
  /** `sysfs` = onoff; `chip` = the character device; `auto` = the first of them that is there; `simulated` = a board handed in
   * by the demo or a test. */
  readonly driver: 'auto' | 'sysfs' | 'chip' | 'simulated';
}
