import { classWords } from '../../config/vocabulary.js';
const about = { subject: 'gateway', alarm: null, zone: null, origin: null };
/** The first entry of every epoch. `previous`: the epoch that the file was in before, null in a new file. */
export function journalBegun(previous, begun = null) {
    const { why = null, setAside = null } = begun ?? {};
    return {
        ...about,
        kind: 'journal.begun',
        class: null,
        words: begun === null ? wordsOfBegun(previous) : wordsOfReplaced(begun),
        detail: { previous, ...(begun === null ? {} : { why, setAside }) },
    };
}
function wordsOfBegun(previous) {
    if (previous === null)
        return { zh: '新的记录文件启用', en: 'a new journal was begun' };
    return {
        zh: '启动时磁盘无应答，记录另起一段',
        en: 'the disk answered late at start; the journal goes on in a new epoch',
    };
}
function wordsOfReplaced({ why, setAside }) {
    if (why === 'restored') {
        return {
            zh: '记录文件是从别处或较早时间恢复的副本，记录另起一段',
            en: 'the journal is a copy of an earlier moment, another box or another site; it goes on in a new epoch',
        };
    }
    if (setAside === null)
        return { zh: '记录文件不见了，新的记录文件启用', en: 'the journal was gone; a new one was begun' };
    return {
        zh: `记录文件损坏，已另存为 ${setAside}，新的记录文件启用`,
        en: `the journal was damaged and is set aside as ${setAside}; a new one was begun`,
    };
}
/** What could be read of a damaged journal, told when all of it has been taken over. */
export function journalSalvaged({ entries, packs, lost, file }) {
    return {
        ...about,
        kind: 'journal.salvaged',
        class: null,
        words: {
            zh: `从损坏的记录文件 ${file} 中找回 ${entries} 条记录、${packs} 组遥测${lost === 0 ? '' : `；${lost} 处无法读出`}`,
            en: `${entries} entries and ${packs} packs of samples were taken over from ${file}${lost === 0 ? '' : `; ${lost} places do not read`}`,
        },
        detail: { entries, packs, lost, file },
    };
}
/** What had to go before every centre had it, because the journal was full. */
export function journalDropped(dropped) {
    const gone = Object.keys(droppedWords).filter((name) => dropped[name] > 0);
    const zh = gone.map((name) => `${droppedWords[name].zh} ${dropped[name]}`).join('、');
    const en = gone.map((name) => `${droppedWords[name].en} ${dropped[name]}`).join(', ');
    return {
        ...about,
        kind: 'journal.dropped',
        class: 'fault',
        words: {
            zh: `记录存储已满，未上报的记录被清除：${zh}`,
            en: `the journal was full; these went before every centre had them: ${en}`,
        },
        detail: { ...dropped },
    };
}
const droppedWords = {
    ...classWords,
    none: { zh: '其他', en: 'other' },
    telemetry: { zh: '遥测', en: 'packs of samples' },
};
/** What a full memory made us lose while no disk answered. */
export function journalLost(lost) {
    const count = lost.fire + lost.journal + lost.telemetry;
    return {
        ...about,
        kind: 'journal.lost',
        class: 'fault',
        words: {
            zh: `磁盘无应答期间丢失 ${count} 条记录`,
            en: `${count} entries were lost while the disk did not answer`,
        },
        detail: { ...lost },
    };
}
