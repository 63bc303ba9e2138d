import { expect, it } from 'vitest';
import { SilenceWatch } from '../../drivers/stream/silence-watch.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';

const silenceMs = 30_000;

/** Frames end at thirds of a ms, as wires have them; here the sum with the silence passes a power of two and loses a bit. */
const heardMonos = Array.from({ length: 20 }, (_, i) => 2 ** 21 - 20_000 + (i * 1.0416666666666667) / 3);

it('tells of a silence once and on time, whatever fraction of a millisecond the last frame ended at', async () => {
  for (const heardMono of heardMonos) {
    const clock = new SimClock();
    await clock.advance(heardMono);
    const told: number[] = [];
    new SilenceWatch(silenceMs, clock, () => told.push(clock.mono())).begin();
    await clock.advance(silenceMs + 10);
    expect(told).toEqual([heardMono + silenceMs]);
  }
});
