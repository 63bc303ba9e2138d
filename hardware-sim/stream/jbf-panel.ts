import type { Clock } from '../../drivers/clock.js';
import { type JbfSum, jbfFrame } from './dialect-frames.js';
import { type SimStream, Voice } from './talker.js';

/** First byte of an event, and the parameter in the loop byte where it has one. */
type Code = readonly [event: number, parameter?: number];

interface Told {
  /** By state key. */
  readonly on: Readonly<Record<string, Code>>;
  /** Null: only a reset of the panel ends it. */
  readonly off: Code | null;
  /** A reset of the panel leaves it as it is. */
  readonly survivesReset?: true;
}

/** From the card's paper, V1.8. */
const signals: Readonly<Record<string, Told>> = {
  fire: { on: { alarm: [0x80] }, off: null },
  supervisory: { on: { active: [0x8c], simulated_fire: [0x8b] }, off: [0x8d] },
  gas_extinguishing: { on: { reported: [0xfa, 0x01] }, off: null },
  device_fault: { on: { fault: [0x81] }, off: [0x82] },
  loop_fault: { on: { fault: [0x87] }, off: [0x88] },
  board_fault: { on: { fault: [0x70, 0x80] }, off: [0x70, 0x90], survivesReset: true },
  isolated: { on: { isolated: [0x97] }, off: [0x98], survivesReset: true },
  mains: { on: { lost: [0x71, 0x80] }, off: [0x71, 0x90], survivesReset: true },
  battery: { on: { fault: [0x72, 0x80] }, off: [0x72, 0x90], survivesReset: true },
  started: { on: { started: [0x83] }, off: [0x84] },
  feedback: { on: { present: [0x85] }, off: [0x86] },
  // One of the direct lines: the profile names none of their codes.
  unknown_event: { on: { seen: [0x53] }, off: null },
};

const reset: Code = [0x01];
const heartbeatMs = 1000;
/** The card's clock stands still here; nobody may believe it anyway. */
const cardTime = [15, 10, 9, 16, 24, 0];
const smokeType = 3;
const firstObject = '1-1-1';

/** A Jade Bird panel behind a JBF-193K card: heartbeats, and every change once. Any state that it has no word for is rest. */
export class JbfPanel implements SimStream {
  readonly #standing = new Map<
    string,
    { readonly told: Told; readonly controller: number; readonly frame: Uint8Array }
  >();
  readonly #voice = new Voice([heartbeatMs], () => this.#voice.speak(jbfFrame([], 'none')));

  constructor(private readonly sum: JbfSum = 'eleven') {}

  start(say: (bytes: Uint8Array) => void, clock: Clock): void {
    this.#voice.start(say, clock);
  }

  hear(): void {}

  setSignal(signal: string, object: string | null, state: string | number): void {
    const told = Object.hasOwn(signals, signal) ? signals[signal] : undefined;
    if (told === undefined) throw new RangeError(`jbf-193k has no signal ${signal}`);
    const place = object ?? firstObject;
    const key = `${signal} ${place}`;
    const on = Object.hasOwn(told.on, state) ? told.on[state] : undefined;
    if (on !== undefined) {
      const frame = this.#frame(on, place);
      this.#standing.set(key, { told, controller: controllerOf(place), frame });
      this.#voice.speak(frame);
    } else if (this.#standing.delete(key)) {
      if (told.off === null) this.#reset(place);
      else this.#voice.speak(this.#frame(told.off, place));
    }
  }

  /** After the power came back the panel finds its detectors as they are. */
  setPower(on: boolean): void {
    if (!this.#voice.setPower(on)) return;
    for (const { frame } of this.#standing.values()) this.#voice.speak(frame);
  }

  /** A person resets it, and moves what survives a reset once more: whatever the line lost is told again. */
  resetByHand(): void {
    this.#reset(firstObject);
    for (const [signal, { off, survivesReset }] of Object.entries(signals)) {
      const stands = [...this.#standing.keys()].some((key) => key.startsWith(`${signal} `));
      if (survivesReset === true && off !== null && !stands) this.#voice.speak(this.#frame(off, firstObject));
    }
  }

  stop(): void {
    this.#voice.stop();
  }

  /** What still stands at the controller after its reset is told again (GB 4717-2024 5.4.3.8). */
  #reset(place: string): void {
    this.#voice.speak(this.#frame(reset, place));
    for (const { told, controller, frame } of this.#standing.values()) {
      if (told.survivesReset !== true && controller === controllerOf(place)) this.#voice.speak(frame);
    }
  }

  #frame([event, parameter]: Code, place: string): Uint8Array {
    const [controller = 0, loop = 0, address = 0] = place.split('-').map(Number);
    return jbfFrame([event, controller, parameter ?? loop, address, smokeType, ...cardTime], this.sum);
  }
}

function controllerOf(place: string): number {
  return Number(place.split('-')[0]);
}
