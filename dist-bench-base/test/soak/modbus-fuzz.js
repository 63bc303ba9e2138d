/**
 * Random bytes for the framers of Modbus. Whatever comes: no exception, no answer that was not asked for, a bounded buffer,
 * and the true answer afterwards is still found.
 */
import { replyShapeOf } from '../../drivers/modbus/frame.js';
import { MbapFraming } from '../../drivers/modbus/mbap-framing.js';
import { encodeRequest } from '../../drivers/modbus/request-frame.js';
import { RtuFraming } from '../../drivers/modbus/rtu-framing.js';
import { hasGoodCrc, withCrc } from '../../hardware-sim/modbus/crc16.js';
const requests = [
    { kind: 'read', table: 'holding', address: 0x10, count: 1 },
    { kind: 'read', table: 'input', address: 0, count: 10 },
    { kind: 'read', table: 'coil', address: 0x310, count: 20 },
    { kind: 'read', table: 'holding', address: 0, count: 125 },
    { kind: 'write', table: 'coil', address: 0, value: 1 },
    { kind: 'write', table: 'holding', address: 1, value: 0x0100, asMany: true },
];
export function fuzzModbus(framer, count, random) {
    const below = (limit) => Math.floor(random() * limit);
    let answers = 0;
    let maxBufferBytes = 0;
    let framing = fresh(framer);
    for (let fed = 0; fed < count; fed++) {
        const request = requests[below(requests.length)] ?? { kind: 'read', table: 'holding', address: 0, count: 1 };
        const rtu = encodeRequest(1, request);
        const shape = replyShapeOf(rtu);
        if (framing.isBroken)
            framing = fresh(framer);
        const sent = framing.send({ slot: 1, shape }, rtu);
        const text = mutate(framer, sent, goodAnswer(framer, sent, rtu, shape.length, below), below);
        for (let at = 0; at < text.length;) {
            const end = at + 1 + below(text.length);
            for (const found of framing.receive(text.subarray(at, end))) {
                answers++;
                if (!hasGoodCrc(found.frame))
                    throw new Error(`no answer: ${Buffer.from(found.frame).toString('hex')}`);
                if (found.frame[0] !== 1)
                    throw new Error('an answer of another unit');
            }
            at = end;
        }
        maxBufferBytes = Math.max(maxBufferBytes, framing.rest.length);
        framing.forget(1);
    }
    return { fed: count, answers, maxBufferBytes };
}
function fresh(framer) {
    return framer === 'rtu' ? new RtuFraming() : new MbapFraming(1);
}
/** What a sound unit would say, by the simulator's rules. */
function goodAnswer(framer, sent, rtu, length, below) {
    const functionCode = rtu[1] ?? 0;
    const data = Array.from({ length: length - 5 }, () => below(256));
    const body = below(8) === 0
        ? [1, functionCode | 0x80, 1 + below(11)]
        : functionCode <= 4
            ? [1, functionCode, length - 5, ...data]
            : [...rtu.subarray(0, 6)];
    if (framer === 'rtu')
        return withCrc(body);
    return Uint8Array.of(sent[0] ?? 0, sent[1] ?? 0, 0, 0, 0, body.length, ...body);
}
/** Sound, nearly sound, or nothing like it. */
function mutate(framer, sent, answer, below) {
    const noise = Uint8Array.from({ length: below(40) }, () => below(256));
    switch (below(framer === 'rtu' ? 8 : 6)) {
        case 0:
            return answer;
        case 1:
            return noise;
        case 2:
            return answer.map((byte) => (below(12) === 0 ? byte ^ (1 << below(8)) : byte));
        case 3:
            return answer.subarray(0, below(answer.length));
        case 4:
            return joined(answer, answer);
        case 5:
            return joined(answer, noise);
        case 6:
            return joined(noise, answer);
        default:
            return joined(sent, answer);
    }
}
function joined(a, b) {
    return Uint8Array.from([...a, ...b]);
}
