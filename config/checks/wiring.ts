import { channelRow, inputRow } from '../channel-row.js';
import { isContact, isModbus, isSignal, isStream } from '../profile-kind.js';
import type { DeviceProfile } from '../profile-schema.js';
import type { DraftEntry } from '../site-draft.js';
import type { DeviceYaml } from '../site-schema.js';
import { type Check, type CheckedSite, type Finding, missing, type Use, usedTwice } from './finding.js';

type DeviceEntry = DraftEntry<DeviceYaml>;

/** Each device hangs at exactly one place, of the kind that its profile needs, and nobody else hangs there. */
export const checkWiring: Check = function* (site) {
  yield* usedTwice('CONF-033', inputUses(site));
  for (const entry of site.draft.devices) {
    const profile = site.profiles.get(entry.value.profile);
    yield* placeOf(entry, profile);
    yield* inputKeys(entry, profile);
    if (profile !== undefined) yield* kindFits(entry, profile);
    yield* inputExists(site, entry, profile);
  }
};

function finding({ index, value }: DeviceEntry, path: readonly string[], expected: string, got: string): Finding {
  return { code: 'CONF-029', path: ['devices', index, ...path], where: `device ${value.id}`, expected, got };
}

function* placeOf(entry: DeviceEntry, profile: DeviceProfile | undefined): Generator<Finding> {
  const { line, unit, input } = entry.value;
  // Hosts that have no addresses share no line: such a device is named by its line alone.
  const isAlone = profile !== undefined && isStream(profile) && profile.address_range === undefined;
  if (line === undefined && unit === undefined && input === undefined) {
    yield finding(entry, [], 'line and unit, or input', 'neither');
  } else if (input !== undefined && (line !== undefined || unit !== undefined)) {
    yield finding(entry, ['input'], 'line and unit, or input', 'both');
  } else if (isAlone && unit !== undefined) {
    yield finding(entry, ['unit'], 'line alone: this device has no address', `unit ${unit}`);
  } else if (input === undefined && !isAlone && (line === undefined || unit === undefined)) {
    yield finding(entry, [], 'line and unit', line === undefined ? 'unit without line' : 'line without unit');
  }
}

function* inputKeys(entry: DeviceEntry, profile: DeviceProfile | undefined): Generator<Finding> {
  const { input, contact } = entry.value;
  if (contact !== undefined && (input === undefined || (profile !== undefined && !isContact(profile)))) {
    yield finding(entry, ['contact'], 'contact only for a dry contact with input', contact);
  }
  if (input === undefined) return;
  const { device, channel, gpio, closed_level } = input;
  const isOnUnit = device !== undefined || channel !== undefined;
  if (isOnUnit === (gpio !== undefined)) {
    yield finding(entry, ['input'], 'device and channel, or gpio', isOnUnit ? 'both' : 'neither');
  } else if (isOnUnit && (device === undefined || channel === undefined)) {
    const got = device === undefined ? 'channel without device' : 'no channel';
    yield finding(entry, ['input'], 'device and channel', got);
  } else if (gpio !== undefined && profile !== undefined && isSignal(profile)) {
    yield finding(entry, ['input'], 'device and channel: a pin can not measure', `gpio ${gpio}`);
  }
  if (isOnUnit && closed_level !== undefined) {
    yield finding(entry, ['input', 'closed_level'], 'closed_level only together with gpio', closed_level);
  }
}

function* kindFits({ index, value }: DeviceEntry, profile: DeviceProfile): Generator<Finding> {
  const wantsInput = isContact(profile) || isSignal(profile);
  const isOnLine = value.line !== undefined;
  const isAtInput = value.input !== undefined;
  // Both or neither is a problem of the wiring, told already.
  if (isOnLine === isAtInput || wantsInput === isAtInput) return;
  const expected = wantsInput ? 'input' : 'line and unit';
  const path = ['devices', index, 'profile'];
  yield { code: 'CONF-030', path, where: `device ${value.id}`, expected, got: value.profile };
}

function* inputExists(
  { draft, profiles }: CheckedSite,
  { index, value }: DeviceEntry,
  sensor: DeviceProfile | undefined,
): Generator<Finding> {
  const { device, channel } = value.input ?? {};
  if (device === undefined) return;
  const where = `device ${value.id}`;
  const path = ['devices', index, 'input', 'device'];
  if (!draft.named.devices.has(device)) yield missing('CONF-025', path, where, device, draft.named.devices);
  const module = draft.devices.find((entry) => entry.value.id === device);
  const profile = module === undefined ? undefined : profiles.get(module.value.profile);
  if (profile === undefined) return;
  const role = sensor !== undefined && isSignal(sensor) ? 'signal' : 'contact';
  const row = isModbus(profile) ? inputRow(profile.points, role) : null;
  const channels = row === null ? 0 : (channelRow(row.key)?.channels ?? 0);
  if (row === null) {
    const expected = role === 'signal' ? 'a module with analog inputs' : 'a module with inputs for contacts';
    yield { code: 'CONF-036', path, where, expected, got: `${device} (${profile.id})` };
  } else if (channel !== undefined && channel > channels) {
    const at = ['devices', index, 'input', 'channel'];
    yield { code: 'CONF-026', path: at, where, expected: `1 to ${channels} on ${device}`, got: String(channel) };
  }
}

function* inputUses({ draft, profiles }: CheckedSite): Generator<Use> {
  for (const { index, value } of draft.devices) {
    const { device, channel } = value.input ?? {};
    if (device === undefined || channel === undefined) continue;
    const profile = profiles.get(value.profile);
    const kind = profile !== undefined && isSignal(profile) ? 'analog input' : 'input';
    const path = ['devices', index, 'input', 'channel'];
    yield { thing: `${device} ${kind} ${channel}`, path, user: `device ${value.id}` };
  }
}
