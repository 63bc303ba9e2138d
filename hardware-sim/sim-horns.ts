/**
 * The loudspeakers of a village: what plays on them, and what people hear of it. A horn whose amplifier is off says nothing to
 * anybody, whatever its player does.
 */
import type { OutputId, SpeakerId } from '../config/ids.js';
import type { PlayerConfig, SiteConfig, SpeakerConfig } from '../config/site.js';
import type { Clock } from '../drivers/clock.js';
import type { Speaker, Utterance } from '../drivers/driver.js';
import type { DriverErrorCode } from '../drivers/driver-error.js';
import { heardMax, Mouth } from './audio/mouth.js';
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
  /** The last 10,000 that were played, in order. */
  readonly heard: HornHeard[] = [];
  /** The players of the gateway that runs now. */
  readonly #players = new Map<SpeakerId, SimSpeaker>();
  /** The horns themselves. */
  readonly #mouths: ReadonlyMap<SpeakerId, Mouth>;
  readonly #faults = new Map<SpeakerId, DriverErrorCode>();
  readonly #hanging = new Set<SpeakerId>();
  readonly #listeners = new Set<(heard: HornHeard) => void>();

  constructor(
    private readonly speakers: SiteConfig['speakers'],
    private readonly clock: Clock,
    private readonly outputIsOn: (output: OutputId) => boolean,
  ) {
    this.#mouths = new Map(speakers.map(({ id }) => [id, new Mouth(clock)]));
  }

  /** The player of a horn, for a gateway that starts. */
  open(config: SpeakerConfig): Speaker {
    const { id, amplifier, player } = config;
    const mouth = this.#mouths.get(id) ?? new Mouth(this.clock);
    const made = new SimSpeaker({ clock: this.clock, plays: playsOf(player), where: id, mouth });
    made.fault = this.#faults.get(id) ?? null;
    made.setHangs(this.#hanging.has(id));
    made.onHeard(({ what, volume, beganMono }) => {
      const heard = { speaker: id, what, volume, beganMono, isLoud: amplifier === null || this.outputIsOn(amplifier) };
      this.heard.push(heard);
      if (this.heard.length > heardMax) this.heard.shift();
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
    this.#assertThere(id);
    if (fault === null) this.#faults.delete(id);
    else this.#faults.set(id, fault);
    const player = this.#players.get(id);
    if (player !== undefined) player.fault = fault;
  }

  /** It answers nothing, and plays without an end (SimSpeaker.setHangs). Throws RangeError like `fail`. */
  hang(id: SpeakerId, hangs: boolean): void {
    this.#assertThere(id);
    if (hangs) this.#hanging.add(id);
    else this.#hanging.delete(id);
    const player = this.#players.get(id);
    if (player !== undefined) player.setHangs(hangs);
    else if (!hangs) this.#mouths.get(id)?.cut();
  }

  /** The gateway is killed: nobody hears of its players any more; chips play on to the end of what they have, or to a new order. */
  processKilled(): void {
    for (const player of this.#players.values()) player.kill();
    this.#players.clear();
  }

  /** The same, and the chips lose their supply: all is silent. */
  powerCut(): void {
    this.processKilled();
    for (const mouth of this.#mouths.values()) mouth.cut();
  }

  /** What can be heard of this horn now; null: nothing. */
  soundOf(id: SpeakerId): string | null {
    const now = this.#mouths.get(id)?.now ?? null;
    const amplifier = this.speakers.find((speaker) => speaker.id === id)?.amplifier ?? null;
    return now === null || (amplifier !== null && !this.outputIsOn(amplifier)) ? null : now.what;
  }

  #assertThere(id: SpeakerId): void {
    if (!this.#mouths.has(id)) throw new RangeError(`the site has no speaker ${id}`);
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
