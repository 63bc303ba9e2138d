import { crc16 } from './frame.js';
import type { ModbusRequest } from './modbus-pdu.js';

const readCodes = { coil: 1, discrete: 2, holding: 3, input: 4 } as const;

/** The frame that modbus-serial will put on the wire for this request: the line compares and keys by it. */
export function encodeRequest(unit: number, request: ModbusRequest): Uint8Array {
  const functionCode = request.kind === 'read' ? readCodes[request.table] : request.table === 'coil' ? 5 : 6;
  const last =
    request.kind === 'read' ? request.count : request.table === 'coil' ? coilWord(request.value) : request.value;
  const frame = new Uint8Array(8);
  const view = new DataView(frame.buffer);
  view.setUint8(0, unit);
  view.setUint8(1, functionCode);
  view.setUint16(2, request.address);
  view.setUint16(4, last);
  view.setUint16(6, crc16(frame, 0, 6), true);
  return frame;
}

function coilWord(value: number): number {
  return value === 0 ? 0 : 0xff00;
}
