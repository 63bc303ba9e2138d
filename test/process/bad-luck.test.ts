/** What can be wrong with a box on its first day: its files, its wires, its district, its disk. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Child, killAll } from './child.js';
import { missingPrograms } from './programs.js';
import {
  event,
  freePort,
  gateway,
  isEntry,
  mosquitto,
  observed,
  simulatedLine,
  subscriber,
  temporaryFolder,
  writeSmallSite,
} from './rig.js';

const fire = 'point:smoke-1/smoke';
const isFire = ({ event: { type, subject } }: { event: { type: string; subject: string } }): boolean =>
  type === 'gengfu.alarm.raised' && subject === fire;

let folder: ReturnType<typeof temporaryFolder>;
let tty: string;

beforeEach(() => {
  folder = temporaryFolder();
  tty = join(folder.path, 'village0');
});

afterEach(async () => {
  await killAll();
  folder.remove();
});

describe('a bad site file', () => {
  test.each([
    ['that can not be read', null, 'CONF-'],
    ['with two mistakes', 'version: 1\nsite: {id: A!, district: d, name: x}\nlinez: []\n', ':2:'],
  ])('%s: exit 2, the list of problems, nothing started', async (_, text, told) => {
    const file = join(folder.path, 'gateway.yaml');
    if (text !== null) writeFileSync(file, text);
    const child = new Child('gengfu', process.execPath, [resolve('dist/gateway/cli/gengfu.js'), 'run', '-c', file]);
    expect(await child.exited).toBe(2);
    expect(child.errors.join('\n')).toContain(told);
    expect(child.errors.length).toBeGreaterThan(1);
    expect(existsSync(join(folder.path, 'data'))).toBe(false);
  });
});

describe.skipIf(missingPrograms('socat', 'mosquitto', 'mosquitto_sub'))('bad luck', () => {
  test('a serial path that is missing is a fault of that line; the rest runs, and the line joins when it is there', async () => {
    const brokerPort = await freePort();
    await mosquitto(folder.path, brokerPort);
    const otherTty = join(folder.path, 'village1');
    const siteFile = writeSmallSite(folder.path, { tty, otherTty, brokerPort });
    const village = await simulatedLine(siteFile, tty);
    const gengfu = gateway(siteFile);
    const fault = await observed(gengfu, isEntry('alarm.raised', 'fault:line:other'));
    expect(fault.entry?.detail['code']).toBe('LINK-001');
    village.say('set smoke-1/smoke alarm');
    await village.line((line) => line === 'output siren on');
    await simulatedLine(siteFile, otherTty, 'other');
    await observed(gengfu, isEntry('alarm.returned', 'fault:line:other'));
  });

  test('a broker that is missing at start is a fault; what happened meanwhile is delivered when it comes', async () => {
    const brokerPort = await freePort();
    const siteFile = writeSmallSite(folder.path, { tty, brokerPort });
    const village = await simulatedLine(siteFile, tty);
    const gengfu = gateway(siteFile);
    await observed(gengfu, isEntry('alarm.raised', 'fault:uplink:district'));
    village.say('set smoke-1/smoke alarm');
    await village.line((line) => line === 'output siren on');
    const raised = await observed(gengfu, isEntry('alarm.raised', fire));
    const broker = await mosquitto(folder.path, brokerPort);
    const district = await subscriber(broker, brokerPort);
    expect((await event(district, isFire)).event.id).toBe(raised.entry?.id);
    await observed(gengfu, ({ kind }) => kind === 'uplink.up');
  }, 40_000);

  test('a journal that is not ours is never touched; the gateway watches on in memory and the fire is told', async () => {
    const brokerPort = await freePort();
    const district = await subscriber(await mosquitto(folder.path, brokerPort), brokerPort);
    const siteFile = writeSmallSite(folder.path, { tty, brokerPort });
    const journal = join(folder.path, 'data', 'journal.db');
    mkdirSync(join(folder.path, 'data'));
    writeFileSync(journal, Buffer.alloc(8192, 0x5a));
    const before = hashOf(journal);
    const village = await simulatedLine(siteFile, tty);
    const gengfu = gateway(siteFile);
    await observed(gengfu, isEntry('alarm.raised', 'fault:journal:main'));
    village.say('set smoke-1/smoke alarm');
    await village.line((line) => line === 'output siren on');
    expect((await event(district, isFire)).event.data['durable']).toBe(false);
    gengfu.kill('SIGTERM');
    expect(await gengfu.exited).toBe(0);
    expect(hashOf(journal)).toBe(before);
  });

  test('a journal that is removed while it is watched into is a fault, and the fire is durable in a new one', async () => {
    const brokerPort = await freePort();
    const district = await subscriber(await mosquitto(folder.path, brokerPort), brokerPort);
    const siteFile = writeSmallSite(folder.path, { tty, brokerPort });
    const village = await simulatedLine(siteFile, tty);
    const gengfu = gateway(siteFile);
    await observed(gengfu, ({ kind }) => kind === 'site.scanned');
    await observed(gengfu, ({ kind }) => kind === 'uplink.up');
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder.path, 'data', `journal.db${end}`), { force: true });
    village.say('set smoke-1/smoke alarm');
    await village.line((line) => line === 'output siren on');
    expect((await event(district, isFire)).event.data['durable']).toBe(true);
    await observed(gengfu, isEntry('alarm.raised', 'fault:journal:main'));
  });

  test.skipIf(!canMount())(
    'a full disk: the siren sounds and the fire is at the broker within 10 s, not durable',
    async () => {
      const brokerPort = await freePort();
      const district = await subscriber(await mosquitto(folder.path, brokerPort), brokerPort);
      const siteFile = writeSmallSite(folder.path, { tty, brokerPort });
      const dataDir = join(folder.path, 'data');
      mkdirSync(dataDir);
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', dataDir]).status).toBe(0);
      try {
        const village = await simulatedLine(siteFile, tty);
        const gengfu = gateway(siteFile);
        await observed(gengfu, ({ kind }) => kind === 'site.scanned');
        await observed(gengfu, ({ kind }) => kind === 'uplink.up');
        fillDisk(dataDir);
        const began = performance.now();
        village.say('set smoke-1/smoke alarm');
        await village.line((line) => line === 'output siren on', 2_000);
        expect((await event(district, isFire)).event.data['durable']).toBe(false);
        expect(performance.now() - began).toBeLessThan(10_000);
        const fault = await observed(gengfu, isEntry('alarm.raised', 'fault:journal:main'));
        expect(fault.entry?.detail['code']).toBe('STORE-003');
        gengfu.kill('SIGTERM');
        expect(await gengfu.exited).toBe(0);
      } finally {
        await killAll();
        spawnSync('umount', [dataDir]);
      }
    },
  );
});

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Leaves not one free block behind. */
function fillDisk(dataDir: string): void {
  spawnSync('dd', ['if=/dev/zero', `of=${join(dataDir, 'ballast')}`, 'bs=4096', 'count=1000'], { stdio: 'ignore' });
}

/** Only root may mount; CI runs as root and must be able to. */
function canMount(): boolean {
  if (process.getuid?.() === 0) return true;
  if (process.env['CI'] === 'true') throw new Error('CI must run as root: a test mounts a small tmpfs');
  process.stderr.write('left out, only root may mount: the full-disk test\n');
  return false;
}
