/** The simulated units behind a real socket of this machine. */
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SystemClock } from '../../drivers/clock.js';
import { GenericSmoke } from '../../hardware-sim/modbus/generic-smoke.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { MbapServer } from '../../hardware-sim/net/mbap-server.js';
import { type RunningTcpServer, startTcpServer } from '../../hardware-sim/net/tcp-server.js';
import { bytes, hex } from './bytes.js';

const request = '00 01 00 00 00 06 01 03 00 10 00 01';
const reply = '00 01 00 00 00 05 01 03 02 00 00';

let running: RunningTcpServer;
const sockets: Socket[] = [];

beforeEach(async () => {
  const server = new MbapServer(new SystemClock());
  server.attach(new SimUnit({ address: 1, model: new GenericSmoke(), turnaroundMs: 1 }));
  running = await startTcpServer({ server, port: 0 });
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await running.stop();
});

async function client(): Promise<Socket> {
  const socket = connect(running.port, running.host);
  socket.on('error', () => undefined);
  sockets.push(socket);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return socket;
}

function ask(socket: Socket, text: string): Promise<string> {
  socket.write(bytes(text));
  return new Promise((resolve) => socket.once('data', (raw: Buffer) => resolve(hex(raw))));
}

function gone(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

it('answers several clients, on this machine only', async () => {
  expect(running.host).toBe('127.0.0.1');
  const [first, second] = [await client(), await client()];
  expect(await Promise.all([ask(first, request), ask(second, request)])).toEqual([reply, reply]);
});

it('survives hostile bytes: who sends them is cut off, the others are served', async () => {
  const [hostile, honest] = [await client(), await client()];
  const cutOff = gone(hostile);
  hostile.resume();
  hostile.write(new Uint8Array(100_000).fill(0xff));
  await cutOff;
  expect(await ask(honest, request)).toBe(reply);
});

it('cut it is deaf; mended it resets its clients, and the next one is served', async () => {
  const socket = await client();
  expect(await ask(socket, request)).toBe(reply);
  const cutOff = gone(socket);
  running.setCut(true);
  running.setCut(false);
  await cutOff;
  expect(await ask(await client(), request)).toBe(reply);
});

it('a port that somebody else has is refused with the reason of the system', async () => {
  const server = new MbapServer(new SystemClock());
  await expect(startTcpServer({ server, port: running.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
