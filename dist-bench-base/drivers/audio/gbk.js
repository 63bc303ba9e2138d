/**
 * Text as GBK, the encoding that the Chinese voice chips read. Node decodes GBK but does not encode it, and a table of 24 000
 * characters as source, or a package for it, is more than one conversion is worth: every two-byte code is decoded once, and
 * the table is that answer turned round (20 ms on a PC, so it is made when a speaker starts, not when it must speak).
 */
const leadFirst = 0x81;
const leadLast = 0xfe;
const trailFirst = 0x40;
const trailLast = 0xfe;
/** Rows and columns of GB2312 begin here. A character with two codes gets the one that lies among them. */
const gb2312First = 0xa1;
const asciiFirst = 0x20;
const asciiLast = 0x7e;
const newline = 0x0a;
/** UTF-16 code unit → lead byte × 256 + trail byte; 0: GBK does not have it. */
let table = null;
/** Makes the table now, so that the first text does not wait for it. */
export function prepareGbk() {
    table ??= makeTable();
}
/** The text in GBK. Throws RangeError for a character that `notInGbk` names. */
export function encodeGbk(text) {
    const bytes = [];
    for (const char of text) {
        const code = codeOf(char);
        if (code === 0)
            throw new RangeError(`not in GBK: ${char}`);
        if (code <= asciiLast)
            bytes.push(code);
        else
            bytes.push(code >> 8, code & 0xff);
    }
    return Uint8Array.from(bytes);
}
/** The characters of the text that GBK does not have, each once, in their order; control characters are among them. */
export function notInGbk(text) {
    return [...new Set(text)].filter((char) => codeOf(char) === 0);
}
/** How many bytes the text takes; a character that GBK does not have counts 2. */
export function gbkLength(text) {
    let length = 0;
    for (const char of text)
        length += isAscii(char.codePointAt(0) ?? 0) ? 1 : 2;
    return length;
}
function codeOf(char) {
    const point = char.codePointAt(0) ?? 0;
    if (isAscii(point))
        return point;
    table ??= makeTable();
    // Characters beyond the 16-bit plane are not in GBK.
    return point > 0xffff ? 0 : (table[point] ?? 0);
}
function isAscii(point) {
    return point >= asciiFirst && point <= asciiLast;
}
function makeTable() {
    const codes = [];
    for (let lead = leadFirst; lead <= leadLast; lead++) {
        for (let trail = trailFirst; trail <= trailLast; trail++)
            codes.push(lead * 256 + trail);
    }
    // Each code on a line of its own: one that means nothing can then not swallow its neighbour.
    const bytes = new Uint8Array(codes.length * 3);
    for (const [i, code] of codes.entries())
        bytes.set([code >> 8, code & 0xff, newline], i * 3);
    const rows = new TextDecoder('gbk').decode(bytes).split('\n');
    const made = new Uint16Array(0x1_0000);
    codes.forEach((code, i) => {
        const row = rows[i] ?? '';
        const unit = row.length === 1 ? row.charCodeAt(0) : 0;
        if (unit <= asciiLast || isForeign(unit))
            return;
        const isInside = code >> 8 >= gb2312First && (code & 0xff) >= gb2312First;
        if (made[unit] === 0 || isInside)
            made[unit] = code;
    });
    return made;
}
/** The sign for "no such code", half of a pair, or the private area, which every font fills otherwise. */
function isForeign(unit) {
    return unit === 0xfffd || (unit >= 0xd800 && unit <= 0xf8ff);
}
