/** How deep a JSON text is nested, before anybody parses it: sixty thousand brackets cost a parser milliseconds and a reader its stack. */
/** No deeper than `max` objects and lists within each other. Says nothing about whether it is JSON. */
export function isShallow(text, max) {
    let depth = 0;
    let isInString = false;
    for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (isInString) {
            if (code === backslash)
                at += 1;
            else if (code === quote)
                isInString = false;
        }
        else if (code === quote)
            isInString = true;
        else if (code === openObject || code === openList) {
            depth += 1;
            if (depth > max)
                return false;
        }
        else if (code === closeObject || code === closeList)
            depth -= 1;
    }
    return true;
}
const quote = 0x22;
const backslash = 0x5c;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;
