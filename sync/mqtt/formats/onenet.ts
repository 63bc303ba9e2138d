/**
 * OneNET of China Mobile, thing model in OneJSON
 * (https://open.iot.10086.cn/doc/iot_platform/book/device-connect&manager/thing-model/protocol/OneJSON/property&event.html):
 * `$sys/{product id}/{device name}/thing/event/post` for entries, `…/thing/property/post` for measurements, each
 * `{"id", "version": "1.0", "params": {identifier: {"value", "time"}}}`; `id` is a text of at most 13 digits. The product id is the user
 * name, the device name is the client id, the password file holds the token. The platform sees by itself when the link goes.
 *
 * The product's thing model needs six events, named as our classes and `operation`, with the fields below as texts; and a property for
 * each point, named as `identifierOf` says.
 */

import { type TimedSample, timedSamples, toldTime } from '../../templates/platform-facts.js';
import type { Report } from '../../uplink.js';
import { deviceOf } from '../external-codes.js';
import type { MqttMessage } from '../mqtt-link.js';
import { type FormatOptions, fitting, inPieces, jsonMessage, type MessageFormat } from './message-format.js';

const idDigits = 13;

export function onenetFormat(options: FormatOptions): MessageFormat {
  const { uplink, username, clientId } = options;
  const root = `$sys/${username ?? ''}/${clientId}/thing`;
  const post = (what: 'event' | 'property', id: number, params: object): MqttMessage =>
    jsonMessage(`${root}/${what}/post`, { id: messageId(id), version: '1.0', params });
  return {
    report(report, roomFor) {
      const { entry } = report;
      const event = atTime(toldTime(entry.wall, entry.clock), eventFields(options, report));
      const id = report.durable ? report.entry.sequence : entry.wall;
      return [fitting(uplink, post('event', id, { [entry.class ?? 'operation']: event }), roomFor)];
    },
    telemetry(report, roomFor) {
      const make = (samples: readonly TimedSample[]): MqttMessage =>
        post('property', report.pack.sequence, Object.fromEntries(samples.map(property)));
      return rounds(timedSamples(options, report)).flatMap((round) => inPieces(uplink, round, make, roomFor));
    },
    status: () => [],
    will: () => null,
  };
}

/** As the thing model may call it: `smoke-3/temp` is `smoke_3__temp`. */
export function identifierOf(point: string): string {
  return point.replace('/', '__').replaceAll(/[^A-Za-z0-9_]/g, '_');
}

function messageId(count: number): string {
  return String(Math.floor(count)).slice(-idDigits);
}

function atTime<T>(time: number | null, value: T): { readonly value: T; readonly time?: number } {
  return time === null ? { value } : { value, time };
}

function eventFields({ codes }: FormatOptions, report: Report): Record<string, string> {
  const { entry } = report;
  const about = deviceOf(entry.subject);
  const code = about === null ? null : (codes?.ofDevice(about.device, about.key) ?? null);
  return {
    id: entry.id,
    kind: entry.kind,
    subject: entry.subject,
    words: entry.words.zh,
    ...(about === null ? {} : { device: code ?? about.device }),
    ...(entry.zone === null ? {} : { zone: entry.zone }),
    ...(entry.alarm === null ? {} : { alarm: entry.alarm }),
  };
}

function property({ point, value, ts }: TimedSample): readonly [string, object] {
  return [identifierOf(point), atTime(ts, value)];
}

/** A message has one value of each property: the first of each point, then the second, and so on. A bad point has none; its fault is an
 * event. */
function rounds(samples: readonly TimedSample[]): readonly (readonly TimedSample[])[] {
  const seen = new Map<string, number>();
  const list: TimedSample[][] = [];
  for (const sample of samples) {
    if (sample.value === null) continue;
    const round = seen.get(sample.point) ?? 0;
    seen.set(sample.point, round + 1);
    const samplesOfRound = list[round] ?? [];
    list[round] = samplesOfRound;
    samplesOfRound.push(sample);
  }
  return list;
}
