/** The horns of a village over the lives of its gateway. */
import { beforeEach, expect, it } from 'vitest';
import { brandId, type SpeakerId } from '../../config/ids.js';
import type { Utterance } from '../../drivers/driver.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { SimHorns } from '../../hardware-sim/sim-horns.js';
import { speakerConfig } from '../gateway/voice/voice-rig.js';

const chip = speakerConfig(brandId<SpeakerId>('chip'), { amplifier: null });
const card = speakerConfig(brandId<SpeakerId>('card'), { amplifier: null, player: { kind: 'aplay', device: null } });
const fire: Utterance = { kind: 'text', text: '火警火警火警火警火警' };
const fireMs = 10 * 222;

let clock: SimClock;
let horns: SimHorns;
let told: string[];

function note(name: string, answer: Promise<void>): void {
  answer.then(
    () => told.push(`${name} ${clock.mono()}`),
    (error: { code?: string }) => told.push(`${name} ${error.code} ${clock.mono()}`),
  );
}

beforeEach(() => {
  clock = new SimClock();
  told = [];
  horns = new SimHorns([chip, card], clock, () => true);
});

it('a chip plays on after its process died, to the end or to the next order; nobody is answered', async () => {
  note('dead', horns.open(chip).play(fire, 100));
  await clock.advance(100);
  horns.processKilled();
  await clock.advance(100);
  expect(horns.soundOf(chip.id)).toBe(fire.text);
  await clock.advance(fireMs);
  expect([horns.soundOf(chip.id), told]).toEqual([null, []]);
  note('dead', horns.open(chip).play(fire, 100));
  horns.processKilled();
  const next = horns.open(chip);
  note('next', next.play({ kind: 'text', text: '演练' }, 50));
  await clock.advance(100);
  expect(horns.soundOf(chip.id)).toBe('演练');
  await clock.advance(fireMs);
  expect(told).toHaveLength(1);
});

it('a player program dies with its process, and everything at a power cut', async () => {
  note('file', horns.open(card).play({ kind: 'file', path: '/a.wav' }, 100));
  note('chip', horns.open(chip).play(fire, 100));
  await clock.advance(100);
  horns.processKilled();
  expect([horns.soundOf(card.id), horns.soundOf(chip.id)]).toEqual([null, fire.text]);
  horns.powerCut();
  expect(horns.soundOf(chip.id)).toBe(null);
  await clock.advance(20_000);
  expect(told).toEqual([]);
});

it('one that hangs plays without an end and answers nothing, whoever asks, until it is mended', async () => {
  horns.hang(chip.id, true);
  const speaker = horns.open(chip);
  note('play', speaker.play(fire, 100));
  note('stop', speaker.stop());
  note('check', speaker.check());
  await clock.advance(3_600_000);
  expect([horns.soundOf(chip.id), told]).toEqual([fire.text, []]);
  horns.hang(chip.id, false);
  await clock.advance(0);
  expect(horns.soundOf(chip.id)).toBe(null);
  expect([...told].sort()).toEqual(['check 3600000', 'play VOICE-009 3600000', 'stop 3600000']);
  note('again', speaker.play(fire, 100));
  await clock.advance(fireMs);
  expect(told).toContain(`again ${3_600_000 + fireMs}`);
});

it('one that hung as its process died falls silent when it is mended', async () => {
  horns.hang(chip.id, true);
  note('dead', horns.open(chip).play(fire, 100));
  horns.processKilled();
  await clock.advance(60_000);
  expect(horns.soundOf(chip.id)).toBe(fire.text);
  horns.hang(chip.id, false);
  await clock.advance(0);
  expect([horns.soundOf(chip.id), told]).toEqual([null, []]);
});

it('one that refuses does so until it is well, over the lives of the gateway', async () => {
  horns.fail(chip.id, 'VOICE-004');
  note('refused', horns.open(chip).play(fire, 100));
  horns.processKilled();
  note('refused', horns.open(chip).check());
  await clock.advance(0);
  horns.fail(chip.id, null);
  note('well', horns.open(chip).check());
  await clock.advance(0);
  expect(told).toEqual(['refused VOICE-004 0', 'refused VOICE-004 0', 'well 0']);
});
