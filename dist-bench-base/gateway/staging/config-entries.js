/** So much of a sum tells files apart. */
const shortChars = 12;
export function shortSum(sha256) {
    return sha256.slice(0, shortChars);
}
export function stagedDraft(sha256, origin, diff) {
    const sum = shortSum(sha256);
    const words = {
        zh: `收到站点文件 ${sum}，检查通过，尚未启用`,
        en: `site file ${sum} is staged: checked, not applied`,
    };
    return draft('config.staged', words, origin, { sha256, ...diffDetail(diff) });
}
export function appliedDraft(sha256, previous, origin, diff) {
    const sum = shortSum(sha256);
    const words = { zh: `启用站点文件 ${sum}，开始试运行`, en: `site file ${sum} is applied, on trial` };
    return draft('config.applied', words, origin, { sha256, previous, ...diffDetail(diff) });
}
export function confirmedDraft(sha256, origin) {
    const sum = shortSum(sha256);
    const words = { zh: `站点文件 ${sum} 试运行正常，予以确认`, en: `site file ${sum} is confirmed: all is healthy` };
    return draft('config.confirmed', words, origin, { sha256 });
}
export function rolledBackDraft(sha256, to, origin, { reason, words, what }) {
    const [sum, back] = [shortSum(sha256), shortSum(to)];
    const told = {
        zh: `站点文件 ${sum} 退回到 ${back}：${words.zh}`,
        en: `site file ${sum} is rolled back to ${back}: ${words.en}`,
    };
    return draft('config.rolled_back', told, origin, { sha256, to, reason, ...(what === undefined ? {} : { what }) });
}
/** The installer has the last word. */
export function installerDraft(sha256, previous) {
    const words = {
        zh: `安装文件已更改，改用安装文件 ${shortSum(sha256)}；此前启用的 ${shortSum(previous)} 存为 set-aside.yaml`,
        en: `the installed file was changed and runs (${shortSum(sha256)}); ${shortSum(previous)}, applied before, is kept as set-aside.yaml`,
    };
    return draft('config.applied', words, null, { sha256, previous, reason: 'installed-file' });
}
/** What an answer and an entry tell of the changes: numbers, and what stays open. */
export function diffDetail({ changes, unchangedLines, needsBox }) {
    const counts = Object.entries(changes).flatMap(([kind, { added, removed, changed }]) => {
        const sum = added.length + removed.length + changed.length;
        return sum === 0
            ? []
            : [[kind, { added: added.length, removed: removed.length, changed: changed.length }]];
    });
    return { changes: Object.fromEntries(counts), unchanged_lines: unchangedLines, needs_box: needsBox };
}
function draft(kind, words, origin, detail) {
    return { kind, class: null, subject: 'gateway', alarm: null, zone: null, words, origin, detail };
}
