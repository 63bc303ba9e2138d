/** Device + profile → PointConfig. Rows of channels give no points by themselves: only what is wired to them does. */
import assert from 'node:assert/strict';
import type { AppliedSignalProfile } from './applied-profile.js';
import { channelAddress, channelRow, inputRow } from './channel-row.js';
import { conversionFactor, physicalScale, rounded } from './physical-units.js';
import type { ContactProfile } from './profile-schema.js';
import { watchOf } from './resolve-limits.js';
import { pointHead, pointName, statesOf } from './resolve-point-head.js';
import { physicalScaleOf, registerSource, warmUpMs } from './resolve-register.js';
import type { AppliedUnit } from './resolve-unit.js';
import { nameOf } from './resolve-words.js';
import type { PinSource, PointConfig, RegisterSource } from './site.js';
import type { DeviceYaml } from './site-schema.js';

/** The points that a unit has by itself. */
export function registerPoints(unit: AppliedUnit): PointConfig[] {
  const { device, applied } = unit;
  const single = applied.points.filter(({ key }) => channelRow(key) === null);
  const measured = single.filter(({ role }) => role !== 'setting');
  return single.map((point) => {
    const isOnlyOne = measured.length === 1 && measured[0] === point;
    const { unit: physicalUnit, factor } = physicalScaleOf(point);
    return {
      ...pointHead(device, point.key, point.role),
      name: pointName(device, applied.profile.names, isOnlyOne ? null : point.names),
      source: registerSource(unit, point, point.addr),
      ...statesOf(point.states),
      physicalUnit,
      ...watchOf(device, point, (value) => rounded(value * factor)),
    };
  });
}

/** A dry contact: one point, read from an input of `module` or, when that is null, from a pin. */
export function contactPoint(device: DeviceYaml, profile: ContactProfile, module: AppliedUnit | null): PointConfig {
  const { contact } = profile;
  const isNormallyOpen = (device.contact ?? contact.usual) === 'normally_open';
  const meaning: ContactMeaning = {
    open: isNormallyOpen ? contact.rest.key : contact.active.key,
    closed: isNormallyOpen ? contact.active.key : contact.rest.key,
  };
  return {
    ...pointHead(device, contact.key, contact.role),
    name: nameOf(device.id, device.name, profile.names),
    source: module === null ? pinSource(device, meaning) : contactSource(device, module, meaning),
    ...statesOf([contact.rest, contact.active]),
    physicalUnit: null,
    onDelayMs: contact.on_delay_ms,
    offDelayMs: contact.off_delay_ms,
  };
}

/** State key while the contact is open / closed. */
interface ContactMeaning {
  readonly open: string;
  readonly closed: string;
}

function contactSource(device: DeviceYaml, module: AppliedUnit, meaning: ContactMeaning): RegisterSource {
  const row = inputRow(module.applied.points, 'contact');
  const channel = device.input?.channel;
  assert(row !== null && row.states !== undefined && channel !== undefined, `input of ${device.id} was checked`);
  const states = new Map(row.states.map(({ raw, key }) => [raw, key === 'closed' ? meaning.closed : meaning.open]));
  return { ...registerSource(module, row, channelAddress(row, channel)), states };
}

function pinSource(device: DeviceYaml, { open, closed }: ContactMeaning): PinSource {
  const pin = device.input?.gpio;
  assert(pin !== undefined, `input of ${device.id} was checked`);
  // The usual wiring: a contact to ground and a pull-up, so closed pulls the pin low.
  const closedIsHigh = device.input?.closed_level === 'high';
  return { kind: 'pin', pin, low: closedIsHigh ? open : closed, high: closedIsHigh ? closed : open };
}

/** A sensor with a current or a voltage: one point, read from an analog input of `module`. */
export function signalPoint(device: DeviceYaml, applied: AppliedSignalProfile, module: AppliedUnit): PointConfig {
  const { profile, signal } = applied;
  const physical = physicalScale(signal.role, signal.unit);
  assert(physical !== null, `unit of ${device.id} was checked`);
  return {
    ...pointHead(device, signal.key, signal.role),
    name: nameOf(device.id, device.name, profile.names),
    source: signalSource(device, applied, module, physical.factor),
    severities: {},
    physicalUnit: physical.unit,
    ...watchOf(device, { key: signal.key, on_delay_ms: 0, off_delay_ms: 0 }, (value) =>
      rounded(value * physical.factor),
    ),
  };
}

/** raw → signal of the module → value of the sensor, as one scale and one offset. */
function signalSource(
  device: DeviceYaml,
  { profile, signal }: AppliedSignalProfile,
  module: AppliedUnit,
  factor: number,
): RegisterSource {
  const row = inputRow(module.applied.points, 'signal');
  const channel = device.input?.channel;
  assert(row !== null && row.unit !== null && channel !== undefined, `input of ${device.id} was checked`);
  const toSignal = conversionFactor(row.unit, signal.signal_unit);
  assert(toSignal !== null, `signal of ${device.id} was checked`);
  const [fromLow, fromHigh] = signal.from;
  const [low, high] = signal.to;
  const slope = ((high - low) * factor) / (fromHigh - fromLow);
  const valueAt = (measured: number): number => rounded(low * factor + (measured - fromLow) * slope);
  return {
    ...registerSource(module, row, channelAddress(row, channel)),
    scale: rounded(row.scale * toSignal * slope),
    offset: valueAt(row.offset * toSignal),
    faultBelow: valueAt(signal.fault_below),
    faultAbove: valueAt(signal.fault_above),
    maxStep: signal.max_step === undefined ? null : rounded(signal.max_step * factor),
    // What the module could believe of a current says nothing about the sensor's own unit.
    validRange: null,
    warmUpMs: Math.max(warmUpMs(profile), warmUpMs(module.applied.profile)),
  };
}
