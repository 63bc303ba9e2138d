/** `gengfu status|acknowledge|silence|reset|take-out|put-back` on a running gateway: the only keys of a box without keys. */

import { statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Child, killAll } from './child.js';
import { missingPrograms } from './programs.js';
import { freePort, gateway, isEntry, observed, simulatedLine, temporaryFolder, writeSmallSite } from './rig.js';

const fire = 'point:smoke-1/smoke';
/** Nine programs are started, on a computer that does other things besides. */
const testMaxMs = 60_000;

describe.skipIf(missingPrograms('socat'))('the control socket', () => {
  const folder = temporaryFolder();
  afterEach(async () => {
    await killAll();
    folder.remove();
  });

  test(
    'silences and resets what is there, names what is still in alarm, and takes nothing hostile',
    async () => {
      const tty = join(folder.path, 'village0');
      const siteFile = writeSmallSite(folder.path, { tty, brokerPort: await freePort() });
      const gengfu = async (
        ...args: readonly string[]
      ): Promise<{ readonly status: number | null; readonly out: string }> => {
        const cli = resolve('dist/gateway/cli/gengfu.js');
        const child = new Child('gengfu', process.execPath, [cli, ...args, '--config', siteFile, '--lang', 'en']);
        return { status: await child.exited, out: [...child.lines, ...child.errors].join('\n') };
      };
      expect((await gengfu('status')).status).toBe(4);
      const village = await simulatedLine(siteFile, tty);
      const running = gateway(siteFile);
      await observed(running, ({ kind }) => kind === 'site.scanned');
      village.say('set smoke-1/smoke alarm');
      await village.line((line) => line === 'output siren on');
      expect((await gengfu('status')).out).toContain('FIRE');
      expect((await gengfu('silence')).status).toBe(0);
      await village.line((line) => line === 'output siren off');
      expect(await gengfu('reset')).toMatchObject({ status: 1, out: expect.stringContaining('still in alarm: ') });
      village.say('set smoke-1/smoke normal');
      await observed(running, isEntry('alarm.returned', fire));
      expect((await gengfu('reset')).status).toBe(0);
      await observed(running, isEntry('alarm.reset', fire));

      expect((await gengfu('take-out', 'smoke-1', '--for', '2h')).status).toBe(0);
      expect((await gengfu('status')).out).toContain('out of service: ');
      village.say('set smoke-1/smoke alarm');
      await observed(running, isEntry('alarm.raised', fire));

      const socketPath = join(folder.path, 'data', 'control.sock');
      expect(statSync(socketPath).mode & 0o077).toBe(0);
      expect(await say(socketPath, 'nonsense\n')).toEqual({ error: 'not JSON' });
      expect(await say(socketPath, '{"ask":"reset"}\n')).toEqual({ error: 'not a request' });
      const stale = { ask: 'silence', boot: 'another', order: 9, user: 'x' };
      expect(await say(socketPath, `${JSON.stringify(stale)}\n`)).toMatchObject({
        accepted: false,
        reason: 'stale-view',
      });
      const serve = (ask: string, subject: string) =>
        say(socketPath, `${JSON.stringify({ ask, subjects: [subject], forMs: 60_000, user: 'x' })}\n`);
      expect(await serve('shelved', 'smoke-1')).toMatchObject({ accepted: false, reason: 'fire-not-shelvable' });
      expect(await serve('out-of-service', 'smoke-9')).toMatchObject({ accepted: false, reason: 'unknown-subject' });
      const sounded = (): number => village.lines.filter((line) => line === 'output siren on').length;
      expect(sounded()).toBe(1);
      const touched = expect.arrayContaining([fire]);
      expect(await serve('in-service', 'smoke-1')).toMatchObject({ accepted: true, touched });
      // It was raised out of service: nobody has heard it yet.
      await village.line(() => sounded() === 2);
    },
    testMaxMs,
  );
});

function say(path: string, text: string): Promise<unknown> {
  return new Promise((done, fail) => {
    const socket = createConnection(path);
    let answer = '';
    socket.on('error', fail);
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('utf8');
    });
    socket.on('end', () => done(JSON.parse(answer)));
    socket.write(text);
  });
}
