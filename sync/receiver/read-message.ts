/** Bytes from a broker → what a receiver keeps, or why it can not. Never throws: the bytes are hostile. */
import { isShallow } from '../json-depth.js';
import { readMoment } from '../read-moment.js';
import {
  type ReceivedReport,
  type ReceivedStatus,
  receivedReportSchema,
  receivedStatusSchema,
} from './message-shape.js';
import { otherPlaces, type PassedPlace } from './passed-over.js';
import type { ReceivedPack, TelemetryParser } from './telemetry-parser.js';
import { readTopic, type SiteName } from './topics.js';

/** The gateway sends at most 16 kB; some brokers and templates add to it. */
export const messageMaxBytes = 64 * 1024;
/** Ours have five. One that is deeper could be kept and never be written out again: it would hold up all villages for ever. */
const depthMax = 32;

export const invalidWords = {
  topic: { zh: '主题不认识', en: 'a topic that is none of ours' },
  large: { zh: '消息过大', en: 'larger than 64 kB' },
  text: { zh: '不是 UTF-8 的 JSON', en: 'not JSON in UTF-8' },
  shape: { zh: '内容不符合格式', en: 'not of the shape it must have' },
  foreign: { zh: '内容与主题的站点不一致', en: 'it speaks of another site than its topic' },
  many: { zh: '站点或日志纪元过多', en: 'of more sites, or of more epochs of one, than there can be' },
  order: { zh: '序号缺少或自相矛盾', en: 'its sequence is missing or contradicts itself' },
} as const;
export type InvalidWhy = keyof typeof invalidWords;

/** Where a row stands among those of its lane that this receiver is told. */
export interface RowPlace {
  readonly lane: 'fire' | 'journal' | 'telemetry';
  readonly sequence: number;
  readonly previous: number;
  readonly position: number;
}

/** One fact, as it is kept. */
export interface ReceivedRow extends SiteName {
  readonly epoch: string;
  readonly what: 'event' | 'telemetry';
  /** Names the fact of its site for ever, whichever epoch it is told in. */
  readonly id: string;
  /** Null: told from memory, not durable yet. */
  readonly place: RowPlace | null;
  readonly boot: string | null;
  readonly mono: number | null;
  /** Told wall time, ms since 1970, where it may have to be corrected (told by a clock that was not trusted); else null. */
  readonly doubtfulWall: number | null;
  /** What it says of the clock of its boot; null: nothing. */
  readonly correction: ClockCorrection | null;
  /** Of other rows: that they will never come, or were told before. */
  readonly others: readonly PassedPlace[];
  readonly uplink: string | null;
  /** JSON, as it is handed on: the whole event, or the pack. */
  readonly body: string;
}

export interface ClockCorrection {
  readonly boot: string;
  readonly untilMono: number;
  readonly correctionMs: number;
}

export type ReadMessage =
  | { readonly of: 'row'; readonly row: ReceivedRow }
  | (SiteName & { readonly of: 'status'; readonly status: ReceivedStatus })
  /** Measurements, and nobody who reads them. */
  | { readonly of: 'unread' }
  | { readonly of: 'invalid'; readonly why: InvalidWhy };

export function readMessage(topic: string, bytes: Uint8Array, parseTelemetry: TelemetryParser | null): ReadMessage {
  const read = readTopic(topic);
  if (read === null) return invalid('topic');
  if (bytes.length > messageMaxBytes) return invalid('large');
  if (read.of === 'telemetry')
    return parseTelemetry === null ? { of: 'unread' } : readPack(read, bytes, parseTelemetry);
  const json = readJson(bytes);
  if (json === null) return invalid('text');
  if (read.of === 'report') {
    const parsed = receivedReportSchema.safeParse(json.value);
    return parsed.success ? readReport(read, parsed.data, json.text) : invalid('shape');
  }
  const status = receivedStatusSchema.safeParse(json.value);
  return status.success
    ? { of: 'status', district: read.district, site: read.site, status: status.data }
    : invalid('shape');
}

function readReport(at: SiteName & { readonly class: string }, event: ReceivedReport, text: string): ReadMessage {
  const { data, id, source } = event;
  const [, , district, site, epoch = ''] = source.split('/');
  const isAtHome = district === at.district && site === at.site && (data.class ?? 'operation') === at.class;
  if (!isAtHome || event.type !== `gengfu.${data.kind}`) return invalid('foreign');
  const place = placeOf(event);
  if (place === undefined) return invalid('order');
  const isTrusted = data.clock === 'trusted';
  return {
    of: 'row',
    row: {
      ...{ district: at.district, site: at.site, epoch, what: 'event', id, place },
      ...{ boot: data.boot, mono: data.mono, doubtfulWall: isTrusted ? null : readMoment(event.time) },
      correction: data.kind === 'clock.corrected' ? correctionOf(data.detail) : null,
      others: otherPlaces(event),
      uplink: data.uplink ?? null,
      body: text,
    },
  };
}

/** Undefined: the words about its place contradict each other. */
function placeOf({ data, sequence, previous }: ReceivedReport): RowPlace | null | undefined {
  if (!data.durable) return sequence === undefined ? null : undefined;
  if (sequence === undefined || previous === undefined || data.position === undefined) return undefined;
  const place = { lane: data.lane, sequence: Number(sequence), previous: Number(previous), position: data.position };
  return place.sequence > place.previous ? place : undefined;
}

function correctionOf(detail: Readonly<Record<string, unknown>> | undefined): ClockCorrection | null {
  const { boot, untilMono, correctionMs } = detail ?? {};
  const isWhole =
    typeof boot === 'string' && Number.isFinite(untilMono) && Number.isSafeInteger(Math.round(Number(correctionMs)));
  if (!isWhole || typeof correctionMs !== 'number' || typeof untilMono !== 'number') return null;
  return { boot, untilMono, correctionMs: Math.round(correctionMs) };
}

function readPack({ district, site }: SiteName, bytes: Uint8Array, parse: TelemetryParser): ReadMessage {
  const parsed = parseSafely(bytes, parse);
  if (parsed === null) return invalid('shape');
  const { pack, body } = parsed;
  if (pack.district !== district || pack.site !== site) return invalid('foreign');
  const { epoch, sequence, previous, position } = pack;
  const isRight = [sequence, previous, position].every(Number.isSafeInteger) && sequence > previous && previous >= 0;
  if (!isRight || position < 1 || epoch.length > 40) return invalid('order');
  return {
    of: 'row',
    row: {
      ...{ district, site, epoch, what: 'telemetry', id: `telemetry-${epoch}-${sequence}` },
      place: { lane: 'telemetry', sequence, previous, position },
      ...{ boot: null, mono: null, doubtfulWall: null, correction: null, others: [], uplink: pack.uplink },
      body,
    },
  };
}

function parseSafely(bytes: Uint8Array, parse: TelemetryParser): { pack: ReceivedPack; body: string } | null {
  try {
    const pack = parse(bytes);
    return pack === null ? null : { pack, body: JSON.stringify(pack) };
  } catch {
    return null;
  }
}

function readJson(bytes: Uint8Array): { readonly value: unknown; readonly text: string } | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return isShallow(text, depthMax) ? { value: JSON.parse(text), text } : null;
  } catch {
    return null;
  }
}

function invalid(why: InvalidWhy): ReadMessage {
  return { of: 'invalid', why };
}
