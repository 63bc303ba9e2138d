/** Device + profile → PointConfig. Rows of channels give no points by themselves: only what is wired to them does. */
import assert from 'node:assert/strict';
import { channelRow, contactRow } from './channel-row.js';
import { brandId } from './ids.js';
import type { ContactProfile, ModbusProfile, PointYaml } from './profile-schema.js';
import { nameOf, wordsOf } from './resolve-words.js';
import type { PinSource, PointConfig, RegisterSource } from './site.js';
import type { DeviceYaml } from './site-schema.js';
import { classOfRole, type Severity, type Words } from './vocabulary.js';

export function registerPoints(device: DeviceYaml, profile: ModbusProfile): PointConfig[] {
  const single = profile.points.filter(({ key }) => channelRow(key) === null);
  const name = nameOf(device.id, device.name, profile.names);
  return single.map((point) => {
    const own: Words =
      single.length === 1 ? name : { zh: `${name.zh} ${point.names.zh}`, en: `${name.en} ${point.names.en}` };
    return {
      ...common(device, point.key, point.role),
      name: own,
      source: registerSource(device.id, point, statesOf(point), point.addr),
      severities: Object.fromEntries((point.states ?? []).map(({ key, severity }) => [key, severity])),
      physicalUnit: point.states === undefined ? (point.unit ?? null) : null,
      onDelayMs: point.on_delay_ms,
      offDelayMs: point.off_delay_ms,
    };
  });
}

/** A dry contact: one point, read from an input of `module` or, when that is null, from a pin. */
export function contactPoint(
  device: DeviceYaml,
  profile: ContactProfile,
  module: { readonly device: DeviceYaml; readonly profile: ModbusProfile } | null,
): PointConfig {
  const { contact } = profile;
  const isNormallyOpen = (device.contact ?? contact.usual) === 'normally_open';
  const meaning: ContactMeaning = {
    open: isNormallyOpen ? contact.rest.key : contact.active.key,
    closed: isNormallyOpen ? contact.active.key : contact.rest.key,
  };
  const severities: Record<string, Severity> = {
    [contact.rest.key]: contact.rest.severity,
    [contact.active.key]: contact.active.severity,
  };
  return {
    ...common(device, contact.key, contact.role),
    name: nameOf(device.id, device.name, profile.names),
    source: module === null ? pinSource(device, meaning) : channelSource(device, module, meaning),
    severities,
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

function common(device: DeviceYaml, key: string, role: PointConfig['role']) {
  return {
    id: brandId<PointConfig['id']>(`${device.id}/${key}`),
    role,
    class: classOfRole[role],
    zone: device.zone === undefined ? null : brandId<NonNullable<PointConfig['zone']>>(device.zone),
    place: device.place === undefined ? null : wordsOf(device.place),
  };
}

function channelSource(
  device: DeviceYaml,
  module: { readonly device: DeviceYaml; readonly profile: ModbusProfile },
  meaning: ContactMeaning,
): RegisterSource {
  const row = contactRow(module.profile);
  const channel = device.input?.channel;
  assert(row !== null && row.states !== undefined && channel !== undefined, `input of ${device.id} was checked`);
  const states = new Map(row.states.map(({ raw, key }) => [raw, key === 'closed' ? meaning.closed : meaning.open]));
  return registerSource(module.device.id, row, states, row.addr + channel - 1);
}

function pinSource(device: DeviceYaml, { open, closed }: ContactMeaning): PinSource {
  const pin = device.input?.gpio;
  assert(pin !== undefined, `input of ${device.id} was checked`);
  // The usual wiring: a contact to ground and a pull-up, so closed pulls the pin low.
  const closedIsHigh = device.input?.closed_level === 'high';
  return { kind: 'pin', pin, low: closedIsHigh ? open : closed, high: closedIsHigh ? closed : open };
}

function statesOf({ states }: PointYaml): ReadonlyMap<number, string> | null {
  return states === undefined ? null : new Map(states.map(({ raw, key }) => [raw, key]));
}

function registerSource(
  unit: string,
  point: PointYaml,
  states: ReadonlyMap<number, string> | null,
  address: number,
): RegisterSource {
  return {
    kind: 'register',
    device: brandId(unit),
    table: point.table,
    address,
    type: point.type,
    states,
    scale: point.scale,
    offset: point.offset,
    invalid: [...point.invalid],
    validRange: point.valid_range === undefined ? null : [point.valid_range[0], point.valid_range[1]],
  };
}
