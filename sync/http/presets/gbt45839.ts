/**
 * GB/T 45839-2025 Appendix D: `Install_info` (table D.1) and `status_info` (table D.2), each a JSON object to an interface of that name,
 * answered `{"success": 1}`. The standard says neither where the interfaces stand nor what an unknown value is: they stand behind `url`
 * under their names, and what we do not know is null or empty. It names no unit of signalStrength either: here it is dBm, or percent where
 * a device tells no dBm (`device-figures.ts`).
 *
 * A device has one status, the gravest of what it is in when its request is made: 2 alarm, 3 fault, 4 shielded, 1 normal. The gateway is
 * asked what it is in; where nobody can be asked, it is remembered from the entries that were told here since the start of the process.
 * What an entry raises counts even when it is over by now: else nobody would hear of it. While the gateway does not know yet what an earlier
 * start has left standing, an all-clear waits.
 */
import type { HttpInstall } from '../../../config/site.js';
import type { EntryKind } from '../../../config/vocabulary.js';
import type { DeviceStanding } from '../../device-standing.js';
import type { Entry } from '../../journal/entry.js';
import { isTold } from '../../tell-filter.js';
import { UplinkError } from '../../uplink.js';
import { type DeviceFacts, deviceFacts, serialOf } from '../device-facts.js';
import { type DeviceFigures, deviceFigures } from '../device-figures.js';
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
const gravity = [2, 3, 4] as const;
const statusKinds: ReadonlySet<EntryKind> = new Set([
  ...(['alarm.raised', 'alarm.confirmed', 'alarm.counted', 'alarm.returned'] as const),
  ...(['alarm.reset', 'alarm.withdrawn', 'service.changed'] as const),
]);

export function gbt45839Preset(options: PresetOptions): HttpPreset {
  const devices = deviceFacts(options.site, options);
  const install = options.config.install;
  const known = new DeviceStates();
  const figures = deviceFigures(options.site, options, options.readingOf ?? (() => null));
  return {
    report({ entry }) {
      const serial = serialOf(options, entry.subject);
      if (serial === null || !devices.has(serial)) return null;
      if (!saysStatus(entry)) return null;
      if (!raises(entry) && options.standing?.() === null) {
        throw new UplinkError('UPLINK-003', `uplink ${options.uplink}`, 'what stands is not known yet');
      }
      const write = (status: Status): string =>
        JSON.stringify(statusInfo(serial, install, status, figures(serial), entry));
      const now = (): string => {
        const remembered = known.see(serial, entry);
        return write(gravest([remembered.raised, standingStatus(options, serial) ?? remembered.all]));
      };
      return { ...jsonPart('/status_info', null), json: write(2), now };
    },
    telemetry: () => null,
    status: () => null,
    installs: () =>
      [...devices.values()].map((facts) => jsonPart('/Install_info', installInfo(facts, install, options))),
    accepts: saysSuccess,
  };
}

/** Table D.2. */
function statusInfo(serial: string, install: HttpInstall, status: Status, figures: DeviceFigures, entry: Entry) {
  return {
    company: companyOf(serial, install),
    serial,
    status,
    signalStrength: figures.signal,
    batteryPercentage: figures.batteryPercent,
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

/** Whether an entry changes what its device is in. */
function saysStatus({ kind, detail }: Entry): boolean {
  // Held until somebody resets it (GB/T 45839 5.4.2): its return is no all-clear.
  if (kind === 'alarm.returned') return detail['latched'] !== true;
  return statusKinds.has(kind);
}

function raises({ kind, detail }: Entry): boolean {
  return (
    kind === 'alarm.raised' || kind === 'alarm.confirmed' || (kind === 'alarm.counted' && detail['stands'] !== 'normal')
  );
}

/** By what stands now; null: nobody can be asked. What the centre is not told of does not count, unless it burns. */
function standingStatus({ standing, config: { tell }, ...reporting }: PresetOptions, serial: string): Status | null {
  const all = standing?.() ?? null;
  if (all === null) return null;
  const counts = ({ subject, class: own, is }: DeviceStanding): boolean => {
    if (serialOf(reporting, subject) !== serial) return false;
    const about = { zone: null, alarm: null } as const;
    return is === 'shielded'
      ? isTold(tell, { ...about, kind: 'service.changed', class: null, lane: 'fire' })
      : own === 'fire' || isTold(tell, { ...about, kind: 'alarm.raised', class: own, lane: 'journal' });
  };
  return gravest(all.filter(counts).map((each) => (each.is === 'shielded' ? 4 : gradeOf(each))));
}

function gradeOf({ class: own }: Pick<Entry, 'class'>): 2 | 3 {
  return own === 'fault' || own === 'technical' ? 3 : 2;
}

function gravest(all: readonly Status[]): Status {
  return gravity.find((status) => all.includes(status)) ?? 1;
}

class DeviceStates {
  readonly #states = new Map<string, DeviceState>();

  /** What the device is in after this entry, and what the entry itself raises: nothing when it was told after its end. */
  see(serial: string, entry: Entry): { readonly raised: Status; readonly all: Status } {
    const state = this.#stateOf(serial);
    const isRaising = raises(entry);
    if (entry.kind !== 'service.changed') (isRaising ? note : end)(state, entry);
    else if (entry.detail['to'] === 'in-service') state.shielded.delete(entry.subject);
    else state.shielded.add(entry.subject);
    return {
      raised: isRaising && !state.ended.has(keyOf(entry)) ? gradeOf(entry) : 1,
      all: gravest([...state.alarms.values(), state.shielded.size > 0 ? 4 : 1]),
    };
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
  alarms.set(keyOf(entry), gradeOf(entry));
}
