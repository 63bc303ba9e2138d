import { describe, expect, it } from 'vitest';
import { syn6288 } from '../../../drivers/audio/syn6288.js';
import { TtsSpeaker } from '../../../drivers/audio/tts-speaker.js';
import { heardWords } from '../../../hardware-sim/audio/mouth.js';
import { TtsChip } from '../../../hardware-sim/audio/tts-chip.js';
import { ByteWire } from '../../../hardware-sim/byte-wire.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { voiceOn } from '../../../hardware-sim/wire-voice.js';
import { followIn, type SpeakerKind, speakerKinds, speakerRig, text } from './rig.js';

const sentence = '东街十二号发生火情，请附近村民沿西巷撤离到祠堂广场，老人和孩子先走，不要乘车，不要返回取物。';
const long = sentence.repeat(5);

describe.each(speakerKinds.filter(({ first }) => first.kind === 'text'))('text on a $name', (kind: SpeakerKind) => {
  it.each([
    { how: 'well', manners: {} },
    { how: 'twice', manners: { times: 2 } },
    { how: 'late', manners: { lateMs: 300, times: 2 } },
  ])('that is too long for one order is said whole and in order by a chip that answers $how', async ({ manners }) => {
    const { chip, play, settled } = await speakerRig(kind);
    Object.assign(chip.manners, manners);
    expect(await settled(play(text(long)), 200_000)).toBe('played');
    expect(chip.heard.map(({ what }) => what).join('')).toBe(long);
    expect(chip.heard.length).toBeGreaterThan(2);
    expect(chip.heard.filter(({ how }) => how !== 'to the end')).toEqual([]);
    const pausesMs = chip.heard.slice(1).map(({ beganMono }, i) => beganMono - (chip.heard[i]?.endedMono ?? 0));
    expect(Math.max(...pausesMs)).toBeLessThan(1000);
    expect(chip.spoilt).toBe(0);
  });

  it('is said whole by a chip that says nothing back', async () => {
    const { chip, play, settled } = await speakerRig(kind);
    chip.manners.isMute = true;
    expect(await settled(play(text(long)), 200_000)).toBe('VOICE-003');
    const whole = chip.heard.filter(({ how }) => how === 'to the end');
    expect(whole.map(({ what }) => what).join('')).toBe(long);
  });

  it('is told in one write for each order, which alone sets the volume only when it changes', async () => {
    const { wire, play, settled } = await speakerRig(kind);
    const before = wire.sent.length;
    await settled(play(text('火警'), 80));
    await settled(play(text('火警'), 80));
    const orders = wire.sent.slice(before).map(({ bytes }) => new TextDecoder('gbk').decode(bytes.subarray(5)));
    expect(orders.filter((order) => order.startsWith('[v'))).toHaveLength(1);
    expect(orders.filter((order) => order.startsWith('火警'))).toHaveLength(2);
  });

  it('is told again only after the chip was told to be quiet, and at most so often', async () => {
    const { chip, wire, play, settled } = await speakerRig(kind);
    await settled(play(text('火警')));
    const before = wire.sent.length;
    chip.manners.isMute = true;
    await settled(play(text('火警')));
    const orders = wire.sent
      .slice(before)
      .map(({ bytes }) => (bytes[3] === 2 ? 'stop' : bytes[3] === 1 ? 'speak' : 'ask'));
    expect(orders.filter((order) => order !== 'ask')).toEqual(['speak', 'stop', 'speak', 'stop', 'speak']);
  });

  it('of characters that the chip has not is refused by name, and cuts nothing off', async () => {
    const { speaker, play, settled, heard, clock } = await speakerRig(kind);
    const running = play(kind.first);
    await clock.advance(500);
    await expect(speaker.play(text('着火🔥啦𠀀'), 100)).rejects.toMatchObject({ code: 'VOICE-005', got: '🔥 𠀀' });
    await expect(speaker.play(text(' \n '), 100)).rejects.toMatchObject({ code: 'VOICE-005' });
    expect(await settled(running)).toBe('played');
    expect(heard()).toEqual([`${kind.firstHeard} 100% to the end`]);
  });

  it('can not give the chip orders', async () => {
    const { play, settled, heard } = await speakerRig(kind);
    await settled(play(text('火警[v0]'), 100));
    await settled(play(text('疏散'), 100));
    expect(heard()).toEqual(['火警［v0］ 100% to the end', '疏散 100% to the end']);
  });

  it('counts as said when the chip took it and falls silent, and is over in a bounded time', async () => {
    const { chip, play, settled, clock } = await speakerRig(kind);
    const outcome = play(text('火警，请立即撤离。'), 100);
    await clock.advance(500);
    chip.manners.isMute = true;
    expect(await settled(outcome, 12_000)).toBe('played');
  });
});

describe('a chip on a two-wire line', () => {
  it('speaks, although whoever talks at the same time is not understood', async () => {
    const clock = new SimClock();
    const wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10, path: '/dev/pair' });
    const chip = new TtsChip('syn6288');
    chip.start(voiceOn(wire, clock), clock);
    wire.attachTalker(chip);
    const link = { where: wire.path, open: wire.open, clock, random: () => 0.5, baud: 9600 };
    const speaker = new TtsSpeaker({ ...link, codec: syn6288 });
    const { play, settled } = followIn(clock, speaker);
    speaker.start();
    // Given before the link is open, it is said as soon as it is.
    const outcome = play(text('火警'));
    await clock.advance(900);
    const newer = play(text('请撤离'));
    expect(await settled(newer)).toBe('played');
    expect(outcome.said).toBe('played');
    expect(heardWords(chip.heard)).toEqual(['火警 100% to the end', '请撤离 100% to the end']);
  });
});
