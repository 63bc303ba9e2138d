/** What is said on each loudspeaker of `say`. An unknown message is a broken promise of the site file's check: nothing is said. */
export function sayingsOf(say, messages, render) {
    const message = messages.find(({ id }) => id === say?.message);
    if (say === null || message === undefined)
        return new Map();
    const sayings = render(message);
    return new Map(say.speakers.map((speaker) => [speaker, sayings]));
}
/** A text that stands in no site file. */
export function plainText(text) {
    return { message: null, text, file: null, track: null };
}
/** The zone of an entry about several: only one of its own can stand there. */
export function onlyZone(zones) {
    return zones !== 'all' && zones.length === 1 ? (zones[0] ?? null) : null;
}
