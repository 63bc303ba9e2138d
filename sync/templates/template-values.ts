/** What may stand in the templates of an uplink: names and their values. Pure. */
import type { PayloadName, TopicName } from '../../config/uplink-template.js';
import type { JsonValue } from '../journal/entry.js';
import { deviceOf } from '../mqtt/external-codes.js';
import { toRfc3339 } from '../mqtt/rfc3339.js';
import type { Report, TelemetryReport } from '../uplink.js';
import { type LinkStatus, type Reporting, type TimedSample, toldTime } from './platform-facts.js';

export type NamedValues = Partial<Record<TopicName | PayloadName, JsonValue>>;

/** How it signs in; null: it does not. */
export interface SignedInAs extends Reporting {
  readonly clientId: string | null;
  readonly username: string | null;
}

export function commonValues({ address, uplink, codes, clientId, username }: SignedInAs): NamedValues {
  const { district, site } = address;
  return { district, site, uplink, client_id: clientId, username, code_site: codes?.site ?? null };
}

function timeValues(ts: number | null): NamedValues {
  return { ts, time: ts === null ? null : toRfc3339(ts) };
}

export function reportValues({ codes }: Pick<Reporting, 'codes'>, report: Report): NamedValues {
  const { entry } = report;
  const about = deviceOf(entry.subject);
  const given = codes?.of(entry) ?? null;
  return {
    ...timeValues(toldTime(entry.wall, entry.clock)),
    id: entry.id,
    kind: entry.kind,
    class: entry.class,
    stream: entry.class ?? 'operation',
    alarm: entry.alarm,
    lane: entry.lane,
    subject: entry.subject,
    device: about?.device ?? null,
    key: about?.key ?? null,
    zone: entry.zone,
    epoch: entry.epoch,
    boot: entry.boot,
    sequence: report.durable ? report.entry.sequence : null,
    previous: report.durable ? report.previous : null,
    position: report.durable ? report.entry.position : null,
    code_building: given?.building ?? null,
    code_device: given?.device ?? null,
    clock: entry.clock,
    mono: entry.mono,
    durable: report.durable,
    historical: report.isHistorical,
    words_zh: entry.words.zh,
    words_en: entry.words.en,
    origin: entry.origin,
    detail: entry.detail,
  };
}

/** `values`: the newest of each point, null where it is bad; `devices`: all of it, grouped by device and moment. */
export function packValues(
  { pack, previous, isHistorical }: TelemetryReport,
  samples: readonly TimedSample[],
): NamedValues {
  return {
    ...timeValues(toldTime(pack.wall, pack.clock)),
    epoch: pack.epoch,
    boot: pack.boot,
    sequence: pack.sequence,
    previous,
    position: pack.position,
    clock: pack.clock,
    historical: isHistorical,
    count: samples.length,
    values: Object.fromEntries(samples.map(({ point, value }) => [point, value])),
    samples: samples.map((sample) => ({ ...sample })),
    devices: byDevice(samples),
  };
}

function byDevice(samples: readonly TimedSample[]): JsonValue {
  const devices = new Map<string, { ts: number | null; values: Record<string, JsonValue> }[]>();
  for (const { device, key, value, ts } of samples) {
    const rows = devices.get(device) ?? [];
    devices.set(device, rows);
    const last = rows.at(-1);
    if (last !== undefined && last.ts === ts && !Object.hasOwn(last.values, key)) last.values[key] = value;
    else rows.push({ ts, values: { [key]: value } });
  }
  return Object.fromEntries(devices);
}

export function statusValues(link: LinkStatus): NamedValues {
  if (link.state === 'offline') {
    return { state: 'offline', reason: link.reason, clock: null, ...timeValues(null) };
  }
  return { state: 'online', reason: null, clock: link.clock, ...timeValues(toldTime(link.wall, link.clock)) };
}
