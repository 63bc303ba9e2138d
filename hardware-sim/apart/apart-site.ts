/**
 * A site file of the examples, changed so that a gateway in a process of its own finds the simulated village: lines and horns on
 * pseudo-terminals, servers on ports of this machine, the embedded broker. No process can reach the pins of another one, so whatever
 * hangs at a pin moves to modules on one more line; ids of points and outputs stay.
 */
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { knownKey } from '../forged-order.js';

export interface ApartPlaces {
  /** Where links, data and the site file itself are. */
  readonly folder: string;
  /** Ports on 127.0.0.1 by line; a line that is not in it keeps its own. */
  readonly ports: ReadonlyMap<string, number>;
  /** Of uplinks over MQTT; what speaks something else stays as it is. */
  readonly brokerUrl: string;
  /** Our own broker knows no other than 3.1.1. */
  readonly mqttVersion: '3.1.1' | '5';
  /** True: the district may order something (with the key of forged-order.ts). */
  readonly takesOrders: boolean;
}

const item = z.looseObject({ id: z.string() });
const siteShape = z.looseObject({
  data_dir: z.string().optional(),
  lines: z.array(item.extend({ transport: z.string().default('serial') })),
  devices: z.array(item.extend({ input: z.looseObject({ gpio: z.number().optional() }).optional() })),
  outputs: z.array(item.extend({ kind: z.string(), gpio: z.looseObject({ pin: z.number() }).optional() })).default([]),
  speakers: z.array(item.extend({ player: z.looseObject({ path: z.string().optional() }) })).default([]),
  uplinks: z.array(z.looseObject({ kind: z.string() })).default([]),
});
type Site = z.infer<typeof siteShape>;

const pinLine = 'sim-pins';
const channels = 8;
const firstInputUnit = 1;
const firstRelayUnit = 101;

export function linkOf(folder: string, what: 'line' | 'horn', id: string): string {
  return join(folder, `${what}-${id}`);
}

/** YAML in, YAML out. Throws for a text that is no site file. */
export function siteApart(text: string, places: ApartPlaces): string {
  const site = withoutPins(siteShape.parse(parse(text)));
  const { folder, ports, brokerUrl, mqttVersion, takesOrders } = places;
  return stringify({
    ...site,
    data_dir: join(folder, 'data'),
    lines: site.lines.map((line) => {
      if (line.transport === 'serial') return { ...line, path: linkOf(folder, 'line', line.id) };
      const port = ports.get(line.id);
      return port === undefined ? line : { ...line, host: '127.0.0.1', port };
    }),
    speakers: site.speakers.map((speaker) => {
      const { player } = speaker;
      return player.path === undefined
        ? speaker
        : { ...speaker, player: { ...player, path: linkOf(folder, 'horn', speaker.id) } };
    }),
    uplinks: site.uplinks.map((uplink) =>
      uplink.kind !== 'mqtt'
        ? uplink
        : { ...uplink, url: brokerUrl, mqtt_version: mqttVersion, ...(takesOrders ? { commands: true } : {}) },
    ),
    ...(takesOrders ? { command_keys: [knownKey] } : {}),
  });
}

/** The file without pins: inputs at input modules, outputs at relays, all on a line of their own. */
function withoutPins({ gpio: _, ...site }: Site & { readonly gpio?: unknown }): Site {
  const inputs = site.devices.filter(({ input }) => input?.gpio !== undefined).map(({ id }) => id);
  // A heartbeat is a pin that nobody but a watchdog looks at.
  const kept = site.outputs.filter(({ kind, gpio }) => gpio === undefined || kind !== 'heartbeat');
  const relays = kept.filter(({ gpio }) => gpio !== undefined).map(({ id }) => id);
  if (inputs.length + relays.length === 0) return { ...site, outputs: kept };
  const module = (profile: string, unit: number) => ({ id: `${pinLine}-${unit}`, profile, line: pinLine, unit });
  const modules = (profile: string, first: number, count: number) =>
    Array.from({ length: Math.ceil(count / channels) }, (_, i) => module(profile, first + i));
  const placeOf = (at: number, first: number) => ({
    device: `${pinLine}-${first + Math.floor(at / channels)}`,
    channel: (at % channels) + 1,
  });
  return {
    ...site,
    lines: [...site.lines, { id: pinLine, transport: 'serial', baud: 9600 }],
    devices: [
      ...site.devices.map((device) => {
        const at = inputs.indexOf(device.id);
        return at < 0 ? device : { ...device, input: placeOf(at, firstInputUnit) };
      }),
      ...modules('n4d8b08', firstInputUnit, inputs.length),
      ...modules('waveshare-relay8', firstRelayUnit, relays.length),
    ],
    outputs: kept.map(({ gpio, ...output }) =>
      gpio === undefined
        ? output
        : // A relay holds when the program ends.
          { ...output, relay: placeOf(relays.indexOf(output.id), firstRelayUnit), on_control_lost: 'keep_sounding' },
    ),
  };
}
