/** The voice over the real drivers and the simulated chips: from an announcement to what the village hears. */
import { expect, it } from 'vitest';
import { brandId } from '../../../config/ids.js';
import type { SpeakerConfig } from '../../../config/sounding.js';
import type { ChipLinkOptions } from '../../../drivers/audio/chip-link.js';
import type { Child, ChildEnd, PlayerSystem } from '../../../drivers/audio/player-system.js';
import { realSpeaker } from '../../../drivers/audio/real-speakers.js';
import { renderSaying } from '../../../gateway/voice/render.js';
import { heardWords } from '../../../hardware-sim/audio/mouth.js';
import type { SimChip } from '../../../hardware-sim/audio/sim-chip.js';
import { DfPlayerChip, DyChip } from '../../../hardware-sim/audio/track-chips.js';
import { TtsChip } from '../../../hardware-sim/audio/tts-chip.js';
import { UartWire } from '../../../hardware-sim/audio/uart-wire.js';
import { announcement, hall, speakerConfig, VoiceRig } from './voice-rig.js';

type Chip = Extract<SpeakerConfig['player'], { kind: 'chip' }>['chip'];

const card = new Map([
  [1, 12_000],
  [2, 4000],
]);
const chips: Readonly<Record<Chip, () => SimChip>> = {
  syn6288: () => new TtsChip('syn6288'),
  xfs5152: () => new TtsChip('xfs5152'),
  dfplayer: () => new DfPlayerChip(card),
  dy: () => new DyChip(card),
};
const kinds = Object.keys(chips) as Chip[];

async function rigOn(kind: Chip): Promise<{ rig: VoiceRig; chip: SimChip; heard: () => readonly string[] }> {
  const chip = chips[kind]();
  const player = { kind: 'chip', chip: kind, path: '/dev/voice', baud: 9600, trackMaxMs: 20_000 } as const;
  const rig = new VoiceRig({
    configs: [speakerConfig(hall, { player, warmUpMs: 0 })],
    makeSpeaker: (config, clock) => {
      const wire = new UartWire({ clock, path: '/dev/voice' });
      wire.attach(chip);
      const openerOf = (): ChipLinkOptions['open'] => wire.open;
      return realSpeaker(config, { clock, random: () => 0.5, openerOf });
    },
  });
  await rig.clock.advance(15_000);
  return { rig, chip, heard: () => heardWords(chip.heard) };
}

const both = (text: string, track: number) => ({
  sayings: new Map([[hall, [{ message: brandId<never>(`m${track}`), text, file: null, track }]]]),
});
const peace = '各位村民，请注意用火用电安全，不要在林区吸烟。';
const fire = '祠堂发生火情，请立即撤离。';

it.each(kinds)(
  '%s: fire cuts the programme off within 50 ms, is heard, and the turn is over when it was said',
  async (kind) => {
    const { rig, chip, heard } = await rigOn(kind);
    rig.voice.announce(announcement('programme', peace, [hall], both(peace, 1)));
    await rig.clock.advance(3000);
    const [programme] = chip.heard;
    expect(programme?.how).toBe('sounding');
    const atMono = rig.clock.mono();
    let turns = 0;
    rig.voice.hold(new Set([hall]));
    rig.voice.turn(announcement('fire', fire, [hall], both(fire, 2)), 15_000, () => turns++);
    await rig.clock.advance(15_000);
    expect((programme?.endedMono ?? Number.POSITIVE_INFINITY) - atMono).toBeLessThanOrEqual(50);
    const says = kind === 'dfplayer' || kind === 'dy' ? 'track 2' : fire;
    expect(heard().slice(1)).toEqual([`${says} 100% to the end`]);
    expect([turns, rig.faults]).toEqual([1, []]);
  },
);

it.each(kinds)(
  '%s: busy and late it is heard all the same; dead it is one fault, and the siren carries on',
  async (kind) => {
    const { rig, chip, heard } = await rigOn(kind);
    let turns = 0;
    const turn = async (): Promise<void> => {
      rig.voice.turn(announcement('fire', fire, [hall], both(fire, 2)), 15_000, () => turns++);
      await rig.clock.advance(15_000);
    };
    rig.voice.hold(new Set([hall]));
    chip.manners.refusals = 1;
    chip.manners.lateMs = 40;
    await turn();
    expect([turns, heard().length]).toEqual([1, 1]);
    chip.manners.isDead = true;
    await turn();
    await turn();
    await rig.clock.advance(300_000);
    expect(turns).toBe(3);
    expect(rig.faults).toEqual(['hall VOICE-003']);
    chip.manners.isDead = false;
    await rig.clock.advance(120_000);
    expect(rig.faults).toEqual(['hall VOICE-003', 'hall well']);
  },
);

it('a clone that plays and never answers is one fault that stands, not one that comes and goes', async () => {
  const { rig, chip } = await rigOn('dfplayer');
  if (chip instanceof DfPlayerChip) chip.isClone = true;
  for (let i = 0; i < 6; i++) {
    rig.voice.announce(announcement('district', peace, [hall], both(peace, 2)));
    await rig.clock.advance(100_000);
  }
  expect(chip.heard.filter(({ how }) => how === 'to the end')).toHaveLength(6);
  expect(rig.faults).toEqual(['hall VOICE-003']);
});

it('a text of the site file is no order to a chip', async () => {
  const { rig, heard } = await rigOn('syn6288');
  const message = {
    id: brandId<never>('m'),
    name: { zh: '', en: '' },
    text: '[v0]{{place}}起火',
    file: null,
    track: null,
  };
  const saying = renderSaying(message, { place: '[s1]东街' });
  rig.voice.announce(announcement('evacuation', '', [hall], { sayings: new Map([[hall, [saying]]]) }));
  await rig.clock.advance(20_000);
  expect(heard()).toEqual(['［v0］［s1］东街起火 100% to the end']);
});

/** aplay as it looks from outside: a child that plays for so long, and files that are there or not. */
class FakeAplay implements PlayerSystem {
  readonly files = new Set(['/alarm.wav', '/song.wav']);
  readonly told: string[] = [];

  constructor(private readonly after: (ms: number, run: () => void) => void) {}

  run(_program: string, args: readonly string[]): Child {
    this.told.push(`play ${args.at(-1)}`);
    let finish: (end: ChildEnd) => void = () => undefined;
    const end = (exitCode: number | null): void => {
      finish({ exitCode, notStarted: null, said: '' });
    };
    this.after(args[0] === '--version' ? 1 : 2000, () => end(0));
    return {
      onEnd: (listener) => {
        finish = listener;
      },
      kill: (signal) => {
        this.told.push(signal);
        this.after(5, () => end(null));
      },
    };
  }

  async headOf(path: string): Promise<{ head: Uint8Array; fileBytes: number }> {
    if (!this.files.has(path)) throw new Error('ENOENT');
    return { head: wavHead(32_000), fileBytes: 32_044 };
  }
}

/** Two seconds of 8 kHz, 16 bit, mono. */
function wavHead(dataBytes: number): Uint8Array {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + dataBytes, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(dataBytes, 40);
  return head;
}

it('aplay: fire ends the child of the programme; a missing file is a fault, the siren carries on, and it mends itself', async () => {
  let aplay: FakeAplay | null = null;
  const rig = new VoiceRig({
    configs: [speakerConfig(hall, { player: { kind: 'aplay', device: null }, warmUpMs: 0 })],
    makeSpeaker: (config, clock) => {
      aplay = new FakeAplay((ms, run) => clock.after(ms, run));
      return realSpeaker(config, { clock, random: () => 0.5, system: aplay });
    },
  });
  const { files, told } = aplay ?? new FakeAplay(() => undefined);
  const file = (path: string) => ({
    sayings: new Map([[hall, [{ message: brandId<never>('alarm'), text: null, file: path, track: null }]]]),
  });
  rig.voice.announce(announcement('programme', '歌', [hall], file('/song.wav')));
  await rig.clock.advance(1000);
  rig.voice.hold(new Set([hall]));
  rig.voice.turn(announcement('fire', '火警', [hall], file('/alarm.wav')), 10_000, () => undefined);
  await rig.clock.advance(3000);
  expect(told).toEqual(['play /song.wav', 'SIGTERM', 'play /alarm.wav']);
  files.delete('/alarm.wav');
  let turns = 0;
  rig.voice.turn(announcement('fire', '火警', [hall], file('/alarm.wav')), 10_000, () => turns++);
  await rig.clock.advance(5);
  expect([turns, rig.faults]).toEqual([1, ['hall VOICE-002']]);
  files.add('/alarm.wav');
  await rig.clock.advance(120_000);
  expect(rig.faults).toHaveLength(1);
  rig.voice.turn(announcement('fire', '火警', [hall], file('/alarm.wav')), 10_000, () => turns++);
  await rig.clock.advance(3000);
  expect([turns, rig.faults]).toEqual([2, ['hall VOICE-002', 'hall well']]);
});
