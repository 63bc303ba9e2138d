import { beforeEach, expect, it } from 'vitest';
import { SimPinBoard } from '../../hardware-sim/gpio-board.js';
import { floating } from '../../hardware-sim/pin-mischief.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { seeded } from '../sync/rig.js';

let clock: SimClock;
let board: SimPinBoard;

beforeEach(() => {
  clock = new SimClock();
  board = new SimPinBoard(clock);
});

it('an output is what it was set to, electrically inverted where low means on', () => {
  const siren = board.openOutput(17, false);
  const lamp = board.openOutput(18, true);
  siren.set(true);
  lamp.set(true);
  expect([board.level(17), board.level(18)]).toEqual([true, false]);
  expect([siren.read(), lamp.read()]).toEqual([true, true]);
});

it('tells changes only, with their time', async () => {
  const changes: unknown[] = [];
  board.onChange((...change) => changes.push(change));
  const siren = board.openOutput(17, false);
  await clock.advance(5);
  siren.set(true);
  siren.set(true);
  expect(changes).toEqual([[17, true, 5]]);
});

it('a running siren survives the gateway, and the next one takes it over as it is', () => {
  const dead = board.openOutput(17, false);
  dead.set(true);
  board.close();
  expect(board.level(17)).toBe(true);
  expect(board.openOutput(17, false).read()).toBe(true);
  expect(() => dead.set(false)).toThrow(/PIN-003/);
  expect(board.level(17)).toBe(true);
});

it('an input follows the world, and its edges are told a little later', async () => {
  const key = board.openInput(4);
  let edges = 0;
  const cancel = key.onEdge(() => edges++);
  board.drive(4, true);
  expect(key.read()).toBe(true);
  expect(edges).toBe(0);
  await clock.advance(1);
  expect(edges).toBe(1);
  cancel();
  board.drive(4, false);
  await clock.advance(1);
  expect(edges).toBe(1);
});

it('edges can be lost; the level can not', async () => {
  const key = board.openInput(4);
  let edges = 0;
  key.onEdge(() => edges++);
  board.losesEdges = true;
  board.drive(4, true);
  await clock.advance(10);
  expect(edges).toBe(0);
  expect(key.read()).toBe(true);
});

it('a stuck output takes orders and does not move', () => {
  const siren = board.openOutput(17, false);
  board.stick(17, false);
  siren.set(true);
  expect(siren.read()).toBe(false);
  board.stick(17, null);
  expect(siren.read()).toBe(true);
});

it('a missing pin can not be opened, a failing one can not be used', () => {
  board.setFault(17, 'missing');
  expect(() => board.openOutput(17, false)).toThrow(expect.objectContaining({ code: 'PIN-002', where: 'GPIO17' }));
  expect(() => board.openInput(17)).toThrow(expect.objectContaining({ code: 'PIN-002' }));
  const key = board.openInput(4);
  board.setFault(4, 'failing');
  expect(() => key.read()).toThrow(expect.objectContaining({ code: 'PIN-003' }));
  board.setFault(4, null);
  expect(key.read()).toBe(false);
});

it('a welded contact stays on whatever is ordered, and the pin says otherwise', async () => {
  const changes: unknown[] = [];
  board.onContact((...change) => changes.push(change));
  const siren = board.openOutput(17, false);
  siren.set(true);
  board.weld(17, true);
  siren.set(false);
  board.close();
  await clock.advance(5);
  expect([board.openOutput(17, false).read(), board.level(17), board.contact(17)]).toEqual([false, false, true]);
  board.weld(17, null);
  expect(board.contact(17)).toBe(false);
  expect(changes).toEqual([
    [17, true, 0],
    [17, false, 5],
  ]);
});

it('a glitch is one pulse against what the world drives; a second one takes its place', async () => {
  const levels: unknown[] = [];
  board.drive(4, true);
  await clock.advance(10);
  board.onChange((_, high, atMono) => levels.push([high, atMono]));
  let edges = 0;
  board.openInput(4).onEdge(() => edges++);
  board.glitch(4, 30);
  await clock.advance(20);
  board.glitch(4, 30);
  await clock.advance(100);
  expect(levels).toEqual([
    [false, 10],
    [true, 60],
  ]);
  expect(edges).toBe(2);
  board.glitch(4, 30);
  board.drive(4, false);
  await clock.advance(30);
  expect(board.level(4)).toBe(false);
});

it('a floating input wanders in glitches of drawn lengths, the same for the same seed, until it is cancelled', async () => {
  const wander = async (): Promise<readonly number[]> => {
    const [world, random] = [new SimClock(), seeded(5)];
    const pins = new SimPinBoard(world);
    const moves: number[] = [];
    pins.onChange((_, __, atMono) => moves.push(atMono));
    const cancel = floating(pins, world, 4, { everyMs: 1_000, glitchMaxMs: 40, random });
    await world.advance(20_000);
    cancel();
    await world.advance(20_000);
    expect(pins.level(4)).toBe(false);
    return moves;
  };
  const moves = await wander();
  expect(await wander()).toEqual(moves);
  const lengths = moves.flatMap((mono, at) => (at % 2 === 1 ? [mono - (moves[at - 1] ?? 0)] : []));
  expect(lengths.length).toBeGreaterThan(12);
  expect(lengths.length).toBeLessThan(40);
  expect([Math.max(...lengths) < 40, Math.max(...lengths) - Math.min(...lengths) > 20]).toEqual([true, true]);
});
