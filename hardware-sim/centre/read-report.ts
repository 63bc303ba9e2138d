/** A report: a CloudEvent 1.0 in structured JSON mode, read after sync/asyncapi.yaml and not with the product's schemas. Pure. */
import { fingerprintOf } from './fingerprint.js';
import type { After, HeardLane, HeardRow, Link } from './heard.js';
import { wallOf } from './moment.js';
import { isObject, type Json, type JsonObject, must, numberIn, objectIn, oneOf, textIn } from './read-json.js';

const classes = ['fire', 'warning', 'supervisory', 'fault', 'technical'] as const;
const clocks = ['trusted', 'hinted', 'untrusted'] as const;
const eventKeys = [
  ...['specversion', 'id', 'source', 'type', 'time', 'subject', 'datacontenttype', 'sequence', 'previous', 'data'],
];
const dataKeys = [
  ...['durable', 'position', 'after', 'uplink', 'lane', 'historical', 'kind', 'class', 'alarm', 'zone', 'codes'],
  ...['words', 'origin', 'boot', 'mono', 'clock', 'detail', 'detailOmitted'],
];

/** @param topicClass what stands behind `report/`. Throws ShapeFault. */
export function readReport(root: JsonObject, district: string, site: string, topicClass: string): HeardRow {
  onlyKeys(root, eventKeys, 'event');
  must(root['specversion'] === '1.0', 'specversion');
  must(root['datacontenttype'] === 'application/json', 'datacontenttype');
  const id = name(root['id'], 'id');
  const [, product, ofDistrict, ofSite, epoch = '', more] = textIn(root['source'], 'source').split('/');
  must(product === 'gengfu' && epoch !== '' && more === undefined, 'source');
  must(ofDistrict === district && ofSite === site, 'source of another site');
  const data = objectIn(root['data'], 'data');
  onlyKeys(data, dataKeys, 'data');
  const kind = textIn(data['kind'], 'kind');
  must(root['type'] === `gengfu.${kind}`, 'type is not of kind');
  const alarmClass = data['class'] === null ? null : oneOf(data['class'], classes, 'class');
  must((alarmClass ?? 'operation') === topicClass, 'class is not of topic');
  const words = objectIn(data['words'], 'words');
  must(textIn(words['zh'], 'words.zh') !== '' && textIn(words['en'], 'words.en') !== '', 'words');
  must((data['detail'] === undefined) !== (data['detailOmitted'] === undefined), 'detail or detailOmitted');
  const detail = data['detail'] === undefined ? null : objectIn(data['detail'], 'detail');
  const uplink = textIn(data['uplink'], 'uplink');
  const lane = oneOf(data['lane'], ['fire', 'journal'] as const, 'lane');
  const alarm = data['alarm'] === null ? null : name(data['alarm'], 'alarm');
  const zone = data['zone'] === null ? null : textIn(data['zone'], 'zone');
  const origin = data['origin'] === null ? null : textIn(data['origin'], 'origin');
  const subject = name(root['subject'], 'subject');
  const boot = name(data['boot'], 'boot');
  const boxMono = numberIn(data['mono'], 'mono');
  const time = textIn(root['time'], 'time');
  const clock = oneOf(data['clock'], clocks, 'clock');
  return {
    ...{ what: 'report', id, epoch, lane, kind, class: alarmClass, uplink, subject, alarm, zone, boot, boxMono, clock },
    ...placeOf(root, data),
    isHistorical: isTrueIfThere(data['historical'], 'historical'),
    wall: wallOf(time, 'time'),
    detail,
    passedOver: kind === 'journal.dropped' ? passedOver(detail, uplink) : [],
    fingerprint: fingerprintOf([
      ...[kind, subject, time, alarmClass, lane, alarm, zone, origin, boot, boxMono, clock],
      ...[words['zh'] ?? null, words['en'] ?? null],
    ]),
    detailFingerprint: detail === null ? null : fingerprintOf(detail),
  };
}

function placeOf(
  root: JsonObject,
  data: JsonObject,
): Pick<HeardRow, 'durable' | 'sequence' | 'previous' | 'position' | 'after'> {
  const { durable } = data;
  must(typeof durable === 'boolean', 'durable');
  if (!durable) {
    const told = [root['sequence'], root['previous'], data['position'], data['after']];
    must(
      told.every((each) => each === undefined),
      'a report from memory has no place',
    );
    return { durable, sequence: null, previous: null, position: null, after: null };
  }
  const sequence = twelve(root['sequence'], 'sequence');
  const previous = twelve(root['previous'], 'previous');
  must(sequence > previous, 'previous is not before sequence');
  const position = count(data['position'], 1, 'position');
  return { durable, sequence, previous, position, after: afterOf(data['after']) };
}

function afterOf(told: Json | undefined): After | null {
  if (told === undefined) return null;
  const after = objectIn(told, 'after');
  return { epoch: name(after['epoch'], 'after.epoch'), sequence: twelve(after['sequence'], 'after.sequence') };
}

/** What its uplink will never carry counts as told; what it says of others does not concern this centre. */
function passedOver(detail: JsonObject | null, uplink: string): readonly Link[] {
  if (detail === null || detail['reason'] !== 'passed-over' || detail['uplink'] !== uplink) return [];
  const places = detail['places'];
  must(Array.isArray(places), 'places');
  return (places as readonly Json[]).map((each) => {
    const place = objectIn(each, 'places');
    const link = {
      lane: oneOf<HeardLane>(place['lane'], ['fire', 'journal', 'telemetry'], 'places.lane'),
      epoch: name(place['epoch'], 'places.epoch'),
      sequence: count(place['sequence'], 1, 'places.sequence'),
      previous: count(place['previous'], 0, 'places.previous'),
      position: count(place['position'], 1, 'places.position'),
    };
    must(link.previous < link.sequence, 'places.previous');
    return link;
  });
}

function twelve(value: Json | undefined, what: string): number {
  const text = textIn(value, what);
  must(/^\d{12}$/.test(text), what);
  return Number(text);
}

function count(value: Json | undefined, from: number, what: string): number {
  const number = numberIn(value, what);
  must(Number.isSafeInteger(number) && number >= from, what);
  return number;
}

function name(value: Json | undefined, what: string): string {
  const text = textIn(value, what);
  must(text.length >= 1 && text.length <= 120, what);
  return text;
}

function isTrueIfThere(value: Json | undefined, what: string): boolean {
  must(value === undefined || value === true, what);
  return value === true;
}

function onlyKeys(value: JsonObject, known: readonly string[], what: string): void {
  const foreign = Object.keys(value).find((key) => !known.includes(key));
  must(foreign === undefined && isObject(value), `${what}.${foreign ?? ''} is not described`);
}
