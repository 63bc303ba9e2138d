/** What a checked site says of its centres and of what is kept for them. Part of SiteConfig. */
import type { PointId, UplinkId, ZoneId } from './ids.js';
import type { HttpPreset } from './uplinks/http-uplink-schema.js';
import type { MessageFormat } from './uplinks/mqtt-uplink-schema.js';
import type { CommandRight } from './uplinks/uplink-schema.js';
import type { AlarmClass, PointRole } from './vocabulary.js';

/** What one centre is told; null: no limit. */
export interface TellConfig {
  readonly classes: readonly AlarmClass[] | null;
  readonly zones: readonly ZoneId[] | null;
  /** `alarm` for all of `alarm.…`, or one kind. */
  readonly kinds: readonly string[] | null;
  /** Who ordered or noted something is told by name. */
  readonly withPrivate: boolean;
}

/** Topic and payload with `{{…}}`. */
export interface MessageTemplate {
  readonly topic: string;
  readonly payload: string;
}

/** What is said of every centre, however it is reached. */
interface UplinkBase {
  readonly id: UplinkId;
  readonly tell: TellConfig;
  /** Shape of measurements; `own`: as the language of the centre has it; `none`: it gets none. */
  readonly telemetry: 'json' | 'cbor' | 'own' | 'none';
  /** Messages of a backlog in a second. */
  readonly pacePerS: number;
  /** Of the SIM in a month; null: no limit. */
  readonly dataBudgetBytes: number | null;
  /** What counts as kept: the confirmation of whoever takes reports (`none`), or what the district says. */
  readonly receipts: 'none' | 'unsigned' | 'signed';
  readonly receiptWithinMs: number;
  /** Signed orders may come from there. */
  readonly takesCommands: boolean;
}

interface SignIn {
  readonly username: string | null;
  /** Absolute; the secret itself never stands in the site file. */
  readonly passwordFile: string | null;
  readonly caFile: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
}

export interface MqttUplinkConfig extends UplinkBase, SignIn {
  readonly kind: 'mqtt';
  /** mqtt://, mqtts://, ws:// or wss://, host, port and (websockets) path, without credentials. */
  readonly url: string;
  readonly mqttVersion: '5' | '3.1.1';
  /** Null: made of district, site and uplink. */
  readonly clientId: string | null;
  readonly keepaliveS: number;
  readonly format: MessageFormat;
  /** Each replaces the one of the format. */
  readonly templates: Readonly<Record<'report' | 'telemetry' | 'status', MessageTemplate | null>>;
}

/** A centre of GB/T 26875.3-2011 over TCP. What the site file leaves out is what the preset says. */
export interface GbUplinkConfig extends UplinkBase {
  readonly kind: 'gb26875';
  readonly host: string;
  readonly port: number;
  readonly dialect: GbDialect;
  /** Six bytes as they go over the wire. */
  readonly address: readonly number[];
  readonly centreAddress: readonly number[];
  readonly username: string | null;
  readonly passwordFile: string | null;
  readonly timeoutMs: number;
  readonly resends: number;
  readonly outstandingMax: number;
  readonly takesDutyChecks: boolean;
  readonly maySetClock: boolean;
  readonly mayInitialise: boolean;
  readonly roles: ReadonlyMap<PointRole, GbRole>;
  /** By the id of a point or of a device. */
  readonly places: ReadonlyMap<string, GbPlace>;
}

/** What platforms made of the standard. */
export interface GbDialect {
  readonly timeCoding: 'binary' | 'bcd';
  readonly serialOrder: 'little' | 'big';
  /** Main and user version. */
  readonly version: readonly [number, number];
  readonly componentLayout: 'zone_point' | 'point_zone' | 'number';
  readonly fireState: 2 | 3;
  readonly heartbeat: 'none' | 'empty' | 'sanjiang' | 'fuan';
  readonly heartbeatMs: number;
  readonly handshake: 'none' | 'sanjiang' | 'login';
  readonly readUnknown: 'deny' | 'empty';
}

/** Replaces what is not null of the built-in row of a role. */
export interface GbRole {
  readonly system: number | null;
  readonly component: number | null;
  readonly analog: number | null;
  /** One count of `analog`, in the physical unit of the point. */
  readonly step: number | null;
}

export interface GbPlace {
  readonly systemAddress: number | null;
  readonly zone: number | null;
  readonly number: number | null;
}

export interface HttpUplinkConfig extends UplinkBase, SignIn {
  readonly kind: 'http';
  /** http:// or https://, without credentials. */
  readonly url: string;
  readonly preset: HttpPreset;
  readonly tokenFile: string | null;
  /** Each replaces the one of the preset. */
  readonly templates: Readonly<Record<'report' | 'telemetry' | 'status', HttpTemplate | null>>;
  readonly install: HttpInstall;
  readonly batchMax: number;
  readonly timeoutMs: number;
  readonly heartbeatMs: number;
}

/** What GB/T 45839-2025 table D.1 asks of a site besides its devices; null: not said. */
export interface HttpInstall {
  readonly company: string | null;
  readonly client: string | null;
  readonly address: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly organization: string | null;
  readonly area: string | null;
  readonly responsible: string | null;
  readonly mobile: string | null;
}

/** Path behind the url, and payload, with `{{…}}`. */
export interface HttpTemplate {
  readonly path: string;
  readonly payload: string;
}

export interface SmsUplinkConfig extends UplinkBase {
  readonly kind: 'sms';
  readonly port: string;
  readonly baud: number;
  readonly pinFile: string | null;
  readonly recipients: readonly SmsRecipient[];
  /** Told only when no other centre has confirmed it within so long; 0: always. */
  readonly afterMs: Readonly<Record<'fire' | 'others', number>>;
  /** Parts in an hour. */
  readonly perHourMax: number;
  readonly validityMin: number;
}

export interface SmsRecipient {
  readonly id: string;
  readonly number: string;
  readonly classes: readonly AlarmClass[];
  /** Null: all. */
  readonly zones: readonly ZoneId[] | null;
  /** `HH:MM` of the local day, over midnight when from is later than to; null: none. */
  readonly quiet: { readonly from: string; readonly to: string } | null;
}

export type UplinkConfig = MqttUplinkConfig | GbUplinkConfig | HttpUplinkConfig | SmsUplinkConfig;

export interface CommandKeyConfig {
  readonly id: string;
  /** Ed25519, 32 bytes in base64. */
  readonly publicKey: string;
  readonly rights: readonly CommandRight[];
  /** Null: everywhere. */
  readonly zones: readonly ZoneId[] | null;
  /** `YYYY-MM-DD`, the last day (UTC) it is good for. */
  readonly notAfter: string;
}

export interface JournalConfig {
  /** Of the file; the last tenth belongs to fire and operations. */
  readonly maxBytes: number;
  readonly keepMs: number;
  readonly telemetryKeepMs: number;
  /** What may be written to the card in a day. */
  readonly cardBytesPerDay: number;
}

export interface SamplingConfig {
  /** In the point's physical unit; null: by its quantity. */
  readonly deadband: number | null;
  /** Null: the site's. */
  readonly heartbeatMs: number | null;
  readonly isOff: boolean;
}

export interface TelemetryConfig {
  readonly isOff: boolean;
  readonly heartbeatMs: number;
  readonly minIntervalMs: number;
  /** Points that say something of their own. */
  readonly points: ReadonlyMap<PointId, SamplingConfig>;
}
