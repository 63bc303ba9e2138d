import type { Speech } from '../speech.js';
import { type Mbap, mbapFrame } from './mbap.js';
import { obey } from './obey.js';
import { parseRequest, rtuFrame, type UnitRequest } from './unit-codec.js';
import type { UnitModel } from './unit-model.js';
import { parsePdu } from './unit-pdu.js';

/** Something said on the wire. `afterMs` counts from the moment the normal reply would begin; 0 = then. */
export interface Utterance {
  readonly afterMs: number;
  readonly bytes: Uint8Array;
}

/** What a broken unit says instead of its normal reply: late, twice, cut, foreign, nothing. See mischief.ts. Frames are as
 * they travel: RTU on a serial line, MBAP on the network. */
export type Mischief = (exchange: {
  readonly request: UnitRequest;
  readonly requestFrame: Uint8Array;
  readonly reply: Uint8Array;
}) => readonly Utterance[];

export interface SimUnitOptions {
  /** 1 to 247; on the network 0 to 255. */
  readonly address: number;
  readonly model: UnitModel;
  /** From the request's last bit to the reply's first one; never less than the line's silent interval. Default 10. */
  readonly turnaroundMs?: number;
  /** How it speaks, whatever its line does. Left out: as its line. */
  readonly speech?: Speech;
}

const defaultTurnaroundMs = 10;
const broadcastAddress = 0;
const nothing: readonly Utterance[] = [];

/** One unit on a line: hears a frame, does what it says and tells what it would say when. */
export class SimUnit {
  /** Where it answers now. */
  address: number;
  readonly model: UnitModel;
  readonly #speech: Speech | null;
  turnaroundMs: number;
  /** Added to each turnaround, ms; see `jitter` in mischief.ts. */
  extraMs: (() => number) | null = null;
  mischief: Mischief | null = null;
  #isOn = true;

  constructor(options: SimUnitOptions) {
    this.address = options.address;
    this.model = options.model;
    this.#speech = options.speech ?? null;
    this.turnaroundMs = options.turnaroundMs ?? defaultTurnaroundMs;
  }

  /** How it speaks now; null: as its line. */
  get speech(): Speech | null {
    return this.#speech;
  }

  /** False = no supply: silent, and its relays have fallen off. */
  get on(): boolean {
    return this.#isOn;
  }

  set on(on: boolean) {
    if (on === this.#isOn) return;
    this.#isOn = on;
    this.model.setPower(on);
  }

  /** How long it takes for the reply that comes next, ms. */
  nextTurnaroundMs(): number {
    return this.turnaroundMs + (this.extraMs?.() ?? 0);
  }

  /** What the unit says to one frame on its line; nothing to a broken frame, a foreign one or a broadcast. */
  hear(frame: Uint8Array): readonly Utterance[] {
    // Most frames on a line are for others.
    const to = frame[0];
    const isOwn = to === this.address || (to !== undefined && to === this.model.universalAddress);
    if (!this.#isOn || !(isOwn || to === broadcastAddress)) return nothing;
    const request = parseRequest(frame);
    if (request === null) return nothing;
    if (request.unit === broadcastAddress) {
      obey(this.address, this.model, request);
      return nothing;
    }
    return this.#answer(request, frame, rtuFrame(request.unit, obey(request.unit, this.model, request)));
  }

  /** The same for a request that came over the network, where no address is a broadcast. */
  hearMbap(mbap: Mbap): readonly Utterance[] {
    const { unit, transaction } = mbap;
    if (!this.#isOn || unit !== this.address) return nothing;
    const request = parsePdu(mbap.pdu);
    if (request === null) return nothing;
    const reply = mbapFrame({ transaction, unit, pdu: obey(unit, this.model, request) });
    return this.#answer({ unit, ...request }, mbapFrame(mbap), reply);
  }

  #answer(request: UnitRequest, requestFrame: Uint8Array, reply: Uint8Array): readonly Utterance[] {
    return this.mischief?.({ request, requestFrame, reply }) ?? [{ afterMs: 0, bytes: reply }];
  }
}
