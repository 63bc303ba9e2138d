import { Lexer, Parser } from 'yaml';
/** Open constructs at once; a site file needs 9. The composer is recursive: 100 000 opening brackets abort the whole
 * process from inside the regular expression compiler, which no `catch` can hold (measured on Node 20). */
export const yamlNestingMax = 60;
/** Lexical parts; about 50 per device. A million closing brackets would cost 10 s of error messages. */
export const yamlPartsMax = 150_000;
/** Looks at the text with the two stages of the YAML library that are not recursive, and stops at the first excess. */
export function isTooMuchYaml(text) {
    const parser = new Parser();
    let parts = 0;
    for (const lexeme of new Lexer().lex(text)) {
        for (const _token of parser.next(lexeme)) {
            // Only the depth of the parser's stack is of interest.
        }
        if (parser.stack.length > yamlNestingMax || ++parts > yamlPartsMax)
            return true;
    }
    return false;
}
