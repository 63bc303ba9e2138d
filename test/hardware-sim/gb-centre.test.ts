/** The simulated centre of GB/T 26875.3 on a virtual clock and a network in memory. */
import { beforeEach, expect, it } from 'vitest';
import type { ByteLink } from '../../drivers/driver.js';
import { readAdu, writeAdu } from '../../hardware-sim/centre26875/adu.js';
import { type AttackKind, attackKinds } from '../../hardware-sim/centre26875/attacks.js';
import { type Found, type Frame, FrameReader, writeFrame } from '../../hardware-sim/centre26875/frame.js';
import { GbCentre, type GbCentreOptions, type Said } from '../../hardware-sim/centre26875/gb-centre.js';
import { commandCodes } from '../../hardware-sim/centre26875/tables.js';
import { SimNetwork } from '../../hardware-sim/net/sim-network.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';

const device = '790300000000';
let clock: SimClock;
let centre: GbCentre;
let link: ByteLink;
let heard: Found[];

beforeEach(() => {
  clock = new SimClock(Date.UTC(2026, 9, 1, 0, 15, 30), 'trusted', { settle: 'ticks' });
});

async function connect(options: Omit<GbCentreOptions, 'clock'> = {}): Promise<void> {
  centre = new GbCentre({ clock, address: '385b01000000', ...options });
  const network = new SimNetwork({ clock, server: centre, where: 'centre:5000' });
  const reader = new FrameReader(centre.dialect, true);
  heard = [];
  const opening = network.open({ onBytes: (bytes) => heard.push(...reader.take(bytes)), onDown: () => undefined });
  await clock.advance(10);
  link = await opening;
}

async function say(serial: number, adu: Uint8Array = new Uint8Array(0), command = 2): Promise<void> {
  const frame = { serial, version: centre.dialect.version, time: '2026-10-01 08:15:30', command, adu };
  await link.write(writeFrame({ ...frame, source: device, destination: centre.address }, centre.dialect));
  await clock.advance(10);
}

const frames = (): readonly Frame[] => heard.flatMap((found) => (found.kind === 'frame' ? [found.frame] : []));
const told = (): readonly string[] => frames().map(({ command, serial }) => `${command}:${serial}`);
const state = (value: number, time = '2026-10-01 08:15:30'): Uint8Array =>
  writeAdu(1, [{ system: 1, systemAddress: 1, state: value, time }], 'binary');

it('confirms uploads and signs of life to whom they came from, with their serial', async () => {
  await connect();
  await say(0, state(2));
  await say(1);
  expect(told()).toEqual(['3:0', '3:1']);
  expect(frames()[0]).toMatchObject({ source: centre.address, destination: device, time: '2026-10-01 08:15:30' });
  expect(centre.heard.frames.map(({ kind }) => kind)).toEqual(['upload', 'heartbeat']);
});

it('denies, is silent, is wrong and is late as often and as long as it is told', async () => {
  await connect({ knobs: { denyNext: 1, silentNext: 1, wrongNext: 1 } });
  for (let serial = 0; serial < 4; serial++) await say(serial, state(serial));
  expect(told()).toEqual(['6:0', '3:1002', '3:3']);
  centre.knobs.lateMs = 12_000;
  await say(4, state(4));
  expect(told()).toHaveLength(3);
  await clock.advance(12_000);
  expect(told().at(-1)).toBe('3:4');
});

it('ends the earlier connection of a device that comes again', async () => {
  await connect();
  await say(0);
  const network = new SimNetwork({ clock, server: centre, where: 'centre:5000' });
  const opening = network.open({ onBytes: () => undefined, onDown: () => undefined });
  await clock.advance(10);
  const earlier = link;
  link = await opening;
  expect(centre.connectionCount).toBe(2);
  await say(1);
  await clock.advance(10);
  expect([centre.connectionCount, earlier.isOpen, link.isOpen]).toEqual([1, false, true]);
});

it('knows what came twice, what is missing, and what was never confirmed', async () => {
  await connect({ knobs: { denyNext: 2, silentNext: 1 } });
  await say(0, state(2));
  await say(1, state(6));
  await say(1, state(6));
  expect(centre.heard.fresh(1).map(({ isConfirmed }) => isConfirmed)).toEqual([false, false]);
  await say(1, state(6));
  await say(5, state(2));
  await say(6, state(8, '2026-10-01 08:15:29'));
  const { counts, gaps } = centre.heard;
  expect(counts).toMatchObject({ uploads: 4, resends: 2, repeats: 1, contradictions: 0 });
  expect(gaps).toEqual([{ connection: 1, from: 2, to: 4 }]);
  expect(centre.heard.fresh(1).map(({ object, isConfirmed }) => [object.state, isConfirmed])).toEqual([
    ...[
      [2, true],
      [6, true],
      [8, true],
    ],
  ]);
  expect(centre.heard.outOfOrder(1)).toHaveLength(1);
});

it('asks, orders, and knows what became of it', async () => {
  await connect();
  await say(0);
  const [read, clockSet, post] = [centre.ask(85), centre.setClock(), centre.checkPost(10)];
  await clock.advance(10);
  expect(
    frames()
      .slice(1)
      .map(({ command, adu }) => `${command} ${Buffer.from(adu).toString('hex')}`),
  ).toEqual([...['4 550100', '1 5a011e0f08010a1a', '1 5b010a']]);
  await say(0, writeAdu(25, [{ major: 1, minor: 2 }], 'binary'), 5);
  await say(1, undefined, 6);
  await say(2, undefined, 3);
  expect([read, clockSet, post].map((order) => order?.outcome)).toEqual(['answered', 'denied', 'confirmed']);
  expect(read?.answer?.objects).toEqual([{ major: 1, minor: 2 }]);
  await clock.advance(9 * 60_000);
  await say(1, writeAdu(24, [{ operation: 0x20, operator: 3, time: '2026-10-01 08:24:00' }], 'binary'));
  expect(post?.isDutyInTime).toBe(true);
});

it.each(['login', 'sanjiang', 'fuan', 'haikang'] as const)('keeps to the conventions of %s', async (preset) => {
  await connect({ preset, knobs: { accounts: new Map([['v1', 'right']]) } });
  const login = (password: string): Uint8Array => writeAdu(26, [{ text: `USER=v1;PWD=${password}` }], 'binary');
  await say(0, state(2));
  await say(1, preset === 'sanjiang' ? Uint8Array.of(0x16) : preset === 'login' ? login('wrong') : state(3));
  if (preset === 'login') await say(2, login('right'));
  await say(3, state(2, '2026-10-01 09:00:00'));
  const shorts = heard.flatMap((found) => (found.kind === 'short' ? [found.what] : []));
  if (preset === 'login') expect(told()).toEqual(['6:0', '6:1', '3:2', '3:3']);
  if (preset === 'sanjiang') expect(frames().map(({ adu }) => adu[0])).toEqual([undefined, 0x17, undefined]);
  if (preset === 'sanjiang') expect(told()[0]).toBe('6:0');
  if (preset === 'fuan') {
    await clock.advance(10_000);
    expect([...shorts, heard.at(-1)]).toEqual(['reply', 'reply', 'reply', { kind: 'short', what: 'alive' }]);
  }
  if (preset === 'haikang') expect(centre.heard.frames[0]?.frame?.time).toBe('2026-10-01 08:15:30');
});

it('denies what is spoilt or no command of a device', async () => {
  await connect();
  await say(7, state(2), 4);
  await link.write(writeFrame({ ...(frames()[0] as Frame), command: 9 }, centre.dialect));
  await clock.advance(10);
  expect(told()).toEqual(['6:7', '6:7']);
});

/** What a device makes of each attack that reads strictly: faults of frames, else command, type and faults of the data unit. */
const attacked: Readonly<Record<AttackKind, readonly string[]>> = {
  garbage: ['noise 200'],
  bad_sum: ['spoilt sum'],
  bad_end: ['spoilt end'],
  // Its length is believed: nothing yet, and below what becomes of it.
  lying_length: [],
  oversize: ['spoilt length'],
  truncated: [],
  foreign_address: ['control 89 to ffffffffffff'],
  unknown_command: ['spoilt command'],
  unknown_type: ['request 70 type'],
  count_too_high: ['request 62 count short'],
  trailing_bytes: ['control 89 long'],
  bad_time: ['control 90 time'],
  zero_time: ['control 90 without time'],
  nested_mark: ['control 200 type'],
  stray_confirm: ['confirm of 30000'],
  stray_answer: ['answer 25'],
  flood: new Array<string>(500).fill('request 81'),
  slow_loris: ['request 81'],
};
/** So long the slowest of them takes. */
const lorisMs = 33 * 2_000;

it.each(attackKinds)('breaks the rules as it is told: %s', async (kind) => {
  await connect();
  await say(0);
  const said: Said[] = [];
  centre.onSaid((each) => said.push(each));
  heard = [];
  centre.attack(kind);
  await clock.advance(lorisMs / 2);
  if (kind === 'slow_loris') expect(heard).toEqual([]);
  await clock.advance(lorisMs);
  expect(heard.map(storyOf)).toEqual(attacked[kind]);
  expect(said).toEqual([expect.objectContaining({ kind: 'raw', connection: 1, what: kind })]);
  if (kind === 'flood') expect(told()).toEqual(attacked.flood.map((_, i) => `4:${i}`));
  if (kind !== 'lying_length') return;
  // Whoever looks again within what was spoilt finds the good frame that it had swallowed.
  centre.sendRaw(new Uint8Array(1_024));
  await clock.advance(10);
  expect(heard.map(storyOf).slice(0, 2)).toEqual(['spoilt end', 'request 81']);
});

function storyOf(found: Found): string {
  if (found.kind === 'noise') return `noise ${found.bytes}`;
  if (found.kind === 'short') return found.what;
  if (found.kind === 'spoilt') return `spoilt ${found.fault}`;
  const { command, destination, serial, time, adu } = found.frame;
  const unit = readAdu(adu, centre.dialect.timeCoding);
  const name = Object.entries(commandCodes).find(([, code]) => code === command)?.[0];
  if (unit === null) return `${name} of ${serial}`;
  const isTimeless = time === null && unit.objects.every((object) => object.time === null);
  return [
    ...[name, unit.type, ...unit.faults],
    ...(destination === device ? [] : ['to', destination]),
    ...(isTimeless ? ['without time'] : []),
  ].join(' ');
}

it('goes on after an attack with whoever comes next', async () => {
  await connect();
  centre.attack('truncated');
  await clock.advance(10);
  link = await reconnected();
  await say(1);
  expect([centre.connectionsSeen, told()]).toEqual([2, ['3:1']]);
});

async function reconnected(): Promise<ByteLink> {
  centre.hangUp('reset');
  await clock.advance(10);
  const network = new SimNetwork({ clock, server: centre, where: 'centre:5000' });
  const reader = new FrameReader(centre.dialect, true);
  const opening = network.open({ onBytes: (bytes) => heard.push(...reader.take(bytes)), onDown: () => undefined });
  await clock.advance(10);
  return opening;
}
