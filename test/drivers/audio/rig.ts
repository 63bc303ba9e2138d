/** A loudspeaker of each kind on its simulated chip, on a wire of its own and a clock that the test moves. */

import type { ChipLinkOptions } from '../../../drivers/audio/chip-link.js';
import { dfplayer } from '../../../drivers/audio/dfplayer.js';
import { dyPlayer } from '../../../drivers/audio/dy-player.js';
import { syn6288 } from '../../../drivers/audio/syn6288.js';
import { TrackSpeaker } from '../../../drivers/audio/track-speaker.js';
import { TtsSpeaker } from '../../../drivers/audio/tts-speaker.js';
import { xfs5152 } from '../../../drivers/audio/xfs5152.js';
import type { Speaker, Utterance } from '../../../drivers/driver.js';
import { DriverError } from '../../../drivers/driver-error.js';
import { heardWords } from '../../../hardware-sim/audio/mouth.js';
import type { SimChip } from '../../../hardware-sim/audio/sim-chip.js';
import { DfPlayerChip, DyChip } from '../../../hardware-sim/audio/track-chips.js';
import { TtsChip } from '../../../hardware-sim/audio/tts-chip.js';
import { UartWire } from '../../../hardware-sim/audio/uart-wire.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';

export const text = (words: string): Utterance => ({ kind: 'text', text: words });
export const track = (number: number): Utterance => ({ kind: 'track', track: number });

/** Longer than any track of the card. */
export const trackMaxMs = 20_000;
const card = new Map([
  [1, 4000],
  [2, 6000],
]);

export interface SpeakerKind {
  readonly name: string;
  makeChip(): SimChip;
  makeSpeaker(options: ChipLinkOptions): Speaker;
  /** Two things that it can play, and how the village hears them; and one thing that it can never play. */
  readonly first: Utterance;
  readonly second: Utterance;
  readonly firstHeard: string;
  readonly secondHeard: string;
  readonly foreign: Utterance;
  /** A play that gets no answer at all is over after so long. */
  readonly blindMaxMs: number;
}

const drill = '各位村民，现在进行消防演练，请听从指挥。';
const fire = '火警！东街十二号发生火情，请立即撤离。';
const speaks = { first: text(drill), second: text(fire), firstHeard: drill, secondHeard: fire, foreign: track(1) };
const plays = {
  ...{ first: track(1), second: track(2), firstHeard: 'track 1', secondHeard: 'track 2' },
  foreign: text(fire),
};

export const speakerKinds: readonly SpeakerKind[] = [
  {
    name: 'SYN6288',
    ...speaks,
    makeChip: () => new TtsChip('syn6288'),
    makeSpeaker: (options) => new TtsSpeaker({ ...options, codec: syn6288 }),
    blindMaxMs: 12_000,
  },
  {
    name: 'XFS5152CE',
    ...speaks,
    makeChip: () => new TtsChip('xfs5152'),
    makeSpeaker: (options) => new TtsSpeaker({ ...options, codec: xfs5152 }),
    blindMaxMs: 12_000,
  },
  {
    name: 'DFPlayer Mini',
    ...plays,
    makeChip: () => new DfPlayerChip(card),
    makeSpeaker: (options) => new TrackSpeaker({ ...options, codec: dfplayer, trackMaxMs }),
    blindMaxMs: trackMaxMs + 10_000,
  },
  {
    name: 'DY player',
    ...plays,
    makeChip: () => new DyChip(card),
    makeSpeaker: (options) => new TrackSpeaker({ ...options, codec: dyPlayer, trackMaxMs }),
    blindMaxMs: trackMaxMs + 10_000,
  },
];

/** What became of a play: `played`, or the code of its error. */
export interface Outcome {
  said: string | null;
  /** When, ms of the clock. */
  atMono: number;
}

export interface SpeakerRig {
  readonly clock: SimClock;
  readonly wire: UartWire;
  readonly chip: SimChip;
  readonly speaker: Speaker;
  /** Plays at 100 %, or at `volume`. */
  play(what: Utterance, volume?: number): Outcome;
  /** What becomes of any other promise. */
  follow(promise: Promise<void>): Outcome;
  /** Moves time on until it is decided; throws after `limitMs`. Returns what it came to. */
  settled(outcome: Outcome, limitMs?: number): Promise<string | null>;
  /** One line for each thing heard: `火警 100% to the end`. */
  heard(): readonly string[];
}

/** A started speaker; the chip has been there for long and has been heard. */
export async function speakerRig(kind: SpeakerKind): Promise<SpeakerRig> {
  const clock = new SimClock();
  const wire = new UartWire({ clock, path: '/dev/voice' });
  const chip = kind.makeChip();
  wire.attach(chip);
  const speaker = kind.makeSpeaker({ where: wire.path, open: wire.open, clock, random: () => 0.5, baud: 9600 });
  speaker.start();
  await clock.advance(5000);
  return { clock, wire, chip, speaker, ...followIn(clock, speaker), heard: () => heardWords(chip.heard) };
}

/** The part of a rig that any speaker can have. */
export function followIn(clock: SimClock, speaker: Speaker): Pick<SpeakerRig, 'play' | 'follow' | 'settled'> {
  const follow = (promise: Promise<void>): Outcome => {
    const outcome: Outcome = { said: null, atMono: 0 };
    const note = (said: string): void => {
      outcome.said = said;
      outcome.atMono = clock.mono();
    };
    promise.then(
      () => note('played'),
      (error: unknown) => note(error instanceof DriverError ? error.code : String(error)),
    );
    return outcome;
  };
  return {
    follow,
    play: (what, volume = 100) => follow(speaker.play(what, volume)),
    settled: async (outcome, limitMs = 60_000) => {
      await clock.until(() => outcome.said !== null, limitMs, 10);
      return outcome.said;
    },
  };
}
