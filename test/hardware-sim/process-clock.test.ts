/** The time of one process in the world, and what its end leaves. */
import { beforeEach, expect, it } from 'vitest';
import { pause } from '../../drivers/clock.js';
import type { ByteLinkEvents } from '../../drivers/driver.js';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { ProcessClock } from '../../hardware-sim/process-clock.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { seeded } from '../sync/rig.js';

let world: SimClock;

beforeEach(() => {
  world = new SimClock();
});

it('counts from the start of the process, and shows the wall and the trust of the world', async () => {
  await world.advance(1_000);
  const process = new ProcessClock(world);
  const ran: number[] = [];
  process.after(-5, () => ran.push(process.mono()));
  process.after(10, () => ran.push(process.mono()));
  const cancel = process.exactly(20, () => ran.push(process.mono()));
  process.exactly(30, () => ran.push(process.mono()));
  cancel();
  await world.advance(100);
  expect(ran).toEqual([0, 10, 30]);
  world.stepWall(-5_000);
  world.setTrust('untrusted');
  expect([process.mono(), process.wall(), process.trust()]).toEqual([100, world.wall(), 'untrusted']);
});

it('no timer runs before its moment, whatever the sum is rounded to', async () => {
  const chance = seeded(3);
  await world.advance(86_400_000 * chance());
  const process = new ProcessClock(world);
  const early: number[] = [];
  for (let n = 0; n < 2_000; n++) {
    const atMono = chance() * 1_000;
    process.exactly(atMono, () => {
      if (process.mono() < atMono) early.push(atMono);
    });
  }
  await world.advance(1_001);
  expect(early).toEqual([]);
});

it('a killed process never runs again; its lines are closed and it hears nothing more, the next one does', async () => {
  const wire = new ByteWire({ clock: world, baud: 9600, bitsPerChar: 10 });
  const heard: string[] = [];
  const events = (name: string): ByteLinkEvents => ({
    onBytes: (_, atMono) => heard.push(`${name} ${Math.round(atMono)}`),
    onDown: () => heard.push(`${name} down`),
  });
  await world.advance(500);
  const first = new ProcessClock(world);
  const link = await first.lineOf(wire.open)(events('first'));
  first.after(1_000, () => heard.push('timer'));
  wire.inject(Uint8Array.of(1));
  await world.advance(100);
  const slow = new ByteWire({ clock: world, baud: 9600, bitsPerChar: 10 });
  const late = first.lineOf((heard) => pause(world, 50).then(() => slow.open(heard)))(events('late'));
  await first.kill();
  await world.advance(100);
  expect([link.isOpen, (await late).isOpen]).toEqual([false, false]);
  const next = new ProcessClock(world);
  await next.lineOf(wire.open)(events('next'));
  wire.inject(Uint8Array.of(1));
  await world.advance(10_000);
  expect(heard).toEqual(['first 1', 'next 1']);
});
