/**
 * ThingsBoard, as a gateway with its devices behind it (https://thingsboard.io/docs/reference/gateway-mqtt-api/): one message carries
 * values of several devices, `{"Device A": [{"ts": …, "values": {…}}]}` on v1/gateway/telemetry, and `{"Device A": {…}}` on
 * v1/gateway/attributes. The platform sees by itself when the link goes. Signs in with the access token as user name, no password.
 * An entry is written to the device that it is about, else to the site, which is a device of its own.
 */

import {
  type LinkStatus,
  platformName,
  type TimedSample,
  timedSamples,
  toldTime,
} from '../../templates/platform-facts.js';
import type { Report } from '../../uplink.js';
import { deviceOf } from '../external-codes.js';
import type { MqttMessage } from '../mqtt-link.js';
import { type FormatOptions, fitting, inPieces, jsonMessage, type MessageFormat } from './message-format.js';

const topics = {
  connect: 'v1/gateway/connect',
  attributes: 'v1/gateway/attributes',
  telemetry: 'v1/gateway/telemetry',
} as const;

type Values = Record<string, string | number | boolean>;
/** Without `ts` the platform takes the time at which it comes. */
interface TimedValues {
  readonly ts?: number;
  readonly values: Values;
}

export function thingsboardFormat(options: FormatOptions): MessageFormat {
  const { uplink, address, codes } = options;
  const site = platformName(options, null);
  return {
    report(report, roomFor) {
      const { entry } = report;
      const device = platformName(options, deviceOf(entry.subject)?.device ?? null);
      const row = timed(toldTime(entry.wall, entry.clock), reportValues(report));
      return [fitting(uplink, jsonMessage(topics.telemetry, { [device]: [row] }), roomFor)];
    },
    telemetry(report, roomFor) {
      const make = (samples: readonly TimedSample[]): MqttMessage =>
        jsonMessage(topics.telemetry, byDevice(options, samples));
      return inPieces(uplink, timedSamples(options, report), make, roomFor);
    },
    status(status: LinkStatus) {
      if (status.state === 'offline') return [];
      const about = { district: address.district, site: address.site, clock: status.clock };
      const code = codes?.site ?? null;
      return [
        jsonMessage(topics.connect, { device: site }),
        jsonMessage(topics.attributes, { [site]: code === null ? about : { ...about, code } }),
      ];
    },
    will: () => null,
  };
}

function timed(ts: number | null, values: Values): TimedValues {
  return ts === null ? { values } : { ts, values };
}

/** Keys of their own, so that they never mix with the measurements of the same device. */
function reportValues(report: Report): Values {
  const { entry } = report;
  return {
    report: entry.kind,
    report_id: entry.id,
    report_class: entry.class ?? 'operation',
    report_subject: entry.subject,
    report_zh: entry.words.zh,
    report_en: entry.words.en,
    report_durable: report.durable,
    ...(entry.zone === null ? {} : { report_zone: entry.zone }),
    ...(entry.alarm === null ? {} : { report_alarm: entry.alarm }),
    ...(report.isHistorical ? { report_historical: true } : {}),
  };
}

/** Samples of one device at one moment are one row. A point that is bad is told by its reason, never as a value. */
function byDevice(options: FormatOptions, samples: readonly TimedSample[]): Record<string, TimedValues[]> {
  const rows = new Map<string, TimedValues[]>();
  for (const { device, key, value, reason, ts } of samples) {
    const name = platformName(options, device);
    const list = rows.get(name) ?? [];
    rows.set(name, list);
    const [told, says] = value === null ? [`${key}_bad`, reason ?? 'unknown'] : [key, value];
    const last = list.at(-1);
    if (last !== undefined && (last.ts ?? null) === ts && !Object.hasOwn(last.values, told)) last.values[told] = says;
    else list.push(timed(ts, { [told]: says }));
  }
  return Object.fromEntries(rows);
}
