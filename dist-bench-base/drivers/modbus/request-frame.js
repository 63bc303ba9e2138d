import { sealFrame } from './frame.js';
const readCodes = { coil: 1, discrete: 2, holding: 3, input: 4 };
/** The frame that modbus-serial will put on the wire for this request: the line compares and keys by it. */
export function encodeRequest(unit, request) {
    if (request.kind === 'read')
        return short(unit, readCodes[request.table], request.address, request.count);
    const { table, address, value } = request;
    if (request.asMany === true) {
        const data = table === 'coil' ? [value === 0 ? 0 : 1] : [value >>> 8, value & 0xff];
        const code = table === 'coil' ? 15 : 16;
        const body = [unit, code, address >>> 8, address & 0xff, 0, 1, data.length, ...data, 0, 0];
        return sealFrame(Uint8Array.from(body));
    }
    const isCoil = table === 'coil';
    return short(unit, isCoil ? 5 : 6, address, isCoil && request.asWord !== true ? coilWord(value) : value);
}
function short(unit, functionCode, address, last) {
    return sealFrame(Uint8Array.of(unit, functionCode, address >>> 8, address & 0xff, last >>> 8, last & 0xff, 0, 0));
}
function coilWord(value) {
    return value === 0 ? 0 : 0xff00;
}
