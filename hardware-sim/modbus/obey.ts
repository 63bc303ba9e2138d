import type { Table } from '../../config/site.js';
import { pduOf } from './unit-codec.js';
import type { UnitModel } from './unit-model.js';
import {
  bitsPdu,
  type ExceptionCode,
  exceptionPdu,
  maxRead,
  type PduRequest,
  registersPdu,
  writePdu,
} from './unit-pdu.js';

const tableOf = { 1: 'coil', 2: 'discrete', 3: 'holding', 4: 'input' } as const satisfies Record<number, Table>;

/**
 * Does what a request says and gives the answer, without address and check sum. Checks in the order of the Modbus state
 * diagrams: function, quantity, address, then the deed.
 */
export function obey(unit: number, model: UnitModel, request: PduRequest): Uint8Array {
  const outcome = perform(model, request);
  if (typeof outcome !== 'number') return new Uint8Array(outcome);
  if (model.refuse !== undefined) return pduOf(model.refuse(unit, request.fc, outcome));
  return new Uint8Array(exceptionPdu(request.fc, outcome));
}

/** The answer, or the exception that refuses it. */
function perform(model: UnitModel, request: PduRequest): readonly number[] | ExceptionCode {
  if (request.kind === 'unknown' || !model.functions.has(request.fc)) return 1;
  switch (request.kind) {
    case 'read':
      return read(model, request);
    case 'write-one': {
      const { fc, address, value } = request;
      return model.write(fc === 5 ? 'coil' : 'holding', address, value) ?? writePdu(fc, address, value);
    }
    case 'write-many':
      return writeMany(model, request);
  }
}

function read(model: UnitModel, request: Extract<PduRequest, { kind: 'read' }>): readonly number[] | ExceptionCode {
  const { fc, address, count } = request;
  const limit = Math.min(fc <= 2 ? maxRead.bits : maxRead.registers, model.maxRead ?? Number.POSITIVE_INFINITY);
  if (count < 1 || count > limit) return 3;
  const values: number[] = [];
  for (let at = address; at < address + count; at++) {
    const raw = model.read(tableOf[fc], at);
    if (raw === null) return 2;
    values.push(raw);
  }
  return fc === 1 || fc === 2 ? bitsPdu(fc, values) : registersPdu(fc, values);
}

function writeMany(
  model: UnitModel,
  request: Extract<PduRequest, { kind: 'write-many' }>,
): readonly number[] | ExceptionCode {
  const { fc, address, values } = request;
  if (!request.isSound) return 3;
  const table = fc === 15 ? 'coil' : 'holding';
  if (values.some((_, i) => model.read(table, address + i) === null)) return 2;
  for (const [i, value] of values.entries()) {
    const refusal = model.write(table, address + i, fc === 15 ? value * 0xff00 : value);
    if (refusal !== null) return refusal;
  }
  return writePdu(fc, address, values.length);
}
