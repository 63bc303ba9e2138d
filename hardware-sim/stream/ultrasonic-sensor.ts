import type { Clock } from '../../drivers/clock.js';
import { ultrasonicFrame } from './dialect-frames.js';
import { type SimStream, Voice } from './talker.js';

export type UltrasonicModel = 'a02' | 'a01' | 'jsn' | 'aj';

/** The makers say 100 to 300 ms. */
const pausesMs = [100, 200, 300];
/** Time from the request byte to the answer: the echo of a few metres and some computing. */
const measureMs = 40;
const request = 0x55;

/** A sensor above the water. Signals: `level` in m (needs the mounting height), `distance` in mm. */
export class UltrasonicSensor implements SimStream {
  #distanceMm: number;
  readonly #voice: Voice;
  readonly #isAsked: boolean;

  /** `mountingHeightM`: null when only distances are set. Without a signal set, the water is half-way up. */
  constructor(
    private readonly model: UltrasonicModel,
    private readonly mountingHeightM: number | null,
  ) {
    this.#isAsked = model === 'jsn' || model === 'aj';
    this.#distanceMm = Math.round((mountingHeightM ?? 2) * 500);
    this.#voice = new Voice(this.#isAsked ? [] : pausesMs, () => this.#voice.speak(this.#frame()));
  }

  start(say: (bytes: Uint8Array) => void, clock: Clock): void {
    this.#voice.start(say, clock);
  }

  hear(bytes: Uint8Array): void {
    if (!this.#isAsked || !this.#voice.isOn) return;
    for (const byte of bytes) if (byte === request) this.#voice.speakAfter(measureMs, () => this.#frame());
  }

  setSignal(signal: string, _object: string | null, state: string | number): void {
    if (typeof state !== 'number') throw new RangeError(`uart-ultrasonic: ${signal} is a number, not ${state}`);
    let mm = state;
    if (signal === 'level') {
      if (this.mountingHeightM === null) throw new RangeError('uart-ultrasonic: a level needs the mounting height');
      mm = (this.mountingHeightM - state) * 1000;
    } else if (signal !== 'distance') throw new RangeError(`uart-ultrasonic has no signal ${signal}`);
    const rounded = Math.round(mm);
    if (!(rounded >= 0 && rounded <= 0xfeff)) throw new RangeError(`uart-ultrasonic: no distance of ${mm} mm`);
    this.#distanceMm = rounded;
  }

  setPower(on: boolean): void {
    this.#voice.setPower(on);
  }

  stop(): void {
    this.#voice.stop();
  }

  #frame(): Uint8Array {
    return ultrasonicFrame(this.#distanceMm, this.model !== 'aj');
  }
}
