/**
 * GB/T 45839-2025 Appendix D: `Install_info` (table D.1) and `status_info` (table D.2), each a JSON object to an interface of that name,
 * answered `{"success": 1}`. The standard says neither where the interfaces stand nor what an unknown value is: they stand behind `url`
 * under their names, and what we do not know is null or empty.
 *
 * A device has one status, the gravest of what it is in: 2 alarm, 3 fault, 4 shielded, 1 normal. What it is in is remembered from the
 * entries that were told here since the start of the process.
 */
import type { HttpInstall } from '../../../config/site.js';
import type { Entry } from '../../journal/entry.js';
import { type DeviceFacts, deviceFacts, serialOf } from '../device-facts.js';
import { type HttpPreset, jsonPart, type PresetOptions } from '../http-preset.js';
import { localText } from '../local-text.js';

/** Devices whose state is remembered; of more the oldest is forgotten. */
const rememberedMax = 2_000;
/** Alarms of one device. */
const alarmsMax = 64;
/** Appendix B: company code 4, network type 2, date 6 (yymmdd), serial number 9, type 2, check 4. */
const idForm = /^([0-9A-Z]{4})([0-9A-Z]{2})([0-9]{6})[0-9A-Z]{9}.{2}[0-9A-F]{4}$/;
const wired = '00';

type Status = 1 | 2 | 3 | 4;

export function gbt45839Preset(options: PresetOptions): HttpPreset {
  const devices = deviceFacts(options.site, options);
  const install = options.config.install;
  const known = new DeviceStates();
  return {
    report({ entry }) {
      const serial = serialOf(options, entry.subject);
      if (serial === null || !devices.has(serial)) return null;
      const status = known.see(serial, entry);
      return status === null ? null : jsonPart('/status_info', statusInfo(serial, install, status, entry));
    },
    telemetry: () => null,
    status: () => null,
    installs: () =>
      [...devices.values()].map((facts) => jsonPart('/Install_info', installInfo(facts, install, options))),
    accepts: saysSuccess,
  };
}

/** Table D.2. */
function statusInfo(serial: string, install: HttpInstall, status: Status, entry: Entry) {
  return {
    company: companyOf(serial, install),
    serial,
    status,
    signalStrength: null,
    batteryPercentage: null,
    datetime: localText(entry.wall),
  };
}

/** Table D.1. */
function installInfo(facts: DeviceFacts, install: HttpInstall, { site }: PresetOptions) {
  const [, , netType = wired, made = null] = idForm.exec(facts.serial) ?? [];
  return {
    company: companyOf(facts.serial, install),
    serial: facts.serial,
    name: facts.name,
    categoryName: facts.category,
    netType,
    client: install.client ?? site.site.name.zh,
    address: install.address ?? '',
    deviceAddress: facts.position,
    productingDate: made === null ? null : `20${made.slice(0, 2)}-${made.slice(2, 4)}-${made.slice(4, 6)}`,
    longitude: install.longitude,
    latitude: install.latitude,
    activeTime: null,
    organizationName: install.organization ?? '',
    area: install.area ?? '',
    responsible: install.responsible ?? '',
    mobile: install.mobile ?? '',
  };
}

function companyOf(serial: string, install: HttpInstall): string {
  return install.company ?? idForm.exec(serial)?.[1] ?? '';
}

/** `success` 1 says yes, 0 no; a platform that answers a 2xx with something else has taken it. */
function saysSuccess(body: Uint8Array | null): boolean {
  if (body === null) return true;
  return !/"success"\s*:\s*(?:0\b(?!\.)|false|"0")/.test(Buffer.from(body).toString());
}

interface DeviceState {
  /** By alarm: what it stands for. */
  readonly alarms: Map<string, 2 | 3>;
  /** Told again after its end, an alarm does not come back. */
  readonly ended: Set<string>;
  readonly shielded: Set<string>;
}

class DeviceStates {
  readonly #states = new Map<string, DeviceState>();

  /** The status to tell; null: this entry says nothing of it. */
  see(serial: string, entry: Entry): Status | null {
    const state = this.#stateOf(serial);
    switch (entry.kind) {
      case 'alarm.raised':
      case 'alarm.confirmed':
        note(state, entry);
        break;
      case 'alarm.counted':
        if (entry.detail['stands'] === 'normal') end(state, entry);
        else note(state, entry);
        break;
      case 'alarm.returned':
        // Held until somebody resets it (GB/T 45839 5.4.2): it is no all-clear.
        if (entry.detail['latched'] === true) return null;
        end(state, entry);
        break;
      case 'alarm.reset':
      case 'alarm.withdrawn':
        end(state, entry);
        break;
      case 'service.changed':
        if (entry.detail['to'] === 'in-service') state.shielded.delete(entry.subject);
        else state.shielded.add(entry.subject);
        break;
      default:
        return null;
    }
    return statusOf(state);
  }

  #stateOf(serial: string): DeviceState {
    const state = this.#states.get(serial) ?? { alarms: new Map(), ended: new Set(), shielded: new Set() };
    this.#states.delete(serial);
    this.#states.set(serial, state);
    for (const oldest of this.#states.keys()) {
      if (this.#states.size <= rememberedMax) break;
      this.#states.delete(oldest);
    }
    return state;
  }
}

function keyOf({ alarm, id }: Entry): string {
  return alarm ?? id;
}

function end({ alarms, ended }: DeviceState, entry: Entry): void {
  alarms.delete(keyOf(entry));
  ended.add(keyOf(entry));
  for (const oldest of [...ended].slice(0, Math.max(0, ended.size - alarmsMax))) ended.delete(oldest);
}

function note({ alarms, ended }: DeviceState, entry: Entry): void {
  if (alarms.size >= alarmsMax || ended.has(keyOf(entry))) return;
  alarms.set(keyOf(entry), entry.class === 'fault' || entry.class === 'technical' ? 3 : 2);
}

function statusOf({ alarms, shielded }: DeviceState): Status {
  const all = [...alarms.values()];
  if (all.includes(2)) return 2;
  if (all.includes(3)) return 3;
  return shielded.size > 0 ? 4 : 1;
}
