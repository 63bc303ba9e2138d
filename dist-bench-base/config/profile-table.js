/** What a list of profiles shows of each. */
import { channelRow } from './channel-row.js';
import { isModbus, isStream } from './profile-kind.js';
/** What the list says about one profile. */
export function summaryOf(profile) {
    const { id, revision, names, models, status, safety, options } = profile;
    const grades = profile.evidence.map(({ grade }) => grade).sort();
    return {
        id,
        revision,
        names,
        vendor: profile.vendor ?? null,
        models,
        kind: profile.link.kind,
        status,
        safety,
        grade: grades[0] ?? null,
        points: pointsOf(profile),
        transports: isModbus(profile) ? profile.link.transports : isStream(profile) ? [profile.link.codec] : [],
        options: options.map(({ key }) => key),
        variants: isModbus(profile) ? profile.variants.map((variant) => variant.id) : [],
    };
}
function pointsOf(profile) {
    if (isModbus(profile))
        return profile.points.reduce((sum, { key }) => sum + (channelRow(key)?.channels ?? 1), 0);
    return isStream(profile) ? profile.points.length : 1;
}
const kindWords = {
    modbus: 'Modbus',
    contact: '干接点 contact',
    signal: '模拟量 signal',
    stream: '串口流 stream',
};
const statusWords = {
    draft: '草稿 draft',
    community: '社区 community',
    'verified-doc': '核对文档 verified-doc',
    'bench-tested': '实测 bench-tested',
};
const safetyWords = {
    life_safety: '生命安全 life_safety',
    monitoring: '监测 monitoring',
    control: '操作 control',
};
const heads = [
    '编号 id',
    '名称 name',
    '类别 kind',
    '状态 status',
    '依据 grade',
    '点数 points',
    '安全 safety',
    '传输 transports',
];
/** All profiles as a table for a terminal, one line each, Chinese first. */
export function profileTable(summaries) {
    const rows = summaries.map((each) => [
        each.id,
        `${each.names.zh} ${each.names.en}`,
        kindWords[each.kind],
        statusWords[each.status],
        each.grade ?? '–',
        String(each.points),
        safetyWords[each.safety],
        each.transports.join(', ') || '–',
    ]);
    const widths = heads.map((head, i) => Math.max(...[head, ...rows.map((row) => row[i] ?? '')].map(columnsOf)));
    const lines = [heads, ...rows].map((row) => row
        .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - columnsOf(cell)))
        .join('  ')
        .trimEnd());
    const drafts = summaries.filter(({ status }) => status === 'draft').length;
    const sum = `共 ${summaries.length} 个配置，其中草稿 ${drafts} 个 / profiles: ${summaries.length}, drafts: ${drafts}`;
    return `${[...lines, '', sum].join('\n')}\n`;
}
/** Columns of a terminal: a Chinese character takes two. */
function columnsOf(text) {
    return [...text].reduce((sum, char) => sum +
        (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(char)
            ? 2
            : 1), 0);
}
