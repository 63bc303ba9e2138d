import { channelRow, contactRow } from '../channel-row.js';
import type { DeviceProfile } from '../profile-schema.js';
import type { DraftEntry } from '../site-draft.js';
import type { DeviceYaml } from '../site-schema.js';
import { type Check, type CheckedSite, type Finding, missing, type Use, usedTwice } from './finding.js';

type DeviceEntry = DraftEntry<DeviceYaml>;

/** Each device: what it names exists, and its wiring, profile and address fit together. */
export const checkDevices: Check = function* (site) {
  yield* usedTwice('CONF-021', addressUses(site));
  yield* usedTwice('CONF-033', inputUses(site));
  for (const entry of site.draft.devices) {
    yield* references(site, entry);
    yield* wiring(entry);
    const profile = site.profiles.get(entry.value.profile);
    if (profile !== undefined) yield* profileFits(entry, profile);
    yield* inputExists(site, entry);
  }
};

function* references({ draft, profiles }: CheckedSite, { index, value }: DeviceEntry): Generator<Finding> {
  const where = `device ${value.id}`;
  if (!profiles.has(value.profile)) {
    yield missing('CONF-024', ['devices', index, 'profile'], where, value.profile, profiles.keys());
  }
  if (value.line !== undefined && !draft.named.lines.has(value.line)) {
    yield missing('CONF-022', ['devices', index, 'line'], where, value.line, draft.named.lines);
  }
  if (value.zone !== undefined && !draft.named.zones.has(value.zone)) {
    yield missing('CONF-023', ['devices', index, 'zone'], where, value.zone, draft.named.zones);
  }
}

function* wiring({ index, value }: DeviceEntry): Generator<Finding> {
  const { line, unit, input } = value;
  const finding = (path: readonly (string | number)[], expected: string, got: string): Finding => ({
    code: 'CONF-029',
    path: ['devices', index, ...path],
    where: `device ${value.id}`,
    expected,
    got,
  });
  if (line === undefined && unit === undefined && input === undefined) {
    yield finding([], 'line and unit, or input', 'neither');
  } else if (input !== undefined && (line !== undefined || unit !== undefined)) {
    yield finding(['input'], 'line and unit, or input', 'both');
  } else if (input === undefined && (line === undefined || unit === undefined)) {
    yield finding([], 'line and unit', line === undefined ? 'unit without line' : 'line without unit');
  }
  if (input === undefined) {
    if (value.contact !== undefined) yield finding(['contact'], 'contact only together with input', value.contact);
    return;
  }
  const { device, channel, gpio, closed_level } = input;
  const isOnUnit = device !== undefined || channel !== undefined;
  if (isOnUnit === (gpio !== undefined))
    yield finding(['input'], 'device and channel, or gpio', isOnUnit ? 'both' : 'neither');
  else if (isOnUnit && (device === undefined || channel === undefined)) {
    yield finding(['input'], 'device and channel', device === undefined ? 'channel without device' : 'no channel');
  }
  if (isOnUnit && closed_level !== undefined) {
    yield finding(['input', 'closed_level'], 'closed_level only together with gpio', closed_level);
  }
}

function* profileFits({ index, value }: DeviceEntry, profile: DeviceProfile): Generator<Finding> {
  const where = `device ${value.id}`;
  const isContact = 'contact' in profile;
  const isOnLine = value.line !== undefined;
  const isAtInput = value.input !== undefined;
  // Both or neither is a problem of the wiring, told already.
  if (isOnLine !== isAtInput && isContact !== isAtInput) {
    const expected = isContact ? 'input' : 'line and unit';
    yield { code: 'CONF-030', path: ['devices', index, 'profile'], where, expected, got: value.profile };
  }
  if (profile.status === 'draft' && !value.allow_draft) {
    yield { code: 'CONF-028', path: ['devices', index, 'profile'], where, expected: null, got: value.profile };
  }
  if (isContact || value.unit === undefined) return;
  const [lowest, highest] = profile.address_range;
  if (value.unit < lowest || value.unit > highest) {
    const expected = `${lowest} to ${highest} for ${profile.id}`;
    yield { code: 'CONF-027', path: ['devices', index, 'unit'], where, expected, got: String(value.unit) };
  }
}

function* inputExists({ draft, profiles }: CheckedSite, { index, value }: DeviceEntry): Generator<Finding> {
  const { device, channel } = value.input ?? {};
  if (device === undefined) return;
  const where = `device ${value.id}`;
  const path = ['devices', index, 'input', 'device'];
  if (!draft.named.devices.has(device)) yield missing('CONF-025', path, where, device, draft.named.devices);
  const module = draft.devices.find((entry) => entry.value.id === device);
  const profile = module === undefined ? undefined : profiles.get(module.value.profile);
  if (profile === undefined) return;
  const row = contactRow(profile);
  const channels = row === null ? 0 : (channelRow(row.key)?.channels ?? 0);
  if (row === null) yield { code: 'CONF-036', path, where, expected: null, got: `${device} (${profile.id})` };
  else if (channel !== undefined && channel > channels) {
    const at = ['devices', index, 'input', 'channel'];
    yield { code: 'CONF-026', path: at, where, expected: `1 to ${channels} on ${device}`, got: String(channel) };
  }
}

function* addressUses({ draft }: CheckedSite): Generator<Use> {
  for (const { index, value } of draft.devices) {
    const { id, line, unit } = value;
    if (line === undefined || unit === undefined) continue;
    yield { thing: `${line} unit ${unit}`, path: ['devices', index, 'unit'], user: `device ${id}` };
  }
}

function* inputUses({ draft }: CheckedSite): Generator<Use> {
  for (const { index, value } of draft.devices) {
    const { device, channel } = value.input ?? {};
    if (device === undefined || channel === undefined) continue;
    const path = ['devices', index, 'input', 'channel'];
    yield { thing: `${device} input ${channel}`, path, user: `device ${value.id}` };
  }
}
