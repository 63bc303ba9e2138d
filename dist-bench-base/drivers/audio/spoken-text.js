/** Text as a voice chip may be given it: nothing in it that is an order, in pieces that it takes, with the time that it needs. */
import { gbkLength, notInGbk } from './gbk.js';
/** Where a text may be cut, the best places first: after a sentence, after a clause, between words. */
const cuts = [
    /[。！？；!?;]/u,
    /[，、：,:](?!\d)/u,
    /[^A-Za-z0-9.](?=.)|[A-Za-z0-9.](?=[^A-Za-z0-9.])/u,
];
/** Ms: Chinese is spoken at four to five characters a second; digits and Latin letters are spelled. */
const charMs = 230;
const latinMs = 280;
const markMs = 350;
const spaceMs = 60;
/** The text without line ends (a pause takes their place) and without half-width square brackets: between those a chip looks
 * for orders (`[v0]` would silence it). */
export function spokenText(text) {
    return text
        .trim()
        .replaceAll(/\s*[\r\n]+\s*/g, '，')
        .replaceAll(/\s+/g, ' ')
        .replaceAll('[', '［')
        .replaceAll(']', '］');
}
/** What a voice chip can not say of this text, each character once; empty when it can say all of it. */
export function unspeakableIn(text) {
    return notInGbk(spokenText(text));
}
/** The text in pieces of at most `maxBytes` in GBK, cut behind punctuation where there is any, never inside a character. */
export function piecesOf(text, maxBytes) {
    const pieces = [];
    let rest = text;
    while (gbkLength(rest) > maxBytes) {
        const cutAt = cutIn(headOf(rest, maxBytes));
        pieces.push(rest.slice(0, cutAt));
        rest = rest.slice(cutAt);
    }
    return rest === '' ? pieces : [...pieces, rest];
}
/** How long the text takes to be spoken, ms; an estimate. */
export function speakingMs(text) {
    let sum = 0;
    for (const char of text) {
        if (char === ' ')
            sum += spaceMs;
        else if (/[\p{P}\p{S}]/u.test(char))
            sum += markMs;
        else
            sum += /[A-Za-z0-9]/.test(char) ? latinMs : charMs;
    }
    return sum;
}
/** The longest beginning of it that is no longer than `maxBytes`; at least one character. */
function headOf(text, maxBytes) {
    let head = '';
    let length = 0;
    for (const char of text) {
        length += gbkLength(char);
        if (length > maxBytes && head !== '')
            return head;
        head += char;
    }
    return head;
}
function cutIn(head) {
    for (const cut of cuts) {
        const places = [...head.matchAll(new RegExp(cut.source, 'gu'))];
        const last = places.at(-1);
        if (last !== undefined)
            return last.index + last[0].length;
    }
    return head.length;
}
