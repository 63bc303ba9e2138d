/** Messages as the site file writes them: each template replaces what the format would have sent. */
import type { MqttUplinkConfig } from '../../../config/site.js';
import type { PayloadName, TopicName } from '../../../config/uplink-template.js';
import type { JsonValue } from '../../journal/entry.js';
import type { Report, TelemetryReport } from '../../uplink.js';
import { deviceOf } from '../external-codes.js';
import type { MqttMessage } from '../mqtt-link.js';
import { toRfc3339 } from '../rfc3339.js';
import { type FormatOptions, fitting, inPieces, type LinkStatus, type MessageFormat } from './message-format.js';
import { type TimedSample, timedSamples, toldTime } from './platform-facts.js';
import { PayloadTemplate, type TemplateValues, TopicTemplate } from './template.js';

type Values = Partial<Record<TopicName | PayloadName, JsonValue>>;
type Fill = (values: Values) => MqttMessage;

export function templatedFormat(
  base: MessageFormat,
  templates: MqttUplinkConfig['templates'],
  options: FormatOptions,
): MessageFormat {
  const { uplink } = options;
  const report = fillOf(templates.report);
  const telemetry = fillOf(templates.telemetry);
  const status = fillOf(templates.status);
  const common = commonValues(options);
  const told = (link: LinkStatus): Values => ({ ...common, ...statusValues(link) });
  return {
    report: (each, roomFor) =>
      report === null
        ? base.report(each, roomFor)
        : [fitting(uplink, report({ ...common, ...reportValues(options, each) }), roomFor)],
    telemetry: (each, roomFor) => {
      if (telemetry === null) return base.telemetry(each, roomFor);
      const make = (samples: readonly TimedSample[]): MqttMessage =>
        telemetry({ ...common, ...packValues(each, samples) });
      return inPieces(uplink, timedSamples(options, each), make, roomFor);
    },
    status: (link) => (status === null ? base.status(link) : [status(told(link))]),
    will: () => (status === null ? base.will() : status(told({ state: 'offline', reason: 'lost' }))),
  };
}

function fillOf(template: { readonly topic: string; readonly payload: string } | null): Fill | null {
  if (template === null) return null;
  const topic = new TopicTemplate(template.topic);
  const payload = new PayloadTemplate(template.payload);
  return (values) => {
    const filled: TemplateValues = values;
    return {
      topic: topic.fill(filled),
      payload: Buffer.from(payload.fill(filled)),
      retain: false,
      contentType: null,
    };
  };
}

function commonValues({ address, uplink, codes, clientId, username }: FormatOptions): Values {
  const { district, site } = address;
  return { district, site, uplink, client_id: clientId, username, code_site: codes?.site ?? null };
}

function timeValues(ts: number | null): Values {
  return { ts, time: ts === null ? null : toRfc3339(ts) };
}

function reportValues({ codes }: FormatOptions, report: Report): Values {
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
function packValues({ pack, previous, isHistorical }: TelemetryReport, samples: readonly TimedSample[]): Values {
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

function statusValues(link: LinkStatus): Values {
  if (link.state === 'offline') {
    return { state: 'offline', reason: link.reason, clock: null, ...timeValues(null) };
  }
  return { state: 'online', reason: null, clock: link.clock, ...timeValues(toldTime(link.wall, link.clock)) };
}
