/**
 * The loudspeakers of a village: what plays on them, and what people hear of it. A horn whose amplifier is off says nothing to
 * anybody, whatever its player does.
 */
import type { OutputId, SpeakerId } from '../config/ids.js';
import type { PlayerConfig, SiteConfig, SpeakerConfig } from '../config/site.js';
import type { Clock } from '../drivers/clock.js';
import type { Speaker, Utterance } from '../drivers/driver.js';
import type { DriverErrorCode } from '../drivers/driver-error.js';
import { SimSpeaker } from './audio/sim-speaker.js';

export interface HornHeard {
  readonly speaker: SpeakerId;
  /** The text, `track 3`, `file /a.wav`. */
  readonly what: string;
  /** 0 to 100 %. */
  readonly volume: number;
  readonly beganMono: number;
  /** The amplifier was on as it began. */
  readonly isLoud: boolean;
}

export class SimHorns {
  /** Everything that was played, in order. */
  readonly heard: HornHeard[] = [];
  /** The players of the gateway that runs now. */
  readonly #players = new Map<SpeakerId, SimSpeaker>();
  readonly #faults = new Map<SpeakerId, DriverErrorCode>();
  readonly #listeners = new Set<(heard: HornHeard) => void>();

  constructor(
    private readonly speakers: SiteConfig['speakers'],
    private readonly clock: Clock,
    private readonly outputIsOn: (output: OutputId) => boolean,
  ) {}

  /** The player of a horn, for a gateway that starts. */
  open(config: SpeakerConfig): Speaker {
    const { id, amplifier, player } = config;
    const made = new SimSpeaker({ clock: this.clock, plays: playsOf(player), where: id });
    made.fault = this.#faults.get(id) ?? null;
    made.onHeard(({ what, volume, beganMono }) => {
      const heard = { speaker: id, what, volume, beganMono, isLoud: amplifier === null || this.outputIsOn(amplifier) };
      this.heard.push(heard);
      for (const listener of this.#listeners) listener(heard);
    });
    this.#players.set(id, made);
    return made;
  }

  onHeard(listener: (heard: HornHeard) => void): void {
    this.#listeners.add(listener);
  }

  /** Throws RangeError for a horn that the site does not have. Null: it is well again. */
  fail(id: SpeakerId, fault: DriverErrorCode | null): void {
    if (!this.speakers.some((speaker) => speaker.id === id)) throw new RangeError(`the site has no speaker ${id}`);
    if (fault === null) this.#faults.delete(id);
    else this.#faults.set(id, fault);
    const player = this.#players.get(id);
    if (player !== undefined) player.fault = fault;
  }

  /** What can be heard of this horn now; null: nothing. */
  soundOf(id: SpeakerId): string | null {
    const now = this.#players.get(id)?.now ?? null;
    const amplifier = this.speakers.find((speaker) => speaker.id === id)?.amplifier ?? null;
    return now === null || (amplifier !== null && !this.outputIsOn(amplifier)) ? null : now.what;
  }
}

function playsOf(player: PlayerConfig): Utterance['kind'] {
  switch (player.kind) {
    case 'aplay':
      return 'file';
    case 'line':
      return 'text';
    case 'chip':
      return player.chip === 'dfplayer' || player.chip === 'dy' ? 'track' : 'text';
  }
}
