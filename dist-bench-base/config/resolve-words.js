/** One text stands for both languages. */
export function wordsOf(yaml) {
    return typeof yaml === 'string' ? { zh: yaml, en: yaml } : { zh: yaml.zh, en: yaml.en };
}
/** The name given, or what the thing is together with its id, or the id alone. */
export function nameOf(id, given, kind) {
    if (given !== undefined)
        return wordsOf(given);
    return kind === undefined ? { zh: id, en: id } : { zh: `${kind.zh} ${id}`, en: `${kind.en} ${id}` };
}
