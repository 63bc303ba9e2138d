/** A loudspeaker's chip behind a pseudo-terminal. A pseudo-terminal has no pace, so frames are handed to the chip one by one, as far
 * apart as a wire would have brought them at least. */
import type { PlayerConfig, SpeakerConfig } from '../../config/sounding.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { SimChip } from '../audio/sim-chip.js';
import { DfPlayerChip, DyChip } from '../audio/track-chips.js';
import { TtsChip } from '../audio/tts-chip.js';
import { openPty, type Pty, type PtyFailure } from '../socat-pty.js';

type ChipPlayer = Extract<PlayerConfig, { readonly kind: 'chip' }>;

/** Least pause between two orders, ms: 8 of a speech chip, 100 of a player, and a little more. */
const speechGapMs = 10;
const playerGapMs = 105;
const bitsPerChar = 10;
/** Bytes that are no frame of any chip are forgotten beyond this. */
const bufferMaxBytes = 1024;
/** How often the chip is asked what it says now. */
const listenEveryMs = 20;
/** Tracks of its card, each so long. */
const cardTracks = 32;
const trackMs = 10_000;

export interface HornDoor {
  readonly chip: SimChip;
  stop(): Promise<void>;
}

/** `onHeard` is told of each text or track as it begins. */
export async function openHorn(
  { id }: SpeakerConfig,
  player: ChipPlayer,
  clock: Clock,
  onHeard: (what: string, volume: number, beganMono: number) => void,
): Promise<HornDoor | PtyFailure> {
  const chip = chipOf(player);
  const frames = new FrameGate(player, clock, (frame) => chip.hear(frame));
  let pty: Pty | null = null;
  const opened = await openPty(player.path, clock, {
    onBytes: (bytes) => frames.take(bytes),
    onGone: () => process.stderr.write(`the pseudo-terminal of ${id} is gone\n`),
  });
  if (typeof opened === 'string') return opened;
  pty = opened;
  chip.start((bytes) => pty?.write(bytes), clock);
  let told = 0;
  let cancel: Cancel = () => undefined;
  const listen = (): void => {
    for (const { what, volume, beganMono } of chip.heard.slice(told)) onHeard(what, volume, beganMono);
    told = chip.heard.length;
    cancel = clock.after(listenEveryMs, listen);
  };
  listen();
  return {
    chip,
    stop: async () => {
      cancel();
      await opened.stop();
    },
  };
}

function chipOf({ chip, baud }: ChipPlayer): SimChip {
  const card = new Map(Array.from({ length: cardTracks }, (_, i) => [i + 1, trackMs] as const));
  switch (chip) {
    case 'syn6288':
    case 'xfs5152':
      return new TtsChip(chip, baud);
    case 'dfplayer':
      return new DfPlayerChip(card);
    case 'dy':
      return new DyChip(card);
  }
}

class FrameGate {
  #bytes: number[] = [];
  readonly #waiting: Uint8Array[] = [];
  #isBusy = false;
  readonly #gapMs: number;
  readonly #charMs: number;

  constructor(
    private readonly player: ChipPlayer,
    private readonly clock: Clock,
    private readonly deliver: (frame: Uint8Array) => void,
  ) {
    const isPlayer = player.chip === 'dfplayer' || player.chip === 'dy';
    this.#gapMs = isPlayer ? playerGapMs : speechGapMs;
    this.#charMs = (bitsPerChar * 1000) / player.baud;
  }

  take(bytes: Uint8Array): void {
    this.#bytes.push(...bytes);
    for (;;) {
      const length = this.#lengthOf(this.#bytes);
      if (length === null || this.#bytes.length < length) break;
      this.#waiting.push(Uint8Array.from(this.#bytes.splice(0, length)));
    }
    this.#bytes = this.#bytes.slice(-bufferMaxBytes);
    this.#next();
  }

  #next(): void {
    if (this.#isBusy) return;
    const frame = this.#waiting.shift();
    if (frame === undefined) return;
    this.#isBusy = true;
    this.clock.after(this.#gapMs + frame.length * this.#charMs, () => {
      this.#isBusy = false;
      this.deliver(frame);
      this.#next();
    });
  }

  /** Null: not known yet. Whatever is no head of a frame is handed on alone, for the chip to complain of. */
  #lengthOf([head, second, third]: readonly number[]): number | null {
    if (head === undefined) return null;
    switch (this.player.chip) {
      case 'syn6288':
      case 'xfs5152':
        if (head !== 0xfd) return 1;
        return second === undefined || third === undefined ? null : 3 + second * 256 + third;
      case 'dfplayer':
        return head === 0x7e ? 10 : 1;
      case 'dy':
        if (head !== 0xaa) return 1;
        return third === undefined ? null : 4 + third;
    }
  }
}
