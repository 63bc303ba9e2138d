/** A site file that tells four centres on this machine, and nobody else. */
import { parse, stringify } from 'yaml';
import { z } from 'zod';

/** Where a gateway finds them. */
export interface UplinkPlaces {
  readonly brokerUrl: string;
  readonly gbPort: number;
  readonly httpUrl: string;
  readonly modemPath: string;
}

/** Their ids, and what each speaks. */
export const uplinkWays = ['mqtt', 'gb26875', 'http', 'sms'] as const;
export type UplinkWay = (typeof uplinkWays)[number];

const loopback = '127.0.0.1';
const site = z.looseObject({ uplinks: z.array(z.unknown()).default([]) });

/** YAML in, YAML out. Throws for a text that is no site file. The embedded broker knows no other MQTT than 3.1.1. */
export function withAllUplinks(text: string, places: UplinkPlaces): string {
  const { brokerUrl, gbPort, httpUrl, modemPath } = places;
  return stringify({
    ...site.parse(parse(text)),
    uplinks: [
      { id: 'mqtt', kind: 'mqtt', url: brokerUrl, mqtt_version: '3.1.1' },
      { id: 'gb26875', kind: 'gb26875', host: loopback, port: gbPort, preset: 'heartbeat', address: 'b90b00000000' },
      { id: 'http', kind: 'http', url: httpUrl },
      { id: 'sms', kind: 'sms', port: modemPath, recipients: [{ id: 'duty', number: '+8613800138000' }] },
    ],
  });
}
