/** It in one language. */
export function toldIn(told, lang) {
    return typeof told === 'string' ? told : told[lang];
}
export const outsideTextMaxChars = 60;
/** Outside text as it may stand in a message: no control characters, at most 60 characters. */
export function quoteOutside(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    const clean = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '·');
    return clean.length > outsideTextMaxChars ? `${clean.slice(0, outsideTextMaxChars - 1)}…` : clean;
}
/** One problem in one language: `file:line:column where: what; expected …, got …; hint [CODE]`. */
export function describeProblem(problem, lang) {
    const zh = lang === 'zh';
    const place = problem.at === null ? '' : `${problem.at.file}:${problem.at.line}:${problem.at.column} `;
    const told = (text, head) => (text === null ? '' : `${head} ${toldIn(text, lang)}`);
    const expected = told(problem.expected, zh ? '；应为' : '; expected');
    const got = told(problem.got, zh ? '；实为' : '; got');
    const hint = problem.hint === null ? '' : zh ? `；${problem.hint.zh}` : `; ${problem.hint.en}`;
    return `${place}${problem.where}${zh ? '：' : ': '}${problem.what[lang]}${expected}${got}${hint} [${problem.code}]`;
}
