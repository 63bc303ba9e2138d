/** Real brokers for tests, and a clock on which ten seconds are one. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { Aedes } from 'aedes';
import mqtt from 'mqtt';
import { onTestFinished } from 'vitest';
import type { Cancel, Clock } from '../../drivers/clock.js';
import { tempDir } from './rig.js';

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
  readonly #speed = 10;

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

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Clients are let in while `lets()` is true; otherwise the CONNACK refuses them. */
export async function startAedes(tcp = 0, lets: () => boolean = () => true): Promise<Broker> {
  const broker = await Aedes.createBroker({
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
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    await new Promise<void>((resolve) => {
      broker.close(() => resolve());
    });
  };
  onTestFinished(stop);
  return { url: `mqtt://127.0.0.1:${port}`, version: '3.1.1', stop };
}

/** @param passwords name and password that are let in; nobody else is then. */
export async function startMosquitto(tcp = 0, passwords: readonly [string, string] | null = null): Promise<Broker> {
  if (mosquittoPath === null) throw new Error('no mosquitto');
  const dir = tempDir();
  const port = tcp === 0 ? await freePort() : tcp;
  const lines = [`listener ${port} 127.0.0.1`, 'max_packet_size 20000', 'persistence false', 'log_dest stderr'];
  if (process.getuid?.() === 0) lines.push('user root');
  if (passwords === null) lines.push('allow_anonymous true');
  else {
    writeFileSync(join(dir, 'passwords'), `${passwords.join(':')}\n`, { mode: 0o600 });
    execFileSync('mosquitto_passwd', ['-U', join(dir, 'passwords')]);
    lines.push(`password_file ${join(dir, 'passwords')}`);
  }
  writeFileSync(join(dir, 'mosquitto.conf'), `${lines.join('\n')}\n`);
  const child = spawn(mosquittoPath, ['-c', join(dir, 'mosquitto.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(stop);
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(' running')) resolve();
    });
    child.once('exit', () => reject(new Error(said)));
  });
  return { url: `mqtt://127.0.0.1:${port}`, version: '5', stop };
}

export interface Heard {
  readonly topic: string;
  readonly text: string;
  readonly isRetained: boolean;
}

/** A subscriber to everything. */
export async function listen(broker: Broker, login: readonly [string, string] | null = null): Promise<Heard[]> {
  const heard: Heard[] = [];
  const client = await mqtt.connectAsync(broker.url, {
    protocolVersion: broker.version === '5' ? 5 : 4,
    ...(login === null ? {} : { username: login[0], password: login[1] }),
    reconnectPeriod: 0,
  });
  onTestFinished(() => void client.end(true));
  client.on('message', (topic, payload, packet) => {
    heard.push({ topic, text: payload.toString(), isRetained: packet.retain });
  });
  await client.subscribeAsync('gengfu/#', { qos: 1 });
  return heard;
}
