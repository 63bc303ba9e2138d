/** A place name is no novel. */
const factMaxChars = 60;
/** Longer than any turn; more is cut off behind the last sentence that fits. */
const textMaxChars = 400;
export function renderSaying({ id, text, file, track }, facts) {
    const said = text === null ? '' : renderText(text, facts);
    return { message: id, text: said === '' ? null : said, file, track };
}
/** Empty when nothing is left to say. */
export function renderText(template, facts) {
    const clauses = template.match(clausePattern) ?? [];
    const rendered = clauses.map((clause) => renderClause(clause, facts)).join('');
    return shortened(tidied(rendered));
}
/** A stretch of words with the punctuation behind it. */
const clausePattern = /[^，。；！？,;!?\n]*(?:[，。；！？,;!?\n]+|$)/gu;
const holePattern = /\{\{\s*([^{}]*?)\s*\}\}/gu;
/** With the preposition before it and the unit behind it. */
const emptyHole = /(?:位于|在|于|\b(?:at|in|on) )?\s*\uE000\s*(?:分钟(?:后|内|前)?|minutes?\b)?/giu;
function renderClause(clause, facts) {
    let known = 0;
    let missing = 0;
    const filled = clause.replaceAll(holePattern, (_hole, name) => {
        const fact = factOf(name, facts);
        if (fact === '')
            missing++;
        else
            known++;
        return fact === '' ? '\uE000' : fact;
    });
    if (missing === 0)
        return filled;
    const rest = filled.replaceAll(emptyHole, '');
    const isBare = /^[\s\p{P}的之处]*$/u.test(rest) || (known === 0 && /[：:]\s*[，。；！？,;!?]*$/u.test(rest));
    // Its punctuation stays where it ends a sentence, and is tidied up.
    return isBare ? (/[。！？!?]\s*$/u.exec(rest)?.[0] ?? '') : rest;
}
function factOf(name, facts) {
    const fact = facts[name] ?? '';
    const text = String(fact)
        .replaceAll(/[\p{C}\s]+/gu, ' ')
        .trim();
    return [...text].slice(0, factMaxChars).join('');
}
function tidied(text) {
    return text
        .replaceAll(/（\s*）|\(\s*\)|「\s*」|“\s*”|【\s*】/gu, '')
        .replaceAll(/[ \t]+/g, ' ')
        .replaceAll(/ (?=[，。；！？：、!?,.;])|(?<=[，。；！？：、]) |(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
        .replaceAll(/：[，；、]+/gu, '：')
        .replaceAll(/[，；、：,;]+(?=[。！？])/gu, '')
        .replaceAll(/([，。；！？、])\1+/gu, '$1')
        .replaceAll(/(?<=[。！？])[，。；、]+/gu, '')
        .replaceAll(/^[\s，。；！？、：,;!?]+/gu, '')
        .trim();
}
function shortened(text) {
    const chars = [...text];
    if (chars.length <= textMaxChars)
        return text;
    const head = chars.slice(0, textMaxChars).join('');
    const end = Math.max(...['。', '！', '？', '；'].map((mark) => head.lastIndexOf(mark)));
    return end > 0 ? head.slice(0, end + 1) : head;
}
