/** The questions of one line and what follows from them: coded once, asked again and again. */
import type { Table } from '../../config/site.js';
import type { LineUnit, Question } from './exchange.js';
import { replyShapeOf } from './frame.js';
import type { ModbusRequest } from './modbus-pdu.js';
import { encodeRequest } from './request-frame.js';
import type { UnitRecord } from './unit-record.js';

const tables: readonly Table[] = ['coil', 'discrete', 'input', 'holding'];

export class Questions {
  /** Reads of each unit, by table, address and count. A device reads a few fixed blocks, so nothing is ever forgotten. */
  readonly #reads = new WeakMap<LineUnit, Map<number, Question>>();

  /** `charMs` = time of one character on the wire, ms. */
  constructor(
    private readonly charMs: number,
    private readonly recordOf: (address: number) => UnitRecord,
  ) {}

  of(unit: LineUnit, request: ModbusRequest): Question {
    if (request.kind === 'write') return this.#coded(unit, request);
    let known = this.#reads.get(unit);
    if (known === undefined) {
      known = new Map();
      this.#reads.set(unit, known);
    }
    const number = (tables.indexOf(request.table) * 0x1_0000 + request.address) * 0x1_0000 + request.count;
    let question = known.get(number);
    if (question === undefined) {
      question = this.#coded(unit, request);
      known.set(number, question);
    }
    return question;
  }

  #coded(unit: LineUnit, request: ModbusRequest): Question {
    const frame = encodeRequest(unit.address, request);
    return {
      ...{ unit, request, record: this.recordOf(unit.address) },
      key: Buffer.from(frame).toString('latin1'),
      wireMs: frame.length * this.charMs,
      shape: replyShapeOf(frame, unit.exceptionStyle),
    };
  }
}
