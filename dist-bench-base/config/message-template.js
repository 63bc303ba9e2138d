/** Placeholders in the text of a message. They are filled in when it is said. */
/** What may stand in `{{…}}`. */
export const placeholders = ['place', 'zone', 'name', 'site', 'class', 'time', 'minutes'];
/** What is wrong with a text: a name that is no placeholder, or braces without their pair; null: nothing. */
export function templateFault(text) {
    const known = placeholders;
    for (const [got, name = ''] of text.matchAll(/\{\{([^{}]*)\}\}/g)) {
        if (!known.includes(name))
            return { name, got };
    }
    const lone = /\{\{|\}\}/.exec(text.replaceAll(/\{\{[^{}]*\}\}/g, ''));
    return lone === null ? null : { name: null, got: lone[0] };
}
