/** Marks a string that has just been validated (or made) as an id of the wanted kind. */
export function brandId(text) {
    return text;
}
/** What people may write as an id in YAML: lower-case letters, digits and hyphens, 1 to 40 characters. */
export const idPattern = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
