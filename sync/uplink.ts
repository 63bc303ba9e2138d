/** The contract between the journal's pumps and whoever carries reports to a centre. */
import type { EntryId, UplinkId } from '../config/ids.js';
import type { ModemFigures } from '../config/modem-states.js';
import type { RetryClass } from '../config/problem.js';
import { httpUplinkErrors } from './http/http-errors.js';
import type { Entry, StoredEntry } from './journal/entry.js';
import type { Predecessor, StoredTelemetryPack } from './journal/store.js';
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
      /** Of the first row of an epoch: what this centre was told before it in the lane, in an older epoch. Left out: nothing, or it is none. */
      readonly after?: Predecessor;
      /** Older than a minute when it is sent. */
      readonly isHistorical: boolean;
      /** It was refused, and newer rows of its lane were told meanwhile. Left out: it was not. */
      readonly isOvertaken?: boolean;
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

/**
 * What a centre asks whose language signs nothing (GB/T 26875.3 types 89 to 91). It comes only where the site file allows it, at most
 * once in a few seconds, and was confirmed already; whoever acts on it keeps limits of its own. `initialise`: the uplink itself tells all
 * states anew; it is told so that it can be recorded.
 */
export type CentreAsked =
  | { readonly kind: 'duty-check'; readonly withinMs: number }
  | { readonly kind: 'clock'; readonly wall: number }
  | { readonly kind: 'initialise' };

export interface UplinkEvents {
  /** The centre can be reached: reports may be sent. */
  onUp(): void;
  /** It can not. Sends under way are answered by their own promises. */
  onDown(error: UplinkError): void;
  onRequest(request: CentreRequest): void;
  /** See CentreAsked; only of uplinks whose language has no signed orders. */
  onAsked?(asked: CentreAsked): void;
  /** It is up, but something of it does not work: orders or receipts can not come, or devices are not registered. Null: it all works
   * (again). */
  onImpaired?(error: UplinkError | null): void;
}

/** `not-needed`: another centre has confirmed it; `nobody`: nobody there is to hear of it; `no-word`: its language has no word for it. */
export type WhyNotTold = 'not-needed' | 'nobody' | 'no-word';

export interface Uplink {
  readonly id: UplinkId;
  /** How many reports may be unconfirmed at once. */
  readonly windowMax: number;
  /** True: it lets some reports wait on purpose, and knows over a restart what it has told (pump/unsaved-rows.ts has no bound for it). */
  readonly remembersTold?: boolean;
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
  /** When the certificate with which it signs in ends, ms since 1970; null: not read yet. Left out by an uplink without one. */
  readonly certificateEndsWall?: number | null;
  /** How it stands with its modem. Left out by an uplink without one. */
  readonly modem?: ModemFigures;
  /** When anything came from the centre's side last, monotonic ms; null: nothing yet. Left out: only confirmations are heard. */
  readonly lastHeardMono?: number | null;
  /** While it is up, something is heard from there within this, or the path is dead; null: nothing is promised now. Left out: never. */
  readonly expectsHeardWithinMs?: number | null;
  /** Asked when send() has resolved: why nobody was told although it is settled; null: somebody was. Left out: always null. */
  whyNotTold?(entry: EntryId): WhyNotTold | null;
  /** What it has cost since the start. Left out by an uplink that costs nothing. */
  traffic?(): Traffic;
  /** Says goodbye and lets go; resolves within 2 s. */
  stop(): Promise<void>;
}

export const uplinkErrors = {
  'UPLINK-001': { zh: '连不上平台', en: 'the centre can not be reached', retry: 'later' },
  'UPLINK-002': {
    zh: '平台拒绝接入：账号或密码不对，或没有权限；核对 username 和 password_file',
    en: 'the centre refused our name or password, or grants us nothing; compare username and password_file with what it gave out',
    retry: 'later',
  },
  'UPLINK-003': { zh: '与平台的连接断开', en: 'the connection to the centre was lost', retry: 'later' },
  'UPLINK-004': {
    zh: '平台没有在限定时间内确认，已断开重连；信号或网络可能时断时续',
    en: 'the centre did not confirm in time, so it is connected anew; the network may come and go',
    retry: 'later',
  },
  'UPLINK-005': { zh: '平台不接受这条消息', en: 'the centre refused this message', retry: 'later' },
  'UPLINK-006': { zh: '消息超过允许的大小', en: 'the message is larger than allowed', retry: 'never' },
  'UPLINK-007': { zh: '密码或证书文件读不出', en: 'the password or certificate file can not be read', retry: 'later' },
  'UPLINK-008': {
    zh: '内存中等待上报的火警过多',
    en: 'too many fire reports wait in memory',
    retry: 'later',
  },
  'UPLINK-009': {
    zh: '时钟不可信，证书的有效期无法核对，等待校时；检查网络和 NTP（timedatectl），或加装时钟模块（RTC）',
    en: 'the clock can not be trusted, so no certificate can be checked; waiting for the time: check network and NTP (timedatectl), or fit a clock chip (RTC)',
    retry: 'later',
  },
  'UPLINK-010': {
    zh: '平台没有在限定时间内给出回执；请平台检查接收端是否运行、有无缺号、回执密钥是否在 command_keys 中',
    en: 'the centre sent no receipt in time; ask it whether its receiver runs, waits at a gap, and signs with a key of command_keys',
    retry: 'later',
  },
  'UPLINK-011': {
    zh: '平台的证书不是 ca_file 中的机构签发的；向平台索取正确的 CA 证书',
    en: "the centre's certificate is not signed by the authority in ca_file; ask the centre for the right one",
    retry: 'later',
  },
  'UPLINK-012': {
    zh: '平台的证书已过期；核对本机时间，并请平台更换证书',
    en: "the centre's certificate has expired; check the time of this box, and ask the centre to renew it",
    retry: 'later',
  },
  'UPLINK-013': {
    zh: '平台的证书尚未生效；核对本机时间',
    en: "the centre's certificate is not valid yet; check the time of this box",
    retry: 'later',
  },
  'UPLINK-014': {
    zh: '平台的证书上不是 url 中的主机名；核对 url，或请平台更换证书',
    en: "the centre's certificate names another host than url; correct url, or ask the centre for a certificate of that name",
    retry: 'later',
  },
  'UPLINK-015': {
    zh: '平台不接受我方证书（未提供、已过期或签发机构不对）；核对 cert_file 和 key_file',
    en: 'the centre refused our certificate (missing, expired, or of another authority); check cert_file and key_file',
    retry: 'later',
  },
  'UPLINK-016': {
    zh: '平台不允许向这个主题发布；请平台为本账号开通权限',
    en: 'the centre does not let us publish on this topic; ask it to grant our name that right',
    retry: 'later',
  },
  'UPLINK-017': {
    zh: '平台不接受客户端标识；核对 client_id',
    en: 'the centre refused our client id; check client_id',
    retry: 'later',
  },
  'UPLINK-018': {
    zh: '平台不允许订阅，收不到指令或回执（上报不受影响）；请平台为本账号开通权限',
    en: 'the centre does not let us subscribe, so orders or receipts can not come (reports do go); ask it to grant our name that right',
    retry: 'later',
  },
  'UPLINK-019': {
    zh: '平台不支持 QoS 1，无法确认收到；换用支持 QoS 1 的平台',
    en: 'the centre does not take QoS 1, so it can confirm nothing; it needs a broker with QoS 1',
    retry: 'later',
  },
  'UPLINK-020': {
    zh: '与平台的加密握手失败；核对 url 的端口，平台是否为 TLS',
    en: 'the TLS handshake with the centre failed; check the port in url, and that the centre speaks TLS there',
    retry: 'later',
  },
  'UPLINK-021': {
    zh: '平台不支持这个协议版本；核对 mqtt_version',
    en: 'the centre does not speak this version of MQTT; check mqtt_version',
    retry: 'later',
  },
  'UPLINK-022': {
    zh: '我方证书已过期或尚未生效；核对本机时间，更换 cert_file',
    en: 'our own certificate has expired or is not valid yet; check the time of this box, and renew cert_file',
    retry: 'later',
  },
  'UPLINK-023': {
    zh: '这组测量数据读不出（由更新的版本写成，或磁盘损坏）',
    en: 'this pack of measurements can not be read (a newer release wrote it, or the disk has spoiled it)',
    retry: 'never',
  },
  ...httpUplinkErrors,
  'UPLINK-041': {
    zh: '短信模块的串口打不开；检查 USB 线和供电、port 是否正确、有没有别的程序（如 ModemManager）占用',
    en: 'the port of the SMS modem can not be opened; check cable and supply, port, and that no other program (such as ModemManager) holds it',
    retry: 'later',
  },
  'UPLINK-042': {
    zh: '短信模块无应答，已重启它并重试；一直如此则断电重来，检查 port 是否是 AT 口、baud 是否正确',
    en: 'the SMS modem does not answer; it is started anew. If that lasts, cut its supply, and check that port is its AT port and baud is right',
    retry: 'later',
  },
  'UPLINK-043': {
    zh: '短信模块里没有 SIM 卡，或接触不良；断电后重新插卡',
    en: 'no SIM in the SMS modem, or a bad contact; cut the supply and insert it again',
    retry: 'later',
  },
  'UPLINK-044': {
    zh: 'SIM 卡要 PIN 码；把它写进 pin_file 指的文件，或用手机取消 PIN',
    en: 'the SIM asks for its PIN; write it into the file of pin_file, or switch the PIN off with a telephone',
    retry: 'later',
  },
  'UPLINK-045': {
    zh: 'SIM 卡拒绝了 pin_file 里的 PIN，不会再试；核对后改正文件（再错会锁卡），或用手机取消 PIN',
    en: 'the SIM refused the PIN of pin_file, and it is not tried again; correct the file (more wrong ones lock the SIM), or switch the PIN off with a telephone',
    retry: 'later',
  },
  'UPLINK-046': {
    zh: 'SIM 卡已锁，要 PUK 码；取出后用手机解锁，或找运营商',
    en: 'the SIM is locked and asks for its PUK; unlock it in a telephone, or ask the operator',
    retry: 'later',
  },
  'UPLINK-047': {
    zh: '短信模块没有注册到移动网络；检查天线、信号、卡是否欠费或停机',
    en: 'the SMS modem is not registered in a mobile network; check aerial, signal, and that the SIM is paid for',
    retry: 'later',
  },
  'UPLINK-048': {
    zh: '模块或 SIM 卡不能发短信；物联网卡要先开通短信',
    en: 'modem or SIM can send no messages; SIMs for machines often have SMS switched off: ask the operator',
    retry: 'later',
  },
  'UPLINK-024': {
    zh: '这条记录无法用平台的语言表达（点表中的编号不合规）；用 gengfu explain gb26875 核对点表',
    en: "this can not be said in the centre's language (a number of the point table is not allowed); compare gengfu explain gb26875",
    retry: 'never',
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
