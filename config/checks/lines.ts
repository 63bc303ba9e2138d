import { lineFormat } from '../line-format.js';
import { isModbus, isStream } from '../profile-kind.js';
import type { DeviceProfile, ModbusProfile } from '../profile-schema.js';
import type { DraftEntry } from '../site-draft.js';
import type { DeviceYaml, LineYaml } from '../site-schema.js';
import type { StreamProfile } from '../stream-profile-schema.js';
import type { Check, CheckedSite, Finding } from './finding.js';

type LineEntry = DraftEntry<LineYaml>;
type DeviceEntry = DraftEntry<DeviceYaml>;

/** Every device must be able to live on its line: transport, dialect, serial settings, patience. */
export const checkLines: Check = function* (site) {
  const users = lineUsers(site);
  for (const line of site.draft.lines) {
    const own = users.get(line.value.id) ?? [];
    const [first] = own;
    if (line.value.data_bits === 7 && (first === undefined || isModbus(first.profile))) {
      const path = ['lines', line.index, 'data_bits'];
      yield { code: 'CONF-031', path, where: `line ${line.value.id}`, expected: '8 for Modbus RTU', got: '7' };
    }
    for (const { device, profile } of own) {
      const dialect = dialectOf(profile);
      const ruling = first === undefined ? dialect : dialectOf(first.profile);
      if (dialect !== ruling) yield cannotLive(device, `${ruling} only on line ${line.value.id}`, dialect);
      else if (first !== undefined && first.device !== device && (isAlone(first.profile) || isAlone(profile))) {
        const got = `${line.value.id} as a whole, already used by device ${first.device.value.id}`;
        yield { ...cannotLive(device, '', got), code: 'CONF-021', expected: null };
      } else yield* suits(line, device, profile);
    }
  }
};

/** Without addresses nobody can tell who of two spoke. */
function isAlone(profile: DeviceProfile): boolean {
  return isStream(profile) && profile.address_range === undefined;
}

interface LineUser {
  readonly device: DeviceEntry;
  readonly profile: ModbusProfile | StreamProfile;
}

function lineUsers({ draft, profiles }: CheckedSite): ReadonlyMap<string, LineUser[]> {
  const users = new Map<string, LineUser[]>();
  for (const device of draft.devices) {
    const profile = profiles.get(device.value.profile);
    const { line } = device.value;
    if (line === undefined || profile === undefined || !(isModbus(profile) || isStream(profile))) continue;
    const own = users.get(line) ?? [];
    own.push({ device, profile });
    users.set(line, own);
  }
  return users;
}

/** One line carries one dialect: a device that speaks by itself would talk into the others' answers. */
function dialectOf(profile: DeviceProfile): string {
  return isStream(profile) ? `dialect ${profile.link.codec}` : 'Modbus';
}

function* suits(line: LineEntry, device: DeviceEntry, profile: LineUser['profile']): Generator<Finding> {
  const { value } = line;
  const fits = isModbus(profile)
    ? framingsOf(value).some((framing) => profile.link.transports.includes(framing))
    : value.transport !== 'tcp';
  if (!fits) {
    const spoken = isModbus(profile) ? profile.link.transports.map(lineKind).join(', ') : 'serial, rtu_over_tcp';
    yield cannotLive(device, `transport ${spoken} for ${profile.id}`, `transport ${value.transport}`);
    return;
  }
  yield* serialFits(line, device, profile);
  if (!isModbus(profile)) return;
  // A reply that comes after time-out and quarantine would be taken for the answer to the next request.
  const patienceMs = value.timeout_ms + value.quarantine_ms;
  if (patienceMs < profile.timing.response_timeout_ms) {
    const expected = `timeout_ms + quarantine_ms of at least ${profile.timing.response_timeout_ms}`;
    yield lineFinding(line, device, 'timeout_ms', expected, String(patienceMs));
  }
}

function* serialFits(line: LineEntry, device: DeviceEntry, profile: LineUser['profile']): Generator<Finding> {
  const format = lineFormat(line.value);
  if (format === null) return;
  const { serial } = profile;
  if (serial.bauds !== undefined && !serial.bauds.includes(format.baud)) {
    yield lineFinding(line, device, 'baud', serial.bauds.join(', '), String(format.baud));
  }
  if ('parities' in serial && serial.parities !== undefined && !serial.parities.includes(format.parity)) {
    yield lineFinding(line, device, 'parity', serial.parities.join(', '), format.parity);
  }
  if (isStream(profile) && format.dataBits !== serial.data_bits) {
    yield lineFinding(line, device, 'data_bits', String(serial.data_bits), String(format.dataBits));
  }
}

/** Framings that units of the line hear. Behind Modbus TCP with serial settings stands a gateway with an RTU line. */
function framingsOf({ transport, baud }: LineYaml): readonly ('rtu' | 'rtu_over_tcp' | 'tcp')[] {
  if (transport === 'serial') return ['rtu'];
  return transport === 'tcp' && baud !== undefined ? ['tcp', 'rtu'] : [transport];
}

function lineKind(framing: 'rtu' | 'rtu_over_tcp' | 'tcp'): string {
  return framing === 'rtu' ? 'serial' : framing;
}

function cannotLive({ index, value }: DeviceEntry, expected: string, got: string): Finding {
  return { code: 'CONF-045', path: ['devices', index, 'line'], where: `device ${value.id}`, expected, got };
}

function lineFinding(line: LineEntry, device: DeviceEntry, key: string, expected: string, got: string): Finding {
  return {
    code: 'CONF-031',
    path: ['lines', line.index, key],
    where: `line ${line.value.id}`,
    expected: `${expected} for device ${device.value.id}`,
    got,
  };
}
