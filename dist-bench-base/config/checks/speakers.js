import path from 'node:path';
import { missing, usedTwice } from './finding.js';
import { emptyWindow } from './windows.js';
const playerKeys = ['path', 'baud', 'longest_track_s', 'device'];
const ofSpeech = ['path', 'baud'];
const ofTracks = ['path', 'baud', 'longest_track_s'];
const keysOfKind = {
    syn6288: ofSpeech,
    xfs5152: ofSpeech,
    dfplayer: ofTracks,
    dy: ofTracks,
    aplay: ['device'],
    line: [],
};
const leftOut = { zh: '不写这个键', en: 'the key left out' };
/** Each loudspeaker: the keys of its player, a serial device of its own, an amplifier that is one, windows that are not empty. */
export const checkSpeakers = function* (site) {
    yield* usedTwice('CONF-075', serialUses(site));
    for (const entry of site.draft.speakers) {
        yield* playerFits(entry);
        yield* amplifierFits(site, entry);
        const { index, value } = entry;
        const where = `speaker ${value.id}`;
        const { zones } = site.draft.named;
        if (value.zone !== undefined && !zones.has(value.zone)) {
            yield missing('CONF-023', ['speakers', index, 'zone'], where, value.zone, zones);
        }
        for (const [at, window] of value.volumes.entries()) {
            yield* emptyWindow(window, ['speakers', index, 'volumes', at], where);
        }
    }
};
function* playerFits({ index, value }) {
    const { player, amplifier } = value;
    const where = `speaker ${value.id}`;
    const got = `kind: ${player.kind}`;
    const own = keysOfKind[player.kind];
    for (const key of playerKeys) {
        if (player[key] === undefined || own.includes(key))
            continue;
        yield { code: 'CONF-074', path: ['speakers', index, 'player', key], where, expected: leftOut, got };
    }
    const required = (path, expected) => {
        return { code: 'CONF-012', path: ['speakers', index, ...path], where, expected, got };
    };
    if (own.includes('path') && player.path === undefined)
        yield required(['player'], 'path');
    if (player.kind === 'line' && amplifier === undefined)
        yield required([], 'amplifier');
}
/** Several loudspeakers may share one amplifier: a chip and a microphone before the same horn. */
function* amplifierFits({ draft }, { index, value }) {
    const { amplifier } = value;
    if (amplifier === undefined)
        return;
    const where = `speaker ${value.id}`;
    const at = ['speakers', index, 'amplifier'];
    if (!draft.named.outputs.has(amplifier)) {
        const amplifiers = draft.outputs.filter(({ value: { kind } }) => kind === 'amplifier');
        const known = amplifiers.map((entry) => entry.value.id);
        yield missing('CONF-050', at, where, amplifier, known);
    }
    const output = draft.outputs.find((entry) => entry.value.id === amplifier)?.value;
    if (output === undefined || output.kind === 'amplifier')
        return;
    const got = `${amplifier} (kind: ${output.kind})`;
    yield { code: 'CONF-076', path: at, where, expected: 'kind: amplifier', got };
}
function* serialUses({ draft }) {
    const ofLines = new Map();
    for (const { index, value } of draft.lines) {
        if (value.transport !== 'serial' || value.path === undefined)
            continue;
        const thing = path.posix.normalize(value.path);
        // Two lines on one device are a problem of their own.
        if (!ofLines.has(thing))
            ofLines.set(thing, { thing, path: ['lines', index, 'path'], user: `line ${value.id}` });
    }
    yield* ofLines.values();
    for (const { index, value } of draft.speakers) {
        if (value.player.path === undefined)
            continue;
        const at = ['speakers', index, 'player', 'path'];
        yield { thing: path.posix.normalize(value.player.path), path: at, user: `speaker ${value.id}` };
    }
}
