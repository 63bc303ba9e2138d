import type { Cancel, Clock } from '../../drivers/clock.js';

/** Something that was heard in the village. */
export interface Heard {
  /** The text, `track 3`, `file /a.wav`. */
  readonly what: string;
  /** 0 to 100 % of what the device can. */
  readonly volume: number;
  readonly beganMono: number;
  endedMono: number | null;
  how: 'sounding' | 'to the end' | 'cut off';
}

/** Sounds that are remembered; the oldest goes. */
export const heardMax = 10_000;

/** The loudspeaker's end of a device: one sound at a time, and a record of the last 10,000. */
export class Mouth {
  readonly heard: Heard[] = [];
  #end: Cancel | null = null;

  constructor(private readonly clock: Clock) {}

  /** What is sounding now; null when it is silent. */
  get now(): Heard | null {
    const last = this.heard.at(-1);
    return last?.how === 'sounding' ? last : null;
  }

  /** Begins at once and cuts off what sounds. `ended`: it was played to the end; `lengthMs` null: it has none. */
  begin(what: string, volume: number, lengthMs: number | null, ended: () => void): void {
    this.cut();
    const heard: Heard = { what, volume, beganMono: this.clock.mono(), endedMono: null, how: 'sounding' };
    this.heard.push(heard);
    if (this.heard.length > heardMax) this.heard.shift();
    if (lengthMs === null) return;
    this.#end = this.clock.after(lengthMs, () => {
      this.#finish(heard, 'to the end');
      ended();
    });
  }

  cut(): void {
    const { now } = this;
    if (now !== null) this.#finish(now, 'cut off');
  }

  #finish(heard: Heard, how: 'to the end' | 'cut off'): void {
    this.#end?.();
    this.#end = null;
    heard.endedMono = this.clock.mono();
    heard.how = how;
  }
}

/** What a village heard, in one line each: `火警 100% to the end`. */
export function heardWords(heard: readonly Heard[]): readonly string[] {
  return heard.map(({ what, volume, how }) => `${what} ${volume}% ${how}`);
}
