/** Why a gateway was started, how it starts after ends in a row, and what is left behind for that. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CrashLadder, rungAfter } from '../../gateway/health/crash-ladder.js';
import { causeOf, type Remains, restartCauses, restartedDraft } from '../../gateway/health/restart-cause.js';
import { keepEnd, readRemains, writeMark } from '../../gateway/health/run-mark.js';

const now = { version: '2.0.0', rolledBackFrom: null };
const running = { kernelBoot: 'boot-a', version: '2.0.0', isStopped: false, rolledBackFrom: null };
const stopped = { ...running, isStopped: true };
const quiet: Remains = {
  ...{ mark: running, end: null, kernelBoot: 'boot-a', version: '2.0.0' },
  ...{ rolledBackFrom: null, hasPanicked: false, isWatchdogBoot: false },
};
const end = (result: string, code: string, status: string) => ({ end: { result, code, status } });

test.each<[string, Partial<Remains>, string | null]>([
  ['the first start of all', { mark: null }, null],
  ['stopped in order', { mark: stopped }, 'asked'],
  ['stopped for another version', { mark: { ...stopped, version: '1.0.0' } }, 'upgraded'],
  ['the box was restarted in order', { mark: stopped, kernelBoot: 'boot-b' }, 'rebooted'],
  ['the box lost its power', { kernelBoot: 'boot-b' }, 'power-lost'],
  ['the kernel left a record', { kernelBoot: 'boot-b', hasPanicked: true }, 'kernel-panic'],
  ['the hardware watchdog', { kernelBoot: 'boot-b', isWatchdogBoot: true }, 'hardware-watchdog'],
  [
    'an old record of the kernel says nothing of a process',
    { hasPanicked: true, ...end('exit-code', 'exited', '1') },
    'crashed',
  ],
  ['an assertion', end('exit-code', 'exited', '1'), 'crashed'],
  ['a segmentation fault', end('core-dump', 'dumped', 'SEGV'), 'killed'],
  ['kill -9', end('signal', 'killed', 'KILL'), 'killed'],
  ['the watchdog of systemd', end('watchdog', 'killed', 'ABRT'), 'hung'],
  ['no memory', end('oom-kill', 'killed', 'KILL'), 'out-of-memory'],
  ['nobody wrote it down', {}, 'unknown'],
  ['the launcher went back', { rolledBackFrom: '2.1.0', ...end('exit-code', 'exited', '1') }, 'rolled-back'],
  [
    'the launcher went back long ago, as was told then',
    { rolledBackFrom: '2.1.0', mark: { ...running, rolledBackFrom: '2.1.0' }, ...end('signal', 'killed', 'KILL') },
    'killed',
  ],
])('%s', (_, remains, cause) => {
  expect(causeOf({ ...quiet, ...remains })).toBe(cause);
});

test('each cause is an entry with words in both languages, and a crash says with which status', () => {
  for (const cause of restartCauses) {
    const { words, kind, detail } = restartedDraft(cause, { ...quiet, ...end('exit-code', 'exited', '134') });
    expect(kind).toBe('gateway.restarted');
    expect(words.zh).toMatch(/^启动原因：.+/);
    expect(words.en).toMatch(/^why it was started: .+/);
    expect(detail['cause']).toBe(cause);
    expect(detail['status']).toBe(['crashed', 'killed', 'hung', 'out-of-memory'].includes(cause) ? '134' : null);
  }
});

/** A box with its folders, whose kernel has this id. */
function box(kernelBoot: string) {
  const root = mkdtempSync(join(tmpdir(), 'gengfu-life-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const places = { dataDir: join(root, 'data'), runFolder: join(root, 'run'), root };
  for (const folder of [places.dataDir, places.runFolder, join(root, 'proc/sys/kernel/random')]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(join(root, 'proc/sys/kernel/random/boot_id'), `${kernelBoot}\n`);
  return places;
}

describe('what is left behind', () => {
  test('is read once: the word of systemd is for one start', async () => {
    const places = box('boot-a');
    await writeMark(places.dataDir, running);
    writeFileSync(join(places.runFolder, 'ended'), 'watchdog\nkilled\nABRT\n');
    expect(causeOf(await readRemains(places, now))).toBe('hung');
    expect(causeOf(await readRemains(places, now))).toBe('unknown');
  });

  test('names the crash, not the start that gave up or was refused after it', async () => {
    const places = box('boot-a');
    await writeMark(places.dataDir, running);
    writeFileSync(join(places.runFolder, 'ended'), 'core-dump\ndumped\nSEGV\n');
    await keepEnd(places.runFolder);
    writeFileSync(join(places.runFolder, 'ended'), 'exit-code\nexited\n4\n');
    const remains = await readRemains(places, now);
    expect(remains.end).toEqual({ result: 'core-dump', code: 'dumped', status: 'SEGV' });
    expect(readdirSync(places.runFolder)).toEqual([]);
  });

  test('a record of the kernel counts when it is newer than the gateway that ran', async () => {
    const places = box('boot-b');
    await writeMark(places.dataDir, running);
    const record = join(places.root, 'var/lib/systemd/pstore/7001');
    mkdirSync(record, { recursive: true });
    // Files of one moment may bear the same time.
    utimesSync(record, 4e9, 4e9);
    expect(causeOf(await readRemains(places, now))).toBe('kernel-panic');
    utimesSync(record, 1000, 1000);
    expect(causeOf(await readRemains(places, now))).toBe('power-lost');
  });

  test.each(['', '{', '[]', '{"kernelBoot":1}', 'x'.repeat(99)])('a damaged mark (%s) counts as none', async (text) => {
    const places = box('boot-a');
    writeFileSync(join(places.dataDir, 'running.json'), text);
    expect(causeOf(await readRemains(places, now))).toBeNull();
  });
});

describe('the crash ladder', () => {
  test('the third end in a row is followed by a reduced start, the sixth by none, and the next try is one try', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((ends) => rungAfter(ends).start)).toEqual([
      ...['whole', 'whole', 'whole', 'reduced', 'reduced', 'reduced', 'none'],
    ]);
    expect(rungAfter(rungAfter(6).count)).toEqual({ start: 'reduced', count: 6 });
  });

  test('counts lives as they begin, so that a kill is counted; one that settles begins a row, a wanted end begins none', async () => {
    const { runFolder } = box('boot-a');
    const ladder = new CrashLadder(runFolder);
    const starts: string[] = [];
    for (let life = 0; life < 4; life++) starts.push((await new CrashLadder(runFolder).climb()).start);
    expect(starts).toEqual(['whole', 'whole', 'whole', 'reduced']);
    await ladder.settle();
    expect((await ladder.climb()).count).toBe(2);
    await ladder.stepDown();
    expect((await ladder.climb()).count).toBe(1);
  });

  test('a counter that is damaged or can not be written holds nobody back', async () => {
    const { runFolder } = box('boot-a');
    writeFileSync(join(runFolder, 'starts'), '9999999\n');
    expect((await new CrashLadder(runFolder).climb()).start).toBe('whole');
    expect(readFileSync(join(runFolder, 'starts'), 'utf8')).toBe('1\n');
    expect((await new CrashLadder(join(runFolder, 'gone')).climb()).start).toBe('whole');
  });
});
