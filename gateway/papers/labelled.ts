/** What a label can stand on: units and gauges, contacts, sirens, lamps and loudspeakers. Pure. */
import type { DeviceProfile } from '../../config/profile-schema.js';
import type { SiteYaml } from '../../config/site-schema.js';
import type { Words } from '../../config/vocabulary.js';

export interface Labelled {
  readonly id: string;
  readonly kind: 'device' | 'output' | 'speaker';
  readonly name: Words;
  readonly place: Words | null;
  readonly zone: Words | null;
  /** Where it is wired: `east 3`, `io-1/4`, `GPIO17`. */
  readonly wired: Words | null;
}

export function labelled(site: SiteYaml, profiles: ReadonlyMap<string, DeviceProfile>): readonly Labelled[] {
  const zoneOf = (id: string | undefined): Words | null => {
    const zone = site.zones.find((each) => each.id === id);
    return zone === undefined ? null : wordsOf(zone.name, zone.id);
  };
  const devices = site.devices.map((device): Labelled => {
    const profile = profiles.get(device.profile)?.names;
    return {
      ...{ id: device.id, kind: 'device', zone: zoneOf(device.zone) },
      name: device.name === undefined ? (profile ?? wordsOf(undefined, device.id)) : wordsOf(device.name, device.id),
      place: device.place === undefined ? null : wordsOf(device.place, ''),
      wired: wiredOf(device),
    };
  });
  const outputs = site.outputs.map(
    (output): Labelled => ({
      ...{ id: output.id, kind: 'output', zone: zoneOf(output.zone), place: null },
      name: wordsOf(output.name, output.id),
      wired: wiredOf({ input: output.relay, gpio: output.gpio?.pin }),
    }),
  );
  const speakers = site.speakers.map(
    (speaker): Labelled => ({
      ...{ id: speaker.id, kind: 'speaker', zone: zoneOf(speaker.zone), place: null, wired: null },
      name: wordsOf(speaker.name, speaker.id),
    }),
  );
  return [...devices, ...outputs, ...speakers];
}

interface Wired {
  readonly line?: string | undefined;
  readonly unit?: number | undefined;
  readonly input?:
    | {
        readonly device?: string | undefined;
        readonly channel?: number | undefined;
        readonly gpio?: number | undefined;
      }
    | undefined;
  readonly gpio?: number | undefined;
}

function wiredOf({ line, unit, input, gpio = input?.gpio }: Wired): Words | null {
  if (gpio !== undefined) return both(`GPIO${gpio}`, `GPIO${gpio}`);
  if (input?.device !== undefined)
    return both(`${input.device} 第 ${input.channel} 路`, `${input.device} channel ${input.channel}`);
  if (line === undefined) return null;
  return unit === undefined ? both(line, line) : both(`${line} 地址 ${unit}`, `${line} address ${unit}`);
}

/** A text without a language is the same in both. */
export function wordsOf(written: string | Words | undefined, otherwise: string): Words {
  if (written === undefined) return both(otherwise, otherwise);
  return typeof written === 'string' ? both(written, written) : written;
}

function both(zh: string, en: string): Words {
  return { zh, en };
}
