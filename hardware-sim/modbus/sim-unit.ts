import type { Table } from '../../config/site.js';
import {
  bitsReply,
  exceptionReply,
  maxRead,
  parseRequest,
  registersReply,
  type UnitRequest,
  writeManyReply,
  writeOneReply,
} from './unit-codec.js';
import type { UnitModel } from './unit-model.js';

/** Something said on the wire. `afterMs` counts from the moment the normal reply would begin; 0 = then. */
export interface Utterance {
  readonly afterMs: number;
  readonly bytes: Uint8Array;
}

/** What a broken unit says instead of its normal reply: late, twice, cut, foreign, nothing. See mischief.ts. */
export type Mischief = (exchange: {
  readonly request: UnitRequest;
  readonly requestFrame: Uint8Array;
  readonly reply: Uint8Array;
}) => readonly Utterance[];

export interface SimUnitOptions {
  /** 1 to 247. */
  readonly address: number;
  readonly model: UnitModel;
  /** From the request's last bit to the reply's first one; never less than the line's silent interval. Default 10. */
  readonly turnaroundMs?: number;
}

const defaultTurnaroundMs = 10;
const broadcastAddress = 0;

/** One unit on a line: hears a frame, does what it says and tells what it would say when. */
export class SimUnit {
  readonly address: number;
  readonly model: UnitModel;
  turnaroundMs: number;
  mischief: Mischief | null = null;
  #isOn = true;

  constructor(options: SimUnitOptions) {
    this.address = options.address;
    this.model = options.model;
    this.turnaroundMs = options.turnaroundMs ?? defaultTurnaroundMs;
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

  /** What the unit says to one frame on its line; nothing to a broken frame, a foreign one or a broadcast. */
  hear(frame: Uint8Array): readonly Utterance[] {
    if (!this.#isOn) return [];
    const request = parseRequest(frame);
    if (request === null) return [];
    if (request.unit === broadcastAddress) {
      this.#obey(request);
      return [];
    }
    if (request.unit !== this.address) return [];
    const reply = this.#obey(request);
    return this.mischief?.({ request, requestFrame: frame, reply }) ?? [{ afterMs: 0, bytes: reply }];
  }

  /** Checks in the order of the Modbus state diagrams: function, quantity, address, then the deed. */
  #obey(request: UnitRequest): Uint8Array {
    if (request.kind === 'unknown' || !this.model.functions.has(request.fc)) {
      return exceptionReply(request.unit, request.fc, 1);
    }
    switch (request.kind) {
      case 'read':
        return this.#read(request);
      case 'write-one': {
        const refusal = this.model.write(request.fc === 5 ? 'coil' : 'holding', request.address, request.value);
        return refusal === null
          ? writeOneReply(request.unit, request.fc, request.address, request.value)
          : exceptionReply(request.unit, request.fc, refusal);
      }
      case 'write-many':
        return this.#writeMany(request);
    }
  }

  #read(request: Extract<UnitRequest, { kind: 'read' }>): Uint8Array {
    const { unit, fc, address, count } = request;
    const limit = fc <= 2 ? maxRead.bits : maxRead.registers;
    if (count < 1 || count > limit) return exceptionReply(unit, fc, 3);
    const values: number[] = [];
    for (let at = address; at < address + count; at++) {
      const raw = this.model.read(tableOf[fc], at);
      if (raw === null) return exceptionReply(unit, fc, 2);
      values.push(raw);
    }
    return fc === 1 || fc === 2 ? bitsReply(unit, fc, values) : registersReply(unit, fc, values);
  }

  #writeMany(request: Extract<UnitRequest, { kind: 'write-many' }>): Uint8Array {
    const { unit, fc, address, values } = request;
    if (!request.isSound) return exceptionReply(unit, fc, 3);
    const table = fc === 15 ? 'coil' : 'holding';
    if (values.some((_, i) => this.model.read(table, address + i) === null)) return exceptionReply(unit, fc, 2);
    for (const [i, value] of values.entries()) {
      const refusal = this.model.write(table, address + i, fc === 15 ? value * 0xff00 : value);
      if (refusal !== null) return exceptionReply(unit, fc, refusal);
    }
    return writeManyReply(unit, fc, address, values.length);
  }
}

const tableOf = { 1: 'coil', 2: 'discrete', 3: 'holding', 4: 'input' } as const satisfies Record<number, Table>;
