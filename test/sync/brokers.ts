/** Real brokers for tests, and a clock on which ten seconds are one. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { Aedes } from 'aedes';
import mqtt from 'mqtt';
import { expect, onTestFinished } from 'vitest';
import type { Cancel, Clock } from '../../drivers/clock.js';
import { freePort } from '../free-port.js';
import { tempDir } from './rig.js';
import { messageFault } from './topic-schemas.js';

export { freePort } from '../free-port.js';

const mosquittoPlaces = [
  '/usr/sbin/mosquitto',
  '/usr/local/sbin/mosquitto',
  '/usr/bin/mosquitto',
  '/opt/homebrew/sbin/mosquitto',
];
export const mosquittoPath = mosquittoPlaces.find((path) => existsSync(path)) ?? null;
if (mosquittoPath === null && process.env['CI'] === 'true') throw new Error('mosquitto must be installed when CI=true');
if (mosquittoPath === null)
  console.warn('skipped: everything against a real Mosquitto (MQTT 5), which is not installed');

export class FastClock implements Clock {
  readonly #speed: number;

  constructor(speed = 10) {
    this.#speed = speed;
  }

  mono(): number {
    return performance.now() * this.#speed;
  }

  wall(): number {
    return Date.now();
  }

  trust(): 'trusted' {
    return 'trusted';
  }

  after(delayMs: number, run: () => void): Cancel {
    const timer = setTimeout(run, delayMs / this.#speed);
    return () => clearTimeout(timer);
  }

  exactly(atMono: number, run: () => void): Cancel {
    return this.after(atMono - this.mono(), run);
  }
}

export interface Broker {
  readonly url: string;
  readonly version: '5' | '3.1.1';
  stop(): Promise<void>;
}

/** Clients are let in while `lets()` is true; otherwise the CONNACK refuses them. They hear topics that `mayHear`. */
export async function startAedes(
  tcp = 0,
  lets: () => boolean = () => true,
  mayHear: (topic: string) => boolean = () => true,
): Promise<Broker & { cut(): void }> {
  const broker = await Aedes.createBroker({
    authorizeSubscribe: (_client, subscription, done) => done(null, mayHear(subscription.topic) ? subscription : null),
    authenticate: (_client, _name, _password, done) => {
      done(null, lets());
    },
  });
  const server: Server = createServer(broker.handle);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(tcp, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    cut();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    await new Promise<void>((resolve) => {
      broker.close(() => resolve());
    });
  };
  onTestFinished(stop);
  return { url: `mqtt://127.0.0.1:${port}`, version: '3.1.1', stop, cut };
}

/** @param passwords name and password that are let in; nobody else is then. */
export async function startMosquitto(tcp = 0, passwords: readonly [string, string] | null = null): Promise<Broker> {
  const dir = tempDir();
  const port = tcp === 0 ? await freePort() : tcp;
  const lines = [`listener ${port} 127.0.0.1`, 'max_packet_size 20000'];
  if (passwords === null) lines.push('allow_anonymous true');
  else lines.push(`password_file ${passwordFile(dir, [passwords])}`);
  const stop = await runMosquitto(dir, lines);
  onTestFinished(stop);
  return { url: `mqtt://127.0.0.1:${port}`, version: '5', stop };
}

/** A file with these names and passwords, as Mosquitto wants it. */
export function passwordFile(dir: string, passwords: readonly (readonly [string, string])[]): string {
  const file = join(dir, 'passwords');
  writeFileSync(file, passwords.map((pair) => `${pair.join(':')}\n`).join(''), { mode: 0o600 });
  execFileSync('mosquitto_passwd', ['-U', file]);
  return file;
}

/** Resolves with how to stop it, once it listens. */
export async function runMosquitto(dir: string, lines: readonly string[]): Promise<() => Promise<void>> {
  if (mosquittoPath === null) throw new Error('no mosquitto');
  const common = ['persistence false', 'log_dest stderr', ...(process.getuid?.() === 0 ? ['user root'] : [])];
  writeFileSync(join(dir, 'mosquitto.conf'), `${[...common, ...lines].join('\n')}\n`);
  const child = spawn(mosquittoPath, ['-c', join(dir, 'mosquitto.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(' running')) resolve();
    });
    child.once('exit', () => reject(new Error(said)));
  });
  return stop;
}

export interface Heard {
  readonly topic: string;
  readonly text: string;
  readonly isRetained: boolean;
}

/** A subscriber to everything. What it hears on topics of ours is as the schemas of sync/messages say, or the test fails. */
export async function listen({ url, version }: Broker, topics: string | string[] = 'gengfu/#'): Promise<Heard[]> {
  const heard: Heard[] = [];
  const faults: string[] = [];
  const client = await mqtt.connectAsync(url, { protocolVersion: version === '5' ? 5 : 4, reconnectPeriod: 0 });
  onTestFinished(() => {
    client.end(true);
    expect(faults).toEqual([]);
  });
  client.on('message', (from, payload, packet) => {
    heard.push({ topic: from, text: payload.toString(), isRetained: packet.retain });
    const fault = messageFault(from, payload);
    if (fault !== null) faults.push(fault);
  });
  await client.subscribeAsync(topics, { qos: 1 });
  return heard;
}

/** Says something to whoever listens there. */
export async function say(broker: Broker, topic: string, payload: string | Buffer, retain = false): Promise<void> {
  const client = await mqtt.connectAsync(broker.url, { protocolVersion: broker.version === '5' ? 5 : 4 });
  await client.publishAsync(topic, payload, { qos: 1, retain });
  await client.endAsync();
}
