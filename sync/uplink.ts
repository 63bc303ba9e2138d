/** The contract between the journal's pumps and whoever carries reports to a centre. */
import type { UplinkId } from '../config/ids.js';
import type { RetryClass } from '../config/problem.js';
import type { Entry, StoredEntry } from './journal/entry.js';
import type { StoredTelemetryPack } from './journal/store.js';
import type { Traffic } from './traffic.js';

/**
 * One entry on its way to one centre. `durable: false` = told from memory because the disk did not keep it within 2 s;
 * the same id comes again, durable, once it does.
 */
export type Report =
  | {
      readonly durable: true;
      readonly entry: StoredEntry;
      /** Sequence of the row of the same epoch and lane that this centre was told before it; 0: it is the first. So the receiver can
       * tell a gap from rows that are none of its business. */
      readonly previous: number;
      /** Older than a minute when it is sent. */
      readonly isHistorical: boolean;
    }
  | { readonly durable: false; readonly entry: Entry; readonly isHistorical: boolean };

/** One pack of samples on its way to one centre. */
export interface TelemetryReport {
  readonly pack: StoredTelemetryPack;
  /** As in Report, among the packs. */
  readonly previous: number;
  readonly isHistorical: boolean;
}

/** What came from a centre; nothing in it is believed before it is verified. */
export interface CentreRequest {
  readonly uplink: UplinkId;
  readonly kind: 'command' | 'receipt';
  /** The envelope exactly as it came; never more than 64 kB. */
  readonly envelope: Uint8Array;
}

export interface UplinkEvents {
  /** The centre can be reached: reports may be sent. */
  onUp(): void;
  /** It can not. Sends under way are answered by their own promises. */
  onDown(error: UplinkError): void;
  onRequest(request: CentreRequest): void;
}

export interface Uplink {
  readonly id: UplinkId;
  /** How many reports may be unconfirmed at once. */
  readonly windowMax: number;
  /** Connects, and reconnects for ever with back-off; never throws. */
  start(events: UplinkEvents): void;
  /** Resolves when the centre's side has confirmed it (carried); rejects with UplinkError when it is not known to have. */
  send(report: Report): Promise<void>;
  /** As send(). Left out by an uplink that carries no measurements. */
  sendTelemetry?(report: TelemetryReport): Promise<void>;
  /** An answer to a command, JSON: sent if the centre can be reached now, else rejects; the journal tells it anyway. */
  answer?(result: Uint8Array): Promise<void>;
  /**
   * A fire report waits: try to connect within 2 s, at most once per 10 s. Does nothing while a try is under way; asked
   * again after each onDown. Left out by an uplink that has no rests.
   */
  hurry?(): void;
  /** What it has cost since the start. Left out by an uplink that costs nothing. */
  traffic?(): Traffic;
  /** Says goodbye and lets go; resolves within 2 s. */
  stop(): Promise<void>;
}

export const uplinkErrors = {
  'UPLINK-001': { zh: '连不上平台', en: 'the centre can not be reached', retry: 'later' },
  'UPLINK-002': {
    zh: '平台拒绝接入（账号、密码或证书）',
    en: 'the centre refused us (name, password or certificate)',
    retry: 'later',
  },
  'UPLINK-003': { zh: '与平台的连接断开', en: 'the connection to the centre was lost', retry: 'later' },
  'UPLINK-004': { zh: '平台没有在限定时间内确认', en: 'the centre did not confirm in time', retry: 'later' },
  'UPLINK-005': { zh: '平台不接受这条消息', en: 'the centre refused this message', retry: 'later' },
  'UPLINK-006': { zh: '消息超过允许的大小', en: 'the message is larger than allowed', retry: 'never' },
  'UPLINK-007': { zh: '密码或证书文件读不出', en: 'the password or certificate file can not be read', retry: 'later' },
  'UPLINK-008': {
    zh: '内存中等待上报的火警过多',
    en: 'too many fire reports wait in memory',
    retry: 'later',
  },
  'UPLINK-009': {
    zh: '时钟不可信，证书的有效期无法核对，等待校时',
    en: 'the clock can not be trusted, so no certificate can be checked; waiting for the time',
    retry: 'later',
  },
  'UPLINK-010': {
    zh: '平台没有在限定时间内给出回执',
    en: 'the centre sent no receipt in time',
    retry: 'later',
  },
} as const satisfies Record<string, { zh: string; en: string; retry: RetryClass }>;
export type UplinkErrorCode = keyof typeof uplinkErrors;

export class UplinkError extends Error {
  constructor(
    readonly code: UplinkErrorCode,
    readonly where: string,
    readonly got: string | null = null,
    cause?: unknown,
  ) {
    super(`${where}: ${uplinkErrors[code].en}${got === null ? '' : ` (${got})`} [${code}]`, { cause });
    this.name = 'UplinkError';
  }
}
