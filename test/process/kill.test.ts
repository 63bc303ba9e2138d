/** kill -9 between the steps of design.md §3; the siren is a relay in a process of its own, so it outlives the gateway. */
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Child, killAll, waitMaxMs } from './child.js';
import { missingPrograms } from './programs.js';
import {
  event,
  freePort,
  gateway,
  isEntry,
  mosquitto,
  observed,
  seenEvents,
  simulatedLine,
  subscriber,
  temporaryFolder,
  writeSmallSite,
} from './rig.js';

const fire = 'point:smoke-1/smoke';

describe.skipIf(missingPrograms('socat', 'mosquitto', 'mosquitto_sub'))('kill -9', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let siteFile: string;
  let village: Child;
  let district: Child;

  beforeEach(async () => {
    folder = temporaryFolder();
    const brokerPort = await freePort();
    const broker = await mosquitto(folder.path, brokerPort);
    district = await subscriber(broker, brokerPort);
    const tty = `${folder.path}/village0`;
    siteFile = writeSmallSite(folder.path, { tty, brokerPort });
    village = await simulatedLine(siteFile, tty);
  });

  afterEach(async () => {
    await killAll();
    folder.remove();
  });

  test('after the entry is durable: still latched, same id, and the siren sounds again before the first scan', async () => {
    const first = gateway(siteFile);
    await observed(first, ({ kind }) => kind === 'site.scanned');
    village.say('set smoke-1/smoke alarm');
    const raised = await observed(first, isEntry('alarm.raised', fire));
    await observed(first, ({ kind, entryId }) => kind === 'entry.durable' && entryId === raised.entry?.id);
    await event(district, ({ event: { id } }) => id === raised.entry?.id);
    first.kill('SIGKILL');
    await first.exited;

    // The smoke is gone and the relay has fallen off: only the latch can sound the siren now.
    const from = village.lines.length;
    for (const line of ['set smoke-1/smoke normal', 'off relay-1', 'on relay-1']) village.say(line);
    await village.line((line) => line === 'ok on relay-1', waitMaxMs, from);
    const second = gateway(siteFile);
    await village.line((line) => line === 'output siren on', waitMaxMs, from);
    await observed(second, ({ kind }) => kind === 'site.scanned');
    await observed(second, isEntry('alarm.returned', fire));
    const proven = await observed(second, isEntry('output.proven', 'output:siren'));
    expect(proven.entry?.detail['alarms']).toEqual([raised.entry?.id]);
    const kinds = second.lines.map((line) => JSON.parse(line) as { kind: string; entry?: { kind: string } });
    const commanded = kinds.findIndex(({ entry }) => entry?.kind === 'output.commanded');
    const firstLook = kinds.findIndex(({ kind }) => kind === 'point.changed');
    expect(commanded).toBeGreaterThanOrEqual(0);
    expect(commanded).toBeLessThan(firstLook);
    await event(district, ({ event: { type } }) => type === 'gengfu.alarm.returned');
    expect(raisedIds(district)).toEqual(new Set([raised.entry?.id]));
  });

  test('between output and commit: the relay is found on and left on, and nothing is reported under a second id', async () => {
    const hung = new Child('hung gengfu', process.execPath, [
      resolve('test/process/bad-disk-gateway.mjs'),
      ...[siteFile, 'hangs'],
    ]);
    await observed(hung, ({ kind }) => kind === 'site.scanned');
    await observed(hung, ({ kind }) => kind === 'disk-is-bad');
    village.say('set smoke-1/smoke alarm');
    await village.line((line) => line === 'output siren on');
    hung.kill('SIGKILL');
    await hung.exited;

    const from = village.lines.length;
    const second = gateway(siteFile);
    await observed(second, isEntry('output.found_on', 'output:siren'));
    const raised = await observed(second, isEntry('alarm.raised', fire));
    await observed(second, isEntry('output.proven', 'output:siren'));
    await event(district, ({ event: { id } }) => id === raised.entry?.id);
    expect(village.lines.slice(from)).toEqual([]);
    expect(raisedIds(district)).toEqual(new Set([raised.entry?.id]));
  });

  test('a second gateway on the same data directory refuses and the first goes on', async () => {
    const first = gateway(siteFile);
    await observed(first, ({ kind }) => kind === 'site.scanned');
    const second = gateway(siteFile);
    expect(await second.exited).toBe(3);
    expect(second.errors.join('\n')).toContain('数据目录');
    village.say('set smoke-1/smoke alarm');
    await village.line((line) => line === 'output siren on');
  });

  test.each(['hangs', 'refuses'])(
    'a disk that %s: the siren sounds and the fire is at the broker within 10 s, not durable',
    async (mode) => {
      const bad = new Child('gengfu', process.execPath, [resolve('test/process/bad-disk-gateway.mjs'), siteFile, mode]);
      await observed(bad, ({ kind }) => kind === 'site.scanned');
      await observed(bad, ({ kind }) => kind === 'uplink.up');
      await observed(bad, ({ kind }) => kind === 'disk-is-bad');
      const began = performance.now();
      village.say('set smoke-1/smoke alarm');
      await village.line((line) => line === 'output siren on', 2_000);
      const seen = await event(
        district,
        ({ event: { type, subject } }) => type === 'gengfu.alarm.raised' && subject === fire,
      );
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(seen.event.data['durable']).toBe(false);
      expect(seen.event.sequence).toBeUndefined();
    },
  );
});

function raisedIds(district: Child): ReadonlySet<string | undefined> {
  const raised = seenEvents(district).filter(
    ({ event }) => event.type === 'gengfu.alarm.raised' && event.subject === fire,
  );
  return new Set(raised.map(({ event }) => event.id));
}
