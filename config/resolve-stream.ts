/** Device with a dialect of its own → StreamConfig and its points, those of listed objects included. */
import assert from 'node:assert/strict';
import type { AppliedStream, AppliedStreamPoint } from './applied-profile.js';
import { brandId } from './ids.js';
import { rounded } from './physical-units.js';
import { watchOf } from './resolve-limits.js';
import { pointHead, pointName, statesOf } from './resolve-point-head.js';
import { physicalScaleOf } from './resolve-register.js';
import { nameOf, placeOf, wordsOf } from './resolve-words.js';
import type { PointConfig, StreamConfig, StreamMeaning, StreamSource } from './site.js';
import type { DeviceYaml, ObjectYaml } from './site-schema.js';
import type { StreamEventYaml } from './stream-profile-schema.js';

/** The device as its line sees it; times in ms. */
export function resolveStream(device: DeviceYaml, { profile, codecOptions }: AppliedStream): StreamConfig {
  assert(device.line !== undefined, `wiring of ${device.id} was checked`);
  const { unknown } = profile;
  return {
    id: brandId(device.id),
    name: nameOf(device.id, device.name, profile.names),
    profileId: profile.id,
    profileRevision: profile.revision,
    line: brandId(device.line),
    address: device.unit ?? null,
    zone: device.zone === undefined ? null : brandId(device.zone),
    place: placeOf(device.place),
    codec: profile.link.codec,
    codecOptions,
    silenceMs: profile.supervision.silence_s * 1000,
    events: new Map(profile.events.map((event) => [event.code, meaningOf(event)])),
    ...(unknown === undefined ? {} : { unknown: { kind: 'state', signal: unknown.point, state: unknown.state } }),
  };
}

function meaningOf({ point, state, rest }: StreamEventYaml): StreamMeaning {
  if (rest !== undefined) return { kind: 'rest', signals: rest === 'all' ? 'all' : [...rest] };
  if (point === undefined) return { kind: 'alive' };
  return state === undefined ? { kind: 'value', signal: point } : { kind: 'state', signal: point, state };
}

/** Its own points, then one for each listed object. */
export function streamPoints(device: DeviceYaml, applied: AppliedStream): PointConfig[] {
  const { profile, points } = applied;
  const own = points.map((point) => ({
    ...pointHead(device, point.key, point.role),
    name: pointName(device, profile.names, points.length === 1 ? null : point.names),
    ...rest(device, point, null),
  }));
  const listed = points.find(({ key }) => key === applied.objects?.point);
  return [...own, ...device.objects.map((object) => objectPoint(device, applied, listed, object))];
}

function objectPoint(
  device: DeviceYaml,
  { profile }: AppliedStream,
  point: AppliedStreamPoint | undefined,
  object: ObjectYaml,
): PointConfig {
  assert(point !== undefined, `objects of ${device.id} were checked`);
  const place = { id: device.id, zone: object.zone ?? device.zone, place: object.place ?? device.place };
  const { zh, en } = pointName(device, profile.names, point.names);
  return {
    ...pointHead(place, object.id, point.role),
    name:
      object.name === undefined
        ? { zh: `${zh} ${object.address}`, en: `${en} ${object.address}` }
        : wordsOf(object.name),
    ...rest(device, point, object.address),
  };
}

function rest(device: DeviceYaml, point: AppliedStreamPoint, object: string | null) {
  const { unit, factor } = physicalScaleOf(point);
  const told = (value: number): number => rounded(value * factor);
  const { valid_range, max_step, states } = point;
  const source: StreamSource = {
    kind: 'stream',
    device: brandId(device.id),
    signal: point.key,
    object,
    rest: states?.[0]?.key ?? null,
    scale: told(point.scale),
    offset: told(point.offset),
    validRange: valid_range === undefined ? null : [told(valid_range[0]), told(valid_range[1])],
    maxStep: max_step === undefined ? null : told(max_step),
  };
  return {
    source,
    ...statesOf(states),
    physicalUnit: unit,
    ...watchOf(device, point, told),
  };
}
