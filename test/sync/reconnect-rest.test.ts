/** The rest between two tries to reach a centre, as all uplinks have it. */
import { expect, test } from 'vitest';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { ReconnectRest } from '../../sync/reconnect-rest.js';

function resting(random = 0.5) {
  const clock = new SimClock();
  const ends: string[] = [];
  const onEnd = (isHurried: boolean) => ends.push(`${Math.round(clock.mono())}${isHurried ? ' hurried' : ''}`);
  const rest = new ReconnectRest({ siteKey: 'a/b', clock, random: () => random, onEnd });
  return { clock, rest, ends };
}

test('a fire cuts a rest short, once in ten seconds; one that ends sooner by itself still knows that a fire waits', async () => {
  const { clock, rest, ends } = resting();
  rest.until(60_000);
  rest.hurry();
  rest.hurry();
  await clock.advance(2_000);
  expect(ends).toEqual(['1000 hurried']);
  rest.until(60_000);
  rest.hurry();
  await clock.advance(20_000);
  expect(ends.at(-1)).toBe('11000 hurried');
  rest.until(22_100);
  rest.hurry();
  await clock.advance(200);
  expect(ends.at(-1)).toBe('22100 hurried');
  rest.until(23_000);
  await clock.advance(1_000);
  expect(ends.at(-1)).toBe('23000');
});

test('a centre that names a time is left alone for it, and a little longer; a steady link makes the next rest short', async () => {
  const { clock, rest, ends } = resting();
  rest.begin(null, 120_000);
  await clock.advance(126_000);
  expect(ends).toEqual(['126000']);
  for (let tries = 0; tries < 8; tries++) {
    rest.begin(null);
    await clock.advance(60_000);
  }
  const beganMono = clock.mono();
  rest.begin(null);
  await clock.advance(60_000);
  expect(Number(ends.at(-1)) - beganMono).toBe(15_250);
  rest.succeeded();
  const againMono = clock.mono();
  rest.begin(null);
  await clock.advance(60_000);
  expect(Number(ends.at(-1)) - againMono).toBe(750);
});
