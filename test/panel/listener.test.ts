/** Where the panel listens: what is taken, what comes back, and the door that is always the box's own. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, it, onTestFinished } from 'vitest';
import { Listener } from '../../gateway/panel/server/listener.js';
import { freePort } from '../free-port.js';
import { panelRig } from './server-rig.js';

const retryMs = 10_000;
const soon = { interval: 2, timeout: 30_000 };
/** Of this computer on a network; none: what is about it is left out. */
const lan = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

async function listenerRig() {
  const rig = panelRig();
  await rig.app.ready();
  const port = await freePort();
  const told: string[] = [];
  const listener = new Listener({
    ...{ server: rig.app.server, clock: rig.clock, port, isTls: false },
    onListening: (url) => told.push(url.replace(String(port), 'PORT')),
    onRefused: ({ en }, isServedHere) =>
      told.push(`${/at (\S+) /.exec(en)?.[1]?.replace(String(port), 'PORT')} ${isServedHere}`),
  });
  onTestFinished(async () => {
    await listener.close();
    await rig.stop();
  });
  const isServed = (host: string): Promise<boolean> =>
    fetch(`http://${host}:${port}/`).then(
      ({ status }) => status === 200,
      () => false,
    );
  const taken = async (host: string): Promise<Server> => {
    const server = createServer((socket) => socket.destroy()).listen(port, host);
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return server;
  };
  return { rig, listener, told, isServed, taken };
}

it('serves its own screen while the wanted address is taken, and the network as soon as it is free', async () => {
  const { rig, listener, told, isServed, taken } = await listenerRig();
  const other = await taken('127.0.0.2');
  const { pending } = rig.clock;
  await listener.listen('0.0.0.0');
  expect(told.splice(0)).toEqual(['http://127.0.0.1:PORT/', '0.0.0.0:PORT true']);
  expect(await isServed('127.0.0.1')).toBe(true);
  await rig.clock.advance(retryMs);
  await expect.poll(() => told.length, soon).toBe(2);
  other.close();
  await rig.clock.advance(retryMs);
  await expect.poll(() => told.length, soon).toBe(3);
  expect(told[2]).toMatch(/^http:\/\/[\d.]+:PORT\/$/);
  expect([await isServed('127.0.0.1'), await isServed('127.0.0.3')]).toEqual([true, true]);
  // It tries no more.
  expect(rig.clock.pending).toBe(pending);
});

it('says so when nothing at all can be had', async () => {
  const { listener, told, taken } = await listenerRig();
  await taken('127.0.0.1');
  await listener.listen('0.0.0.0');
  expect(told).toEqual(['0.0.0.0:PORT false']);
});

it.skipIf(lan === undefined)(
  'at one address of the network hears its own screen by a second door, and says when it does not',
  async () => {
    const { rig, listener, told, isServed, taken } = await listenerRig();
    const bind = lan ?? '';
    const other = await taken('127.0.0.1');
    await listener.listen(bind);
    expect(told.splice(0)).toEqual([`http://${bind}:PORT/`, '127.0.0.1:PORT true']);
    expect(await isServed(bind)).toBe(true);
    other.close();
    await rig.clock.advance(retryMs);
    await expect.poll(() => told, soon).toEqual([`http://${bind}:PORT/`]);
    expect([await isServed(bind), await isServed('127.0.0.1')]).toEqual([true, true]);
    // The other way round: back on the box alone, the network hears nothing.
    await listener.listen('127.0.0.1');
    expect([await isServed(bind), await isServed('127.0.0.1')]).toEqual([false, true]);
  },
);

it('does not fall when a connection can not be taken', async () => {
  const { rig, listener, isServed } = await listenerRig();
  await listener.listen('127.0.0.1');
  rig.app.server.emit('error', Object.assign(new Error('accept'), { code: 'EMFILE' }));
  expect(await isServed('127.0.0.1')).toBe(true);
});
