/** Packs of measurements as this release sends them: SenML in JSON or CBOR, told apart by the first byte. */
import { parseSenmlPack } from '../mqtt/senml.js';
const jsonArray = 0x5b;
export function readSenmlPack(bytes) {
    return parseSenmlPack(bytes, bytes[0] === jsonArray ? 'json' : 'cbor');
}
