/**
 * What a village of 100 devices costs on its SIM in a month: the model village by the real sampler, packer and encoders, with the defaults
 * of the site file; TLS, TCP, IP and keepalive by the arithmetic of sync/traffic.ts.
 */
import { brandId } from '../../config/ids.js';
import { resolveTelemetry } from '../../config/resolve-keeping.js';
import { mqttUplinkSchema } from '../../config/uplinks/mqtt-uplink-schema.js';
import { Packer } from '../../gateway/telemetry/packer.js';
import { sampledPoints } from '../../gateway/telemetry/sampled-points.js';
import { Sampler } from '../../gateway/telemetry/sampler.js';
import type { TelemetryPack } from '../../sync/journal/store.js';
import { type SiteAddress, toCloudEvent, topicRoot } from '../../sync/mqtt/cloud-event.js';
import { type SenmlForm, senmlMediaTypes, toSenml } from '../../sync/mqtt/senml.js';
import { billedBytes, type Traffic, tlsHandshakeBytes, tlsRecordBytes } from '../../sync/traffic.js';
import { fire, seeded, stored } from '../sync/rig.js';
import { ModelVillage, readEveryMs } from './model-village.js';
import type { BenchOptions, Result } from './result.js';

const dayMs = 86_400_000;
const monthDays = 30;
/** Faults that come and go, acknowledgements, outputs, the daily entry; a weekly siren test. */
const entriesPerDay = 60;
/** Mobile links are renewed by their network about so often. */
const connectsPerDay = 2;
/** Packet type and length, packet id, length of topic; PUBACK; PINGREQ and PINGRESP. */
const publishHeadBytes = 7;
const pubackBytes = 4;
const pingBytes = 2;
/** CONNECT with id, will and name, CONNACK with its properties, status message, subscriptions. */
const sessionBytes = 600;
const sessionPackets = 8;
/** Of MQTT 5: its length, its kind, the length of the media type. */
const propertyBytes = 4;

const address: SiteAddress = { district: brandId('yuelu'), site: brandId('old-town') };
const { keepalive_s: keepaliveS } = mqttUplinkSchema.parse({
  id: 'district',
  kind: 'mqtt',
  url: 'mqtts://district:8883',
});

export async function dataMonth({ quick, say }: BenchOptions): Promise<readonly Result[]> {
  const days = quick ? 1 : 4;
  say(`${days} days of the model village`);
  const { packs, samples, points } = sampledDays(days);
  const results: Result[] = [];
  for (const form of ['json', 'cbor'] as const) {
    const { traffic, payload } = trafficOf(packs, form, days);
    const monthly = (billed(traffic) / days) * monthDays;
    results.push({
      part: 'month',
      what: `billed for telemetry as ${form}, reports, keepalive, TLS`,
      value: monthly / 1e6,
      limit: { atMost: 30 },
      unit: ' MB/month',
      detail: {
        devices: 100,
        points,
        'samples/day': Math.round(samples / days),
        'packs/day': Math.round(packs.length / days),
        'payload B/sample': (payload / samples).toFixed(1),
        'billed B/sample': (telemetryBilled(packs, form) / samples).toFixed(1),
      },
    });
  }
  const report = publishBytes(
    `${topicRoot(address)}/report/fire`,
    alarmReport(),
    'application/cloudevents+json; charset=utf-8',
  );
  const alarm = billed({ sentBytes: report, receivedBytes: pubackBytes, packets: 2, connects: 0 });
  results.push({ part: 'month', what: 'billed for one alarm', value: alarm, limit: null, unit: ' B' });
  const body = packs.reduce((sum, pack) => sum + pack.body.length, 0);
  results.push({ part: 'month', what: 'kept on the card per sample', value: body / samples, limit: null, unit: ' B' });
  return results;
}

export type Pack = Omit<TelemetryPack, 'epoch' | 'boot'>;

/** What the sampler makes of the model village with the defaults of the site file. */
export function sampledDays(
  days: number,
  size = 1,
): {
  readonly packs: readonly Pack[];
  /** Packs as they go to the journal, together. */
  readonly commits: readonly (readonly Pack[])[];
  readonly samples: number;
  readonly points: number;
} {
  const village = new ModelVillage(seeded(1), size);
  const telemetry = resolveTelemetry(undefined, []);
  let mono = 0;
  const commits: (readonly Pack[])[] = [];
  const clock = {
    mono: () => mono,
    wall: () => 1_795_000_000_000 + mono,
    trust: () => 'trusted' as const,
    after: () => () => undefined,
  };
  const packs: Pack[] = [];
  const packer = new Packer({
    clock,
    keep: (ready) => {
      commits.push(ready);
      packs.push(...ready);
    },
  });
  const sampler = new Sampler({
    points: sampledPoints({ points: village.points, telemetry }),
    minIntervalMs: telemetry.minIntervalMs,
    clock,
    onSample: (sample) => packer.add(sample),
    onReview: () => packer.review(),
    guard: (run) => run(),
  });
  for (; mono < days * dayMs; mono += readEveryMs) {
    for (const reading of village.readings(mono)) sampler.see(reading);
    sampler.review();
  }
  packer.finish();
  const samples = packs.reduce((sum, pack) => sum + pack.samples, 0);
  return { packs, commits, samples, points: village.points.length };
}

/** MQTT packets of those days, and how many bytes of them are SenML. */
function trafficOf(packs: readonly Pack[], form: SenmlForm, days: number): { traffic: Packets; payload: number } {
  const { sentBytes, receivedBytes, packets, payload } = telemetryTraffic(packs, form);
  const report = publishBytes(
    `${topicRoot(address)}/report/fault`,
    alarmReport(),
    'application/cloudevents+json; charset=utf-8',
  );
  const entries = entriesPerDay * days;
  const connects = connectsPerDay * days;
  const pings = pingsBetween(packs.map(({ mono }) => mono));
  return {
    payload,
    traffic: {
      sentBytes: sentBytes + entries * report + pings * pingBytes + connects * sessionBytes,
      receivedBytes: receivedBytes + entries * pubackBytes + pings * pingBytes,
      packets: packets + 2 * entries + 2 * pings + connects * sessionPackets,
      connects,
    },
  };
}

function telemetryTraffic(packs: readonly Pack[], form: SenmlForm): Packets & { readonly payload: number } {
  let payload = 0;
  let sentBytes = 0;
  packs.forEach((pack, at) => {
    const stamp = {
      epoch: brandId('k3v9x2ma'),
      boot: brandId('p7q1z8wd'),
      position: 400_000 + at,
      sequence: 400_000 + at,
    } as const;
    const report = { pack: { ...pack, ...stamp }, previous: 399_999 + at, isHistorical: false } as Parameters<
      typeof toSenml
    >[0];
    const bytes = toSenml(report, address, form, brandId('district')) ?? new Uint8Array();
    payload += bytes.length;
    sentBytes += publishBytes(`${topicRoot(address)}/telemetry`, bytes, senmlMediaTypes[form]);
  });
  return { connects: 0, sentBytes, receivedBytes: packs.length * pubackBytes, packets: 2 * packs.length, payload };
}

function telemetryBilled(packs: readonly Pack[], form: SenmlForm): number {
  return billed(telemetryTraffic(packs, form));
}

/** Bytes of MQTT packets, before TLS. */
type Packets = Required<Traffic>;

function billed({ sentBytes, receivedBytes, packets, connects }: Packets): number {
  const records = (packets / 2) * tlsRecordBytes;
  const sent = sentBytes + records + connects * tlsHandshakeBytes.sent;
  const received = receivedBytes + records + connects * tlsHandshakeBytes.received;
  return billedBytes({ sentBytes: sent, receivedBytes: received, packets, connects }, true);
}

/** A ping goes when nothing else did for a keepalive. */
function pingsBetween(times: readonly number[]): number {
  return times.reduce((sum, mono, at) => sum + Math.floor((mono - (times[at - 1] ?? 0)) / (keepaliveS * 1000)), 0);
}

function publishBytes(topic: string, payload: Uint8Array, mediaType: string): number {
  return publishHeadBytes + topic.length + propertyBytes + mediaType.length + payload.length;
}

function alarmReport(): Uint8Array {
  const detail = { point: 'smoke-12/smoke', value: 'alarm', place: '祠堂东厢房', frames: 2, confirmed: true };
  return toCloudEvent(address, {
    durable: true,
    entry: stored(12_345, fire({ detail })),
    previous: 12_344,
    isHistorical: false,
  });
}
