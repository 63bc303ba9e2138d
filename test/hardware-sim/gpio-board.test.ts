import { beforeEach, expect, it } from 'vitest';
import { SimPinBoard } from '../../hardware-sim/gpio-board.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';

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
