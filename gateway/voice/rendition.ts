/** One announcement being said: its loudspeakers warm up, begin together, and each ends when it has said all of its own. */
import type { SpeakerId } from '../../config/ids.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { DriverErrorCode } from '../../drivers/driver-error.js';
import type { Saying } from './announcement.js';
import type { Loudspeaker } from './loudspeaker.js';
import { isOfContent } from './speaker-faults.js';

export interface Outcome {
  /** So many times it was said whole, where it was said most often. */
  readonly spoken: number;
  /** The first error of each loudspeaker that failed. */
  readonly failed: ReadonlyMap<SpeakerId, DriverErrorCode>;
  /** Somewhere it was not said to its end because its time was over or something else came. */
  readonly wasCut: boolean;
}

export interface RenditionOptions {
  readonly clock: Clock;
  readonly parts: ReadonlyMap<Loudspeaker, { readonly sayings: readonly Saying[]; readonly volume: number }>;
  readonly times: number;
  /** Nothing is played: the amplifiers pass on a microphone until the time is over. */
  readonly isMicrophone: boolean;
  /** It lasts no longer, warming up included, ms. */
  readonly maxMs: number;
  /** The first word. */
  onBegun(): void;
  /** Once, when all have ended, failed, or were dropped; never after `cut`, and never before `start` has returned. */
  onOver(outcome: Outcome): void;
}

export class Rendition {
  /** Who still speaks or warms up. */
  readonly #speaking = new Set<Loudspeaker>();
  readonly #failed = new Map<SpeakerId, DriverErrorCode>();
  readonly #timers: Cancel[] = [];
  #endMono = 0;
  #spoken = 0;
  #wasCut = false;
  #isOver = false;
  readonly #speakers = new Set<SpeakerId>();

  constructor(private readonly options: RenditionOptions) {}

  /** Where it is being said. A loudspeaker that is through first is not given to others before all are. */
  get speakers(): ReadonlySet<SpeakerId> {
    return this.#speakers;
  }

  get outcome(): Outcome {
    return { spoken: this.#spoken, failed: this.#failed, wasCut: this.#wasCut };
  }

  start(): void {
    const { clock, parts, maxMs } = this.options;
    this.#endMono = clock.mono() + maxMs;
    let warmUpMs = 0;
    for (const loudspeaker of parts.keys()) {
      this.#speaking.add(loudspeaker);
      this.#speakers.add(loudspeaker.config.id);
      warmUpMs = Math.max(warmUpMs, loudspeaker.take());
    }
    this.#timers.push(clock.exactly(this.#endMono, () => this.#end()));
    if (warmUpMs === 0) this.#begin();
    else this.#timers.push(clock.after(warmUpMs, () => this.#begin()));
  }

  /** It goes on without these. */
  keepOnly(speakers: ReadonlySet<SpeakerId>): void {
    for (const id of this.#speakers) if (!speakers.has(id)) this.#speakers.delete(id);
    for (const loudspeaker of this.#speaking) if (!speakers.has(loudspeaker.config.id)) this.#drop(loudspeaker);
    if (this.#speaking.size === 0) this.#timers.push(this.options.clock.after(0, () => this.#end()));
  }

  /** Silent at once, without `onOver`. */
  cut(): void {
    this.#isOver = true;
    for (const cancel of this.#timers) cancel();
    for (const loudspeaker of this.#speaking) this.#drop(loudspeaker);
  }

  #begin(): void {
    if (this.#speaking.size === 0) return;
    this.options.onBegun();
    if (this.options.isMicrophone) return;
    for (const loudspeaker of [...this.#speaking]) void this.#speak(loudspeaker);
  }

  async #speak(loudspeaker: Loudspeaker): Promise<void> {
    const { clock, parts, times } = this.options;
    const { sayings = [], volume = 0 } = parts.get(loudspeaker) ?? {};
    for (let round = 1; round <= times; round++) {
      const roundMono = clock.mono();
      const isWhole = await this.#sayAll(loudspeaker, sayings, volume);
      if (!this.#speaking.has(loudspeaker)) return;
      if (!isWhole) break;
      this.#spoken = Math.max(this.#spoken, round);
      // A message that is cut off in the middle is worth less than the siren.
      if (clock.mono() - roundMono > (this.#endMono - roundMono) / 2) break;
    }
    this.#speaking.delete(loudspeaker);
    loudspeaker.release();
    if (this.#speaking.size === 0) this.#end();
  }

  /** False: not all of it could be said, or it has no loudspeaker any longer. */
  async #sayAll(loudspeaker: Loudspeaker, sayings: readonly Saying[], volume: number): Promise<boolean> {
    const { id } = loudspeaker.config;
    // A player of tracks leaves out what stands beside its track as a text; if nothing is left, that is its fault.
    const own = sayings.filter((saying) => loudspeaker.canPlay(saying));
    let isWhole = sayings.length > 0;
    for (const saying of own.length > 0 ? own : sayings) {
      const error = await loudspeaker.play(saying, volume);
      if (!this.#speaking.has(loudspeaker)) return false;
      if (error === null) continue;
      isWhole = false;
      if (!this.#failed.has(id)) this.#failed.set(id, error.code);
      // The next one may be on the card; and a chip that says nothing back may have been heard.
      if (!isOfContent(error.code) && error.code !== 'VOICE-003') return false;
    }
    return isWhole;
  }

  #drop(loudspeaker: Loudspeaker): void {
    this.#wasCut = true;
    this.#speaking.delete(loudspeaker);
    loudspeaker.release();
  }

  #end(): void {
    if (this.#isOver) return;
    const { isMicrophone, onOver } = this.options;
    this.cut();
    onOver(isMicrophone ? { ...this.outcome, spoken: 1 } : this.outcome);
  }
}
