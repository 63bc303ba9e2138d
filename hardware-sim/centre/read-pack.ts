/** A pack of measurements: SenML (RFC 8428) as JSON or CBOR, read after sync/asyncapi.yaml and not with the product's code. Pure. */
import { fingerprintOf } from './fingerprint.js';
import type { HeardRow } from './heard.js';
import { type Cbor, readCbor } from './read-cbor.js';
import { type Json, must, numberIn, objectIn, readJson, textIn } from './read-json.js';

const packMaxBytes = 16 * 1024;

/** RFC 8428 §6. */
const labels: ReadonlyMap<Cbor, string> = new Map<Cbor, string>([
  [-2, 'bn'],
  [-3, 'bt'],
  [0, 'n'],
  [1, 'u'],
  [2, 'v'],
  [3, 'vs'],
  [6, 't'],
]);

/** The records with the names of the JSON form. Throws ShapeFault. */
export function packRecords(bytes: Uint8Array): Json {
  must(bytes.length <= packMaxBytes, 'a pack larger than 16 kB');
  if (bytes[0] === '['.charCodeAt(0)) {
    const json = readJson(bytes);
    must(json !== undefined, 'not JSON');
    return json;
  }
  const records = readCbor(bytes);
  must(Array.isArray(records), 'not an array');
  return (records as readonly Cbor[]).map((record) => {
    must(record instanceof Map, 'a record that is no map');
    return Object.fromEntries([...record].map(([label, value]) => [labelOf(label), value as Json]));
  });
}

/** Throws ShapeFault. */
export function readPack(records: Json, district: string, site: string): HeardRow {
  must(Array.isArray(records), 'not an array');
  const [first, ...samples] = records as readonly Json[];
  const head = objectIn(first, 'head');
  must(head['bn'] === `${district}/${site}/`, 'a pack of another site');
  must(head['n'] === 'pack', 'n of the head');
  const place = textIn(head['vs'], 'vs of the head').split('/');
  must(place.length === 10 && place[0] === '1', 'vs of the head');
  const [, uplink = '', epoch = '', , , , boot = '', , clock = '', age = ''] = place;
  const [sequence = 0, previous = 0, position = 0, boxMono = 0] = [3, 4, 5, 7].map((at) => countIn(place[at]));
  must(sequence > previous && position >= 1, 'sequence of the head');
  must(['trusted', 'hinted', 'untrusted'].includes(clock) && ['live', 'historical'].includes(age), 'vs of the head');
  for (const sample of samples) lookAtSample(sample);
  return {
    ...{ what: 'telemetry', id: `telemetry-${epoch}-${sequence}`, epoch, lane: 'telemetry', kind: 'telemetry' },
    ...{
      class: null,
      durable: true,
      sequence,
      previous,
      position,
      after: null,
      subject: null,
      alarm: null,
      zone: null,
    },
    ...{ uplink: uplink === '-' ? null : uplink, isHistorical: age === 'historical', boot, boxMono, clock },
    ...{ wall: Math.round(numberIn(head['bt'], 'bt') * 1000), detail: null, passedOver: [] },
    fingerprint: fingerprintOf([epoch, sequence, position, boot, boxMono, clock, head['bt'] ?? null, samples]),
    detailFingerprint: null,
  };
}

function lookAtSample(told: Json): void {
  const sample = objectIn(told, 'sample');
  const name = textIn(sample['n'], 'n');
  must(name !== '', 'n');
  must((sample['v'] === undefined) !== (sample['vs'] === undefined), 'either v or vs');
  if (sample['v'] !== undefined) numberIn(sample['v'], 'v');
  else textIn(sample['vs'], 'vs');
  // A point that is bad has a reason, and never a value.
  must(!name.endsWith(':bad') || sample['v'] === undefined, 'a bad point with a value');
  if (sample['t'] !== undefined) must(numberIn(sample['t'], 't') > 0, 't');
}

function labelOf(label: Cbor): string {
  const name = labels.get(label);
  must(name !== undefined, `label ${String(label)}`);
  return name;
}

function countIn(text: string | undefined): number {
  must(text !== undefined && /^\d{1,15}$/.test(text), 'count in vs of the head');
  return Number(text);
}
