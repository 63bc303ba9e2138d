/** What a checked site says of its centres and of what is kept for them. Part of SiteConfig. */
import type { PointId, UplinkId, ZoneId } from './ids.js';
import type { CommandRight, MessageFormat } from './uplink-schema.js';
import type { AlarmClass } from './vocabulary.js';

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

export interface UplinkConfig {
  readonly id: UplinkId;
  readonly kind: 'mqtt';
  /** mqtt://, mqtts://, ws:// or wss://, host, port and (websockets) path, without credentials. */
  readonly url: string;
  readonly mqttVersion: '5' | '3.1.1';
  /** Null: made of district, site and uplink. */
  readonly clientId: string | null;
  readonly username: string | null;
  /** Absolute; the secret itself never stands in the site file. */
  readonly passwordFile: string | null;
  readonly caFile: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
  readonly keepaliveS: number;
  readonly tell: TellConfig;
  readonly format: MessageFormat;
  /** Each replaces the one of the format. */
  readonly templates: Readonly<Record<'report' | 'telemetry' | 'status', MessageTemplate | null>>;
  readonly telemetry: 'json' | 'cbor' | 'none';
  /** Messages of a backlog in a second. */
  readonly pacePerS: number;
  /** Of the SIM in a month; null: no limit. */
  readonly dataBudgetBytes: number | null;
  /** What counts as kept: the broker's confirmation (`none`), or what the district says. */
  readonly receipts: 'none' | 'unsigned' | 'signed';
  readonly receiptWithinMs: number;
  readonly takesCommands: boolean;
}

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
