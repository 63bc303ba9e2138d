/** 1,000 points on ten Modbus lines for the memory bench: 84 energy meters, 20 detectors, and what the gateway watches of each. */
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';

const metersMax = 84;
const smokesMax = 20;
export const memoryLines = 10;
const headerBytes = 12;
const float230 = Buffer.from([0x43, 0x66, 0, 0]);

/** One server per line: each register pair of a meter is the float 230, each detector says that all is well. */
export async function startMeters(): Promise<{ readonly ports: readonly number[]; stop(): void }> {
  const servers = await Promise.all(Array.from({ length: memoryLines }, listen));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  return {
    ports,
    stop: () => {
      for (const server of servers) server.close();
    },
  };
}

function listen(): Promise<Server> {
  const server = createServer((socket) => {
    let rest: Buffer = Buffer.alloc(0);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (; rest.length >= headerBytes; rest = rest.subarray(headerBytes)) socket.write(replyTo(rest));
    });
  });
  server.unref();
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function replyTo(request: Buffer): Buffer {
  const code = request[7] ?? 0;
  // An order to a relay is answered with itself.
  if (code >= 5) return Buffer.from(request.subarray(0, headerBytes));
  const count = request.readUInt16BE(10);
  const bytes = code <= 2 ? Math.ceil(count / 8) : 2 * count;
  const reply = Buffer.alloc(9 + bytes);
  request.copy(reply, 0, 0, 8);
  reply.writeUInt16BE(3 + bytes, 4);
  reply[8] = bytes;
  if (code >= 3 && count > 1) for (let at = 9; at + 4 <= reply.length; at += 4) float230.copy(reply, at);
  return reply;
}

export interface MemorySite {
  readonly folder: string;
  readonly id: string;
  readonly lines: readonly number[];
  readonly broker: number;
  /** Null: no panel. */
  readonly panel: number | null;
}

/** Returns the site file. */
export function writeMemorySite({ folder, id, lines: ports, broker, panel }: MemorySite): string {
  const file = path.join(folder, 'gateway.yaml');
  const lines = ports.map(
    (port, i) =>
      `  - {id: line-${i}, transport: tcp, host: 127.0.0.1, port: ${port}, baud: 9600, timeout_ms: 500, fire_deadline_ms: 4100}`,
  );
  const device = (id: string, n: number, profile: string): string =>
    `  - {id: ${id}, profile: ${profile}, line: line-${n % memoryLines}, unit: ${1 + Math.floor(n / memoryLines)}, zone: hall, place: 正厅, allow_draft: true}`;
  const devices = [
    ...Array.from({ length: metersMax }, (_, n) => device(`meter-${n}`, n, 'sdm120')),
    ...Array.from({ length: smokesMax }, (_, n) => device(`smoke-${n}`, metersMax + 6 + n, 'generic-smoke-0010')),
  ];
  writeFileSync(
    file,
    `version: 1
site: {id: ${id}, district: test, name: {zh: 试验村, en: test village}}
data_dir: ./data
lines:
${lines.join('\n')}
zones:
  - {id: hall, name: {zh: 祠堂, en: hall}}
devices:
${devices.join('\n')}
  - {id: relay-1, profile: waveshare-relay8, line: line-9, unit: 30}
outputs:
  - {id: siren, name: {zh: 警铃, en: siren}, kind: siren, zone: hall, relay: {device: relay-1, channel: 1}, on_control_lost: keep_sounding}
plans:
  - {id: hall-fire, when: {class: fire, zones: [hall]}, sound: [siren]}
uplinks:
  - {id: district, kind: mqtt, url: "mqtt://127.0.0.1:${broker}", mqtt_version: 5, pace_per_s: 10000}
${panel === null ? '' : `panel: {listen: 127.0.0.1, port: ${panel}}\n`}`,
  );
  return file;
}
