/** Longer than this a value is not written out again. */
const shownMaxChars = 80;
/** A message said on a loudspeaker, for whoever wrote something else. */
const sampleSay = '{message: fire, on: [horn-hall]}';
const saysKeys = new Set(['say', 'village_say', 'neighbours_say']);
const sayKeys = new Set(['all_clear', 'begins', 'ends']);
/** Null: the brackets are not what is wrong. */
export function shapeHint(key, got, { kinds }) {
    if (kinds.includes('array') && !kinds.includes('object')) {
        if (saysKeys.has(key) && !isGroup(got))
            return list(`[${sampleSay}]`);
        if (typeof got === 'string')
            return list(`[${got.trim().replaceAll(/\s*[,，、]\s*/gu, ', ')}]`);
        if (isGroup(got))
            return list(`[${inOneLine(got)}]`);
    }
    if (kinds.includes('object') && sayKeys.has(key) && typeof got === 'string') {
        return { zh: `写 ${sampleSay} 这样`, en: `write such as ${sampleSay}` };
    }
    if (kinds.includes('object') && Array.isArray(got)) {
        const [first] = got;
        const one = isGroup(first) ? inOneLine(first) : null;
        if (one === null)
            return null;
        return { zh: `这里只写一项，不加方括号：${one}`, en: `one alone, without square brackets: ${one}` };
    }
    return null;
}
function list(text) {
    return { zh: `这里是列表，写在方括号里：${text}`, en: `a list belongs here, in square brackets: ${text}` };
}
function isGroup(got) {
    return typeof got === 'object' && got !== null && !Array.isArray(got);
}
/** As it would stand in the file. */
function inOneLine(group) {
    const parts = Object.entries(group).map(([key, value]) => {
        const plain = key === 'on' && typeof value === 'string' ? [value] : value;
        if (Array.isArray(plain))
            return `${key}: [${plain.map(String).join(', ')}]`;
        return `${key}: ${isGroup(plain) ? '{…}' : String(plain)}`;
    });
    const text = `{${parts.join(', ')}}`;
    if (Object.hasOwn(group, 'message') && (text.length > shownMaxChars || !Object.hasOwn(group, 'on')))
        return sampleSay;
    return text.length > shownMaxChars ? '{…}' : text;
}
