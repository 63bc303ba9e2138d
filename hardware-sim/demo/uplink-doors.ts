/**
 * Four ways to a centre for one demo: beside the embedded MQTT broker a centre of GB/T 26875.3, a platform that takes JSON over HTTP, and a
 * modem on a pseudo-terminal. All on this machine.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { Clock } from '../../drivers/clock.js';
import { GbCentre } from '../centre26875/gb-centre.js';
import { SimAtModem } from '../modem/sim-at-modem.js';
import { startTcpServer } from '../net/tcp-server.js';
import { openPty, type PtyFailure } from '../socat-pty.js';

export interface UplinkDoors {
  readonly centre: GbCentre;
  readonly modem: SimAtModem;
  /** Bodies that the platform took, the newest 1,000. */
  readonly posted: readonly string[];
  readonly places: UplinkPlaces;
  stop(): Promise<void>;
}

/** Where a gateway finds them. */
export interface UplinkPlaces {
  readonly brokerUrl: string;
  readonly gbPort: number;
  readonly httpUrl: string;
  readonly modemPath: string;
}

const loopback = '127.0.0.1';
const postedMax = 1_000;
const bodyMaxBytes = 1_000_000;

export async function openUplinkDoors(
  clock: Clock,
  folder: string,
  brokerUrl: string,
): Promise<UplinkDoors | PtyFailure> {
  const centre = new GbCentre({ clock, preset: 'heartbeat' });
  const modem = new SimAtModem({ clock });
  const modemPath = join(folder, 'modem');
  const pty = await openPty(modemPath, clock, { onBytes: (bytes) => modem.hear(bytes), onGone: () => undefined });
  if (typeof pty === 'string') return pty;
  modem.start((bytes) => pty.write(bytes));
  const gb = await startTcpServer({ server: centre, port: 0 });
  const platform = await openPlatform();
  return {
    ...{ centre, modem, posted: platform.posted },
    places: { brokerUrl, gbPort: gb.port, httpUrl: platform.url, modemPath },
    stop: async () => {
      await Promise.all([gb.stop(), platform.stop(), pty.stop()]);
    },
  };
}

/** Takes whatever is posted, and says so as the presets understand it: 200 and a body that means success to each. */
async function openPlatform(): Promise<{ readonly posted: string[]; readonly url: string; stop(): Promise<void> }> {
  const posted: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => {
      if (body.length + piece.length > bodyMaxBytes) request.destroy();
      else body += piece;
    });
    request.on('error', () => undefined);
    request.on('end', () => {
      posted.push(body);
      if (posted.length > postedMax) posted.shift();
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"code":200,"success":true,"message":"ok"}');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, loopback, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...{ posted, url: `http://${loopback}:${port}/fire` },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const site = z.looseObject({ uplinks: z.array(z.unknown()).default([]) });

/** A site file that tells all four, and nobody else. YAML in, YAML out. */
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
