/** The promises of every loudspeaker on a chip, each kept over its simulated chip. */
import { describe, expect, it } from 'vitest';
import { seeded } from '../rig.js';
import { type Outcome, speakerKinds, speakerRig } from './rig.js';

describe.each(speakerKinds)('a loudspeaker on a $name', (kind) => {
  const { first, second, firstHeard, secondHeard } = kind;
  const toEnd = [`${firstHeard} 100% to the end`];

  it('plays to the end and tells so when it is over, not before', async () => {
    const { play, settled, heard, chip } = await speakerRig(kind);
    const outcome = play(first);
    expect(await settled(outcome)).toBe('played');
    expect(heard()).toEqual(toEnd);
    const overMono = chip.heard[0]?.endedMono ?? Number.NaN;
    expect(outcome.atMono).toBeGreaterThanOrEqual(overMono);
    expect(outcome.atMono).toBeLessThan(overMono + 700);
    const again = play(first);
    expect(await settled(again)).toBe('played');
    expect(heard()).toEqual([...toEnd, ...toEnd]);
    expect(chip.spoilt).toBe(0);
  });

  it('cuts off what it plays as soon as something newer comes', async () => {
    const { play, settled, heard, chip, clock } = await speakerRig(kind);
    const old = play(first);
    await clock.advance(2000);
    const newer = play(second);
    const cutMono = clock.mono();
    await clock.advance(0);
    expect(old.said).toBe('VOICE-001');
    expect(await settled(newer)).toBe('played');
    expect(heard()).toEqual([`${firstHeard} 100% cut off`, `${secondHeard} 100% to the end`]);
    expect((chip.heard[0]?.endedMono ?? Number.NaN) - cutMono).toBeLessThan(50);
    expect((chip.heard[1]?.beganMono ?? Number.NaN) - cutMono).toBeLessThan(600);
  });

  it('lets the last of many calls win, however fast they come', async () => {
    const { play, settled, heard, clock, chip } = await speakerRig(kind);
    const cutOff: Outcome[] = [];
    for (const pauseMs of [0, 3, 40, 0, 170, 1, 700, 5]) {
      cutOff.push(play(first));
      await clock.advance(pauseMs);
    }
    const last = play(second);
    expect(await settled(last)).toBe('played');
    expect(cutOff.map(({ said }) => said)).toEqual(cutOff.map(() => 'VOICE-001'));
    expect(chip.spoilt).toBe(0);
    expect(heard().at(-1)).toBe(`${secondHeard} 100% to the end`);
    expect(heard().filter((line) => line.endsWith('to the end'))).toHaveLength(1);
  });

  it('is silent when it is stopped, also when nobody knows what it plays', async () => {
    const { play, follow, settled, heard, speaker, chip, clock } = await speakerRig(kind);
    const outcome = play(first);
    await clock.advance(1500);
    const stop = follow(speaker.stop());
    expect(await settled(stop, 1000)).toBe('played');
    expect(outcome.said).toBe('VOICE-001');
    expect(heard()).toEqual([`${firstHeard} 100% cut off`]);
    await clock.advance(20_000);
    expect(chip.now).toBeNull();
    expect(await settled(follow(speaker.stop()))).toBe('played');
    chip.manners.isDead = true;
    expect(await settled(follow(speaker.stop()), 5000)).toBe('VOICE-003');
  });

  it('is heard although the chip says nothing back, tells that as a fault, and tries again next time', async () => {
    const { play, settled, heard, chip } = await speakerRig(kind);
    chip.manners.isMute = true;
    expect(await settled(play(first), kind.blindMaxMs)).toBe('VOICE-003');
    expect(heard().at(-1)).toBe(toEnd[0]);
    expect(heard().length).toBeLessThanOrEqual(3);
    // Known to be mute it is not told twice.
    const before = heard().length;
    expect(await settled(play(second), kind.blindMaxMs)).toBe('VOICE-003');
    expect(heard().slice(before)).toEqual([`${secondHeard} 100% to the end`]);
    chip.manners.isMute = false;
    expect(await settled(play(second), kind.blindMaxMs)).toBe('played');
  });

  it('tells of a dead chip within a bounded time, and plays again when the chip is back', async () => {
    const { play, settled, heard, chip, clock } = await speakerRig(kind);
    chip.setPower(false);
    expect(await settled(play(first), kind.blindMaxMs)).toBe('VOICE-003');
    expect(heard()).toEqual([]);
    chip.setPower(true);
    await clock.advance(10_000);
    expect(await settled(play(first))).toBe('played');
    expect(heard()).toEqual(toEnd);
  });

  it('waits for a chip that is still starting', async () => {
    const { play, settled, heard, chip, clock } = await speakerRig(kind);
    chip.setPower(false);
    await clock.advance(1000);
    chip.setPower(true);
    const outcome = play(first);
    await settled(outcome, kind.blindMaxMs);
    if (outcome.said !== 'played') expect(await settled(play(first))).toBe('played');
    expect(heard().at(-1)).toBe(toEnd[0]);
  });

  it('asks a chip again that refuses, and gives up on one that refuses for ever', async () => {
    const { play, settled, heard, chip } = await speakerRig(kind);
    chip.manners.refusals = 3;
    expect(await settled(play(first))).toBe('played');
    expect(heard().at(-1)).toBe(toEnd[0]);
    chip.manners.refusals = Number.POSITIVE_INFINITY;
    expect(await settled(play(second), 10_000)).toBe('VOICE-004');
    chip.manners.refusals = 0;
    expect(await settled(play(second))).toBe('played');
  });

  it.each([
    { how: 'late', lateMs: 200, times: 1 },
    { how: 'very late', lateMs: 700, times: 1 },
    { how: 'twice', lateMs: 0, times: 2 },
    { how: 'late and three times', lateMs: 450, times: 3 },
  ])('plays everything to the end with a chip that answers $how', async ({ lateMs, times }) => {
    const { play, settled, heard, chip, clock } = await speakerRig(kind);
    Object.assign(chip.manners, { lateMs, times });
    expect(await settled(play(first), kind.blindMaxMs)).not.toBe('VOICE-004');
    expect(heard().at(-1)).toBe(toEnd[0]);
    // Only an answer that is too late makes it begin again.
    if (lateMs <= 200) expect(heard()).toEqual(toEnd);
    const cut = play(first);
    await clock.advance(2000);
    await settled(play(second), kind.blindMaxMs);
    expect(cut.said).toBe('VOICE-001');
    expect(heard().at(-1)).toBe(`${secondHeard} 100% to the end`);
  });

  it('is heard although every answer comes garbled, and tells that as a fault', async () => {
    const { play, settled, heard, chip } = await speakerRig(kind);
    chip.manners.garble = 0x10;
    expect(await settled(play(first), kind.blindMaxMs)).toBe('VOICE-003');
    expect(heard().at(-1)).toBe(toEnd[0]);
  });

  it.each([
    { who: 'a chip that answers', isDead: false },
    { who: 'a dead chip', isDead: true },
  ])('comes to an end although the line never stops babbling, with $who', async ({ isDead }) => {
    const { play, settled, wire, chip, clock } = await speakerRig(kind);
    chip.manners.isDead = isDead;
    const random = seeded(11);
    const babble = (): void => {
      wire.noise(Uint8Array.from({ length: 4 }, () => 0x40 + Math.floor(random() * 16)));
      clock.after(4, babble);
    };
    babble();
    expect(await settled(play(first), kind.blindMaxMs)).not.toBeNull();
  });

  it('tells at once when the link goes down in mid-sentence, and plays again over the next link', async () => {
    const { play, settled, wire, clock, heard } = await speakerRig(kind);
    const outcome = play(first);
    await clock.advance(2000);
    wire.setPlugged(false);
    await clock.advance(0);
    expect(outcome.said).toBe('LINK-005');
    await clock.advance(2000);
    expect(await settled(play(second), 100)).toBe('LINK-001');
    wire.setPlugged(true);
    await clock.advance(12_000);
    expect(await settled(play(second))).toBe('played');
    expect(heard().at(-1)).toBe(`${secondHeard} 100% to the end`);
  });

  it('says it again from the start, as loud, when the chip restarts in mid-sentence', async () => {
    const { play, settled, chip, clock, heard } = await speakerRig(kind);
    const outcome = play(first);
    await clock.advance(1500);
    chip.bootMs = 300;
    chip.restart();
    await settled(outcome, kind.blindMaxMs);
    // A player that tells nothing of its start looks like one whose track is over.
    if (kind.name !== 'DY player') expect(heard()).toEqual([`${firstHeard} 100% cut off`, toEnd[0]]);
    expect(outcome.said).toBe('played');
  });

  it('plays as loud as it is told, and at 0 % not at all', async () => {
    const { play, settled, chip, speaker } = await speakerRig(kind);
    for (const volume of [100, 0, 50, 50, 100]) expect(await settled(play(first, volume))).toBe('played');
    expect(chip.heard.map(({ volume }) => volume)).toEqual([100, 0, 50, 50, 100]);
    expect(await settled(play(first, 1))).toBe('played');
    expect(chip.heard.at(-1)?.volume).toBeGreaterThan(0);
    await expect(speaker.play(first, 101)).rejects.toThrow(RangeError);
    await expect(speaker.play(first, Number.NaN)).rejects.toThrow(RangeError);
  });

  it('cuts nothing off for something that it can never play', async () => {
    const { play, settled, clock, heard } = await speakerRig(kind);
    const outcome = play(first);
    await clock.advance(500);
    expect(await settled(play(kind.foreign))).toBe('VOICE-008');
    expect(await settled(outcome)).toBe('played');
    expect(heard()).toEqual(toEnd);
  });

  it('is asked without a sound whether it is there, and not while it plays', async () => {
    const { play, follow, settled, speaker, chip, wire, clock, heard } = await speakerRig(kind);
    expect(await settled(follow(speaker.check()), 1000)).toBe('played');
    const outcome = play(first);
    await clock.advance(1000);
    expect(await settled(follow(speaker.check()), 10)).toBe('played');
    expect(await settled(outcome)).toBe('played');
    expect(heard()).toEqual(toEnd);
    await clock.advance(100);
    chip.manners.isDead = true;
    expect(await settled(follow(speaker.check()), 5000)).toBe('VOICE-003');
    await clock.advance(5000);
    wire.setPlugged(false);
    await clock.advance(1000);
    expect(await settled(follow(speaker.check()), 10)).toBe('LINK-001');
  });

  it('plays nothing after it was closed', async () => {
    const { play, settled, speaker, clock, wire } = await speakerRig(kind);
    const outcome = play(first);
    await clock.advance(1000);
    await speaker.close();
    await clock.advance(0);
    expect(outcome.said).toBe('VOICE-001');
    const sent = wire.sent.length;
    expect(await settled(play(second), 100)).toBe('LINK-005');
    await clock.advance(60_000);
    expect(wire.sent).toHaveLength(sent);
  });
});
