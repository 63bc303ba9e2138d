/** The fault lamp and the buzzer while no gateway runs, on the simulated board. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DriverError } from '../../drivers/driver-error.js';
import {
  readQuietPins,
  readTroublePins,
  rememberPins,
  type TroublePins,
  troublePinsOf,
} from '../../gateway/trouble/remembered-pins.js';
import { countTry, forgetTries, pauseBefore } from '../../gateway/trouble/tries.js';
import { quietPins, showTrouble, type TroubleOptions } from '../../gateway/trouble/trouble.js';
import { reasonOf, troubleLine } from '../../gateway/trouble/trouble-words.js';
import { SimPinBoard } from '../../hardware-sim/gpio-board.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { townConfig } from './village-rig.js';

const [siren, lamp, buzzer] = [17, 22, 23];
const pins: TroublePins = {
  driver: 'simulated',
  lamps: [{ pin: lamp, activeLow: false }],
  buzzers: [{ pin: buzzer, activeLow: true }],
  quiet: [],
};

function trouble(options: Partial<TroubleOptions> = {}) {
  const clock = new SimClock();
  const board = new SimPinBoard(clock);
  // A siren that a gateway has left sounding.
  board.openOutput(siren, false).set(true);
  board.openOutput(buzzer, true).set(false);
  const changes: (readonly [number, boolean, number])[] = [];
  board.onChange((pin, high, atMono) => void changes.push([pin, high, atMono]));
  const site = { stamp: 'a' };
  const control = { stop: (): void => undefined, endedMono: null as number | null, errors: [] as string[] };
  const stopped = new Promise<void>((resolve) => {
    control.stop = resolve;
  });
  void showTrouble({
    ...{ clock, reason: 'gave-up', pauseMs: 30_000, pins, stopped },
    openPins: async () => board,
    stampOfSite: async () => site.stamp,
    onError: ({ code }) => void control.errors.push(code),
    ...options,
  }).then(() => {
    control.endedMono = clock.mono();
  });
  return { clock, board, changes, site, control };
}

test('the lamp is lit, the buzzer sounds a second in ten, a siren sounds on, and after the pause the gateway is tried', async () => {
  const { clock, board, changes, control } = trouble();
  await clock.advance(29_000);
  expect(board.level(lamp)).toBe(true);
  expect(changes.filter(([pin]) => pin === buzzer).map(([, high, at]) => [high, at])).toEqual([
    ...[
      [false, 0],
      [true, 1000],
      [false, 10_000],
      [true, 11_000],
      [false, 20_000],
      [true, 21_000],
    ],
  ]);
  expect(control.endedMono).toBeNull();
  await clock.advance(2000);
  expect(control.endedMono).toBe(30_000);
  // The buzzer is quiet again, the lamp stays for the gateway, nobody has touched the siren.
  expect([board.level(buzzer), board.level(lamp), board.level(siren)]).toEqual([true, true, true]);
  expect(changes.some(([pin]) => pin === siren)).toBe(false);
});

test('gives way at once when the gateway is started, also in the middle of a buzz', async () => {
  const { clock, board, control } = trouble();
  await clock.advance(10_500);
  expect(board.level(buzzer)).toBe(false);
  control.stop();
  await clock.advance(1);
  expect(control.endedMono).toBe(10_500);
  expect(board.level(buzzer)).toBe(true);
});

test('a site file that was changed is tried within 2 s', async () => {
  const { clock, site, control } = trouble({ reason: 'bad-site-file', pauseMs: 300_000 });
  await clock.advance(60_000);
  site.stamp = 'b';
  await clock.advance(2000);
  expect(control.endedMono).toBe(62_000);
});

test('what another gateway has is not touched', async () => {
  const { clock, changes, control } = trouble({ reason: 'second-gateway' });
  await clock.advance(31_000);
  expect(changes).toEqual([]);
  expect(control.endedMono).toBe(30_000);
});

test('a board that is not there, or a lamp that can not be switched, is told, and the gateway is tried all the same', async () => {
  const none = trouble({ openPins: () => Promise.reject(new DriverError('PIN-001', 'gpio')) });
  await none.clock.advance(31_000);
  expect([none.control.errors, none.control.endedMono]).toEqual([['PIN-001'], 30_000]);
  const clock = new SimClock();
  const board = new SimPinBoard(clock);
  board.setFault(lamp, 'missing');
  const half = trouble({ openPins: async () => board });
  await half.clock.advance(500);
  expect(half.control.errors).toEqual(['PIN-002']);
  expect(board.level(buzzer)).toBe(false);
});

test('pins are remembered from the site that ran: fault lamps, and what only plans of faults sound, never a siren of fires', async () => {
  const town = await townConfig();
  const [fireSiren] = town.outputs.filter(({ kind, target }) => kind === 'siren' && target.kind === 'pin');
  if (fireSiren === undefined) throw new Error('the town has a siren on a pin');
  const on = (pin: number) => ({ kind: 'pin', pin, activeLow: false }) as const;
  const buzz = {
    ...fireSiren,
    id: 'buzz' as typeof fireSiren.id,
    target: on(buzzer),
    onControlLost: 'go-quiet',
  } as const;
  const light = {
    ...fireSiren,
    id: 'light' as typeof fireSiren.id,
    kind: 'lamp',
    shows: 'fault',
    target: on(lamp),
  } as const;
  const [plan] = town.plans;
  if (plan === undefined) throw new Error('the town has a plan');
  const faultPlan = {
    ...{ id: 'f' as typeof plan.id, when: { class: 'fault', zones: 'all' } as const },
    steps: [{ start: [{ kind: 'at-once' } as const], sound: [buzz.id] }],
  };
  const config = {
    ...town,
    outputs: [...town.outputs.filter(({ shows }) => shows !== 'fault'), buzz, light],
    plans: [...town.plans, faultPlan],
    gpio: { driver: 'sysfs' } as const,
  };
  const root = mkdtempSync(join(tmpdir(), 'gengfu-pins-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const places = { dataDir: root, stateFolder: null, runFolder: join(root, 'run') };
  mkdirSync(places.runFolder);
  await rememberPins(config, places);
  const remembered = await readTroublePins(root);
  expect(remembered).toEqual({
    ...{ driver: 'sysfs', lamps: [{ pin: lamp, activeLow: false }] },
    ...{ buzzers: [{ pin: buzzer, activeLow: false }], quiet: [{ pin: buzzer, activeLow: false }] },
  });
  expect(await readQuietPins(places.runFolder)).toEqual(remembered);
  // With the character device the kernel lets go by itself, and the unit calls nobody.
  expect(troublePinsOf({ ...config, gpio: { driver: 'chip' } })?.quiet).toEqual([]);
  await rememberPins({ ...config, gpio: { driver: 'chip' } }, places);
  expect(await readQuietPins(places.runFolder)).toBeNull();
  writeFileSync(join(root, 'trouble-pins.json'), readFileSync(join(root, 'trouble-pins.json'), 'utf8').slice(0, 20));
  expect(await readTroublePins(root)).toBeNull();
});

test('quiet switches off what must be quiet, whatever one of the pins says', async () => {
  const board = new SimPinBoard(new SimClock());
  for (const pin of [siren, buzzer]) board.openOutput(pin, false).set(true);
  board.setFault(lamp, 'missing');
  const quiet = [lamp, buzzer].map((pin) => ({ pin, activeLow: false }));
  expect(await quietPins({ ...pins, quiet }, async () => board)).toBe(1);
  expect([board.level(siren), board.level(buzzer)]).toEqual([true, false]);
});

test('the pauses between tries grow to five minutes, and begin anew when the gateway has run well', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gengfu-tries-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const pauses: number[] = [];
  for (let i = 0; i < 8; i++) pauses.push(pauseBefore(await countTry(folder)) / 1000);
  expect(pauses).toEqual([10, 20, 40, 80, 160, 300, 300, 300]);
  await forgetTries(folder);
  expect(await countTry(folder)).toBe(0);
});

test('the log says why nobody watches, in both languages', () => {
  const ended = (status: string) => ({ result: 'exit-code', code: 'exited', status });
  expect(['1', '2', '3', '4'].map((status) => reasonOf(ended(status)))).toEqual([
    ...['crashed', 'bad-site-file', 'second-gateway', 'gave-up'],
  ]);
  expect(reasonOf({ result: 'watchdog', code: 'killed', status: 'ABRT' })).toBe('hung');
  expect(reasonOf(null)).toBe('unknown');
  expect(troubleLine('gave-up', { result: 'core-dump', code: 'dumped', status: 'SEGV' }, 40_000)).toEqual({
    zh: '没有守望：网关连续六次退出 (core-dump dumped SEGV)。40 秒后再试。',
    en: 'nobody watches: the gateway ended six times in a row (core-dump dumped SEGV). tried again in 40 s.',
  });
});
