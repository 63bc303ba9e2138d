import { describe, expect, it } from 'vitest';
import { dfplayer } from '../../../drivers/audio/dfplayer.js';
import { dyPlayer } from '../../../drivers/audio/dy-player.js';
import { TrackSpeaker } from '../../../drivers/audio/track-speaker.js';
import { heardWords } from '../../../hardware-sim/audio/mouth.js';
import { DfPlayerChip, DyChip } from '../../../hardware-sim/audio/track-chips.js';
import { UartWire } from '../../../hardware-sim/audio/uart-wire.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { followIn, track } from './rig.js';

const card = new Map([
  [1, 4000],
  [2, 4000],
  [7, 90_000],
]);

async function rigOf(chip: DfPlayerChip | DyChip) {
  const clock = new SimClock();
  const wire = new UartWire({ clock });
  wire.attach(chip);
  const link = { where: 'player', open: wire.open, clock, random: () => 0.5, baud: 9600 };
  const codec = chip instanceof DyChip ? dyPlayer : dfplayer;
  const speaker = new TrackSpeaker({ ...link, codec, trackMaxMs: 20_000 });
  speaker.start();
  await clock.advance(5000);
  return { clock, wire, speaker, ...followIn(clock, speaker), heard: () => heardWords(chip.heard) };
}

describe('a player with a card', () => {
  it('says that a track is missing, where the player says it', async () => {
    const { play, settled, heard } = await rigOf(new DfPlayerChip(card));
    expect(await settled(play(track(3)), 1000)).toBe('VOICE-002');
    const dy = await rigOf(new DyChip(card));
    expect(await dy.settled(dy.play(track(3)), 10_000)).toBe('VOICE-004');
    expect([...heard(), ...dy.heard()]).toEqual([]);
  });

  it('refuses a number that the player can not be told', async () => {
    const { play, settled } = await rigOf(new DfPlayerChip(card));
    for (const number of [0, 10_000, 2.5]) expect(await settled(play(track(number)), 10)).toBe('VOICE-008');
  });

  it('stops a track that does not end', async () => {
    for (const chip of [new DfPlayerChip(card), new DyChip(card)]) {
      const { play, settled, heard, clock } = await rigOf(chip);
      expect(await settled(play(track(7)), 25_000)).toBe('played');
      await clock.advance(100);
      expect(heard()).toEqual(['track 7 100% cut off']);
    }
  });

  it('plays one track and not the next ones', async () => {
    const { play, settled, heard, clock } = await rigOf(new DyChip(card));
    await settled(play(track(1)));
    await clock.advance(10_000);
    expect(heard()).toEqual(['track 1 100% to the end']);
  });

  it('learns that a clone tells nothing but the end, and then no longer begins anew', async () => {
    const chip = new DfPlayerChip(card);
    chip.isClone = true;
    const { play, settled, heard } = await rigOf(chip);
    expect(await settled(play(track(1)))).toBe('played');
    expect(heard().at(-1)).toBe('track 1 100% to the end');
    const before = heard().length;
    expect(await settled(play(track(2)))).toBe('played');
    expect(await settled(play(track(1), 50))).toBe('played');
    expect(heard().slice(before)).toEqual(['track 2 100% to the end', 'track 1 50% to the end']);
  });

  it('keeps 100 ms between orders to a DFPlayer', async () => {
    const { play, settled, wire } = await rigOf(new DfPlayerChip(card));
    await settled(play(track(1)));
    const gapsMs = wire.sent.slice(1).map(({ atMono }, i) => {
      const last = wire.sent[i];
      return last === undefined ? 0 : atMono - last.atMono - last.bytes.length * wire.charMs;
    });
    expect(Math.min(...gapsMs)).toBeGreaterThanOrEqual(99.9);
  });
});
