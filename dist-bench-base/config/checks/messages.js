import { didYouMean } from '../did-you-mean.js';
import { placeholders, templateFault } from '../message-template.js';
import { missing } from './finding.js';
import { saysOf } from './says.js';
/** What a player takes of a message; null: it plays nothing. */
const plays = {
    syn6288: 'text',
    xfs5152: 'text',
    aplay: 'file',
    dfplayer: 'track',
    dy: 'track',
    line: null,
};
const nothing = { zh: '都没有', en: 'neither' };
const anotherSpeaker = { zh: '另一个喇叭', en: 'another loudspeaker' };
const speakingChip = { zh: '会读文字的播放器', en: 'a player that speaks a text' };
/** Each message says something that can be read; whatever is said exists, and each loudspeaker named for it can play it. */
export const checkMessages = function* ({ draft }) {
    for (const { index, value } of draft.messages)
        yield* content(['messages', index], value);
    for (const { say, path, where } of saysOf(draft)) {
        const { messages } = draft.named;
        if (!messages.has(say.message))
            yield missing('CONF-069', [...path, 'message'], where, say.message, messages);
        const message = draft.messages.find(({ value }) => value.id === say.message)?.value;
        for (const [at, id] of say.on.entries())
            yield* heard(draft, message, id, [...path, 'on', at], where);
    }
    for (const [at, id] of (draft.walkTest?.on ?? []).entries()) {
        const path = ['walk_test', 'on', at];
        const kind = yield* speaker(draft, id, path, 'walk_test');
        if (kind === null || plays[kind] === 'text')
            continue;
        yield { code: 'CONF-073', path, where: 'walk_test', expected: speakingChip, got: `${id} (${kind})` };
    }
};
function* content(path, { id, text, file, track }) {
    const where = `message ${id}`;
    if (text === undefined && file === undefined && track === undefined) {
        yield { code: 'CONF-077', path, where, expected: 'text, file, track', got: nothing };
    }
    const fault = text === undefined ? null : templateFault(text);
    if (fault === null)
        return;
    const known = placeholders.map((name) => `{{${name}}}`).join(' ');
    const finding = { code: 'CONF-078', path: [...path, 'text'], where, expected: known, got: fault.got };
    const meant = fault.name === null ? null : didYouMean(fault.name.trim(), placeholders);
    yield meant === null
        ? finding
        : { ...finding, hint: { zh: `是不是 {{${meant}}}？`, en: `did you mean {{${meant}}}?` } };
}
/** Is it there, and can it play the message? One that is not well-formed has its own problem. */
function* heard(draft, message, id, path, where) {
    const kind = yield* speaker(draft, id, path, where);
    if (kind === null || message === undefined)
        return;
    const key = plays[kind];
    if (key === null)
        yield { code: 'CONF-073', path, where, expected: anotherSpeaker, got: `${id} (${kind})` };
    else if (message[key] === undefined && saysSomething(message)) {
        const expected = { zh: `${message.id} 里有 ${key}`, en: `${key} in ${message.id}` };
        yield { code: 'CONF-073', path, where, expected, got: `${id} (${kind})` };
    }
}
/** What says nothing at all has its own problem. */
function saysSomething({ text, file, track }) {
    return text !== undefined || file !== undefined || track !== undefined;
}
function* speaker({ named, speakers }, id, path, where) {
    if (!named.speakers.has(id))
        yield missing('CONF-068', path, where, id, named.speakers);
    return speakers.find(({ value }) => value.id === id)?.value.player.kind ?? null;
}
