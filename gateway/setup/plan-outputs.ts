/** What sounds: as a person said, or the first relay that was found. Pure. */
import { switchedChannels } from '../../config/channel-row.js';
import type { FilePlace, Problem } from '../../config/problem.js';
import type { WordsYaml } from '../../config/site-schema.js';
import type { YamlPath } from '../../config/yaml-document.js';
import type { SounderAnswer } from './answers-schema.js';
import { freeId } from './line-names.js';
import type { PlannedDevice, PlannedOutput, PlannedZone } from './planned-site.js';
import { setupProblem } from './setup-problems.js';
import type { Profiles } from './weigh-unit.js';
import { zoneList } from './zone-by-name.js';

/** A relay module that was found. */
export interface FoundRelay {
  readonly device: string;
  readonly channels: number;
}

export interface PlannedOutputs {
  readonly outputs: readonly PlannedOutput[];
  readonly problems: readonly Problem[];
}

export function foundRelays(devices: readonly PlannedDevice[], profiles: Profiles): readonly FoundRelay[] {
  return devices.flatMap(({ id, profile }) => {
    const found = profiles.get(profile);
    const channels = found === undefined ? 0 : switchedChannels(found);
    return channels === 0 ? [] : [{ device: id, channels }];
  });
}

/** Relay modules go before modules of inputs that can switch as well. */
export function usualRelay(devices: readonly PlannedDevice[], profiles: Profiles): FoundRelay | null {
  const relays = foundRelays(devices, profiles);
  return relays.find(({ device }) => device.startsWith('relay')) ?? relays[0] ?? null;
}

/** `sounders`: null where nobody has said anything. */
export function planOutputs(
  sounders: readonly SounderAnswer[] | null,
  zones: readonly PlannedZone[],
  devices: readonly PlannedDevice[],
  profiles: Profiles,
  placeOf: (path: YamlPath) => FilePlace | null,
): PlannedOutputs {
  const usual = usualRelay(devices, profiles);
  const given: readonly SounderAnswer[] =
    sounders ?? (usual === null ? [] : [{ relay: { device: usual.device, channel: 1 } }]);
  const relays = foundRelays(devices, profiles);
  const problems: Problem[] = [];
  const taken = new Set<string>();
  const outputs = given.flatMap((sounder, index): PlannedOutput[] => {
    const wrong = problemOf(sounder, index, zones, relays, placeOf);
    if (wrong !== null) {
      problems.push(wrong);
      return [];
    }
    const target = targetOf(sounder);
    if (target === null) return [];
    const zone = sounder.zone ?? null;
    const id = freeId(sounder.id ?? `siren-${zone ?? 'village'}`.slice(0, 40), taken);
    taken.add(id);
    return [{ id, name: sounder.name ?? nameOf(zones.find((each) => each.id === zone) ?? null), zone, target }];
  });
  return { outputs, problems };
}

function problemOf(
  { relay, gpio, zone }: SounderAnswer,
  index: number,
  zones: readonly PlannedZone[],
  relays: readonly FoundRelay[],
  placeOf: (path: YamlPath) => FilePlace | null,
): Problem | null {
  const where = `sounders[${index}]`;
  const at = (...keys: readonly string[]): FilePlace | null => placeOf(['sounders', index, ...keys]);
  const known = relays.map(({ device, channels }) => `${device}:1…${channels}`).join(', ');
  if ((relay === undefined) === (gpio === undefined)) {
    return setupProblem('SETUP-012', at(), where, { zh: 'relay 或 gpio', en: 'relay or gpio' });
  }
  if (relay !== undefined) {
    const found = relays.find(({ device }) => device === relay.device);
    if (found === undefined || relay.channel > found.channels) {
      return setupProblem('SETUP-018', at('relay'), `${where}.relay`, known, `${relay.device}:${relay.channel}`);
    }
  }
  if (zone === undefined || zones.some(({ id }) => id === zone)) return null;
  const named = zones.map(({ id, name }) => ({ id, name: name ?? undefined }));
  return setupProblem('SETUP-015', at('zone'), `${where}.zone`, zoneList(named), zone);
}

function targetOf({ relay, gpio }: SounderAnswer): PlannedOutput['target'] | null {
  if (relay !== undefined) return { kind: 'relay', ...relay };
  return gpio === undefined ? null : { kind: 'gpio', pin: gpio.pin, activeLow: gpio.active_low ?? false };
}

function nameOf(zone: PlannedZone | null): WordsYaml {
  if (zone === null) return { zh: '警铃', en: 'siren' };
  const { id, name } = zone;
  const { zh, en } = name === null ? { zh: id, en: id } : typeof name === 'string' ? { zh: name, en: name } : name;
  return { zh: `${zh}警铃`, en: `${en} siren` };
}
