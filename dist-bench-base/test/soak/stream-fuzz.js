/** Hostile bytes for the framers of all dialects: plain random, good frames spoilt, cut and joined. Repeatable by its seed. */
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { fusaierFrame, jbfFrame, ultrasonicFrame } from '../../hardware-sim/stream/dialect-frames.js';
const codecs = await loadCodecs();
/** Every codec with options that make it; a codec that is not here fails the run. */
const optionsOf = {
    'uart-ultrasonic': [{ model: 'a02' }, { model: 'aj' }],
    'jbf-193k': [{}],
    fusaier: [{ alarm_means: 'electrical' }, { alarm_means: 'fire', channels: true }],
};
const longestChunk = 300;
/** Feeds `count` byte strings. Throws when a framer throws, counts wrongly or gives more events than bytes allow. */
export function fuzzStreams(count, seed) {
    const random = randomOf(seed);
    const framers = [...codecs].flatMap(([name, codec]) => {
        const options = optionsOf[name];
        if (options === undefined)
            throw new Error(`the fuzz knows no options for codec ${name}`);
        return options.map((given) => ({ name, framer: codec.create(given), bytes: 0 }));
    });
    let events = 0;
    let maxBuffer = 0;
    let nowMono = 0;
    for (let fed = 0; fed < count; fed++) {
        const bytes = hostile(random);
        nowMono += random(20) === 0 ? 5_000 : random(50);
        for (const each of framers) {
            each.bytes += bytes.length;
            const heard = each.framer.push(bytes, nowMono);
            if (heard.length > bytes.length)
                throw new Error(`${each.name}: ${heard.length} events of ${bytes.length} bytes`);
            events += heard.length;
            maxBuffer = Math.max(maxBuffer, each.framer.heldBytes);
            if (random(500) === 0)
                each.framer.reset();
        }
    }
    for (const { name, framer, bytes } of framers)
        mustAddUp(name, framer, bytes);
    return { fed: count, events, maxBuffer };
}
/** No byte is lost from the books: part of a frame, stray, or still held. */
function mustAddUp(name, { counts, heldBytes }, bytes) {
    const frameBytes = { 'uart-ultrasonic': 4, 'jbf-193k': 26, fusaier: 10 }[name] ?? 0;
    const sum = counts.frames * frameBytes + counts.strayBytes + heldBytes;
    if (sum !== bytes)
        throw new Error(`${name}: ${sum} bytes in the books, ${bytes} fed`);
}
/** mulberry32: small, and good enough to spoil bytes. */
function randomOf(seed) {
    let state = seed;
    return (below) => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
    };
}
function hostile(random) {
    switch (random(4)) {
        case 0:
            return Uint8Array.from({ length: random(longestChunk) }, () => random(256));
        case 1:
            return spoilt(goodFrame(random), random);
        case 2:
            return goodFrame(random).subarray(random(4), 1 + random(30));
        default: {
            const parts = Array.from({ length: 1 + random(8) }, () => random(3) > 0 ? goodFrame(random) : spoilt(goodFrame(random), random));
            return Uint8Array.from(parts.flatMap((part) => [...part]));
        }
    }
}
/** Bits turned, a byte gone or a byte too many. */
function spoilt(frame, random) {
    const bytes = [...frame];
    for (let turns = random(4); turns >= 0; turns--) {
        const at = random(bytes.length);
        const how = random(8);
        if (how === 0)
            bytes.splice(at, 1);
        else if (how === 1)
            bytes.splice(at, 0, random(256));
        else
            bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    }
    return Uint8Array.from(bytes);
}
function goodFrame(random) {
    switch (random(3)) {
        case 0:
            return ultrasonicFrame(random(0xff00), random(2) === 0);
        case 1: {
            const told = Array.from({ length: 11 }, () => random(256));
            return jbfFrame(told, random(3) === 0 ? 'five' : 'eleven');
        }
        default:
            return fusaierFrame(random(256), random(256), random(256), random(256), [random(256), random(256), random(256)]);
    }
}
