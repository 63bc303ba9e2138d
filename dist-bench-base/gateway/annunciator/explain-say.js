/** Loudspeakers that play the same of a message are told together: one speaks its text, another plays a track. */
export function explainSay({ message: id, speakers }, { messages, speakers: all }) {
    const message = messages.find((each) => each.id === id);
    const byContent = new Map();
    for (const speaker of speakers) {
        const found = all.find((each) => each.id === speaker);
        const what = contentOf(id, message, found);
        const same = byContent.get(what.zh) ?? { what, where: [] };
        byContent.set(what.zh, same);
        same.where.push(found?.name ?? plain(speaker));
    }
    const parts = [...byContent.values()].map(({ what, where }) => {
        const { zh, en } = listed(where);
        return { zh: `${zh}播${what.zh}`, en: `${en} says ${what.en}` };
    });
    return { zh: parts.map(({ zh }) => zh).join('；'), en: parts.map(({ en }) => en).join('; ') };
}
/** The text where it is spoken; else the name, for nobody can read what is on a card or in a file. */
function contentOf(id, message, speaker) {
    if (message === undefined)
        return plain(id);
    const { name, text, file, track } = message;
    const kind = speaker?.player.kind === 'chip' ? speaker.player.chip : speaker?.player.kind;
    if (file !== null && kind === 'aplay')
        return { zh: `${name.zh}（文件 ${file}）`, en: `${name.en} (file ${file})` };
    if (track !== null && (kind === 'dfplayer' || kind === 'dy')) {
        return { zh: `${name.zh}（曲目 ${track}）`, en: `${name.en} (track ${track})` };
    }
    return text === null ? name : { zh: `“${text}”`, en: `"${text}"` };
}
export function speakerNames(ids, { speakers }) {
    return listed(ids.map((id) => speakers.find((each) => each.id === id)?.name ?? plain(id)));
}
export function outputNames(ids, { outputs }) {
    return listed([...ids].map((id) => outputs.find((output) => output.id === id)?.name ?? plain(id)));
}
export function listed(names) {
    return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') };
}
function plain(id) {
    return { zh: id, en: id };
}
