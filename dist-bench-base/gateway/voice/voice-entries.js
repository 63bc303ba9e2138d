import { driverErrors } from '../../drivers/driver-error.js';
/** An entry has room for so many different sayings, and for so much of each text. */
const sayingsMax = 8;
const textMaxChars = 200;
const leftOutWords = {
    'no-speaker': { zh: '没有可用的喇叭', en: 'there is no loudspeaker for it' },
    fire: { zh: '有火警', en: 'there is a fire' },
    drill: { zh: '正在演练', en: 'there is a drill' },
    'clock-untrusted': { zh: '时钟不可信', en: 'the clock can not be trusted' },
    'quiet-hours': { zh: '静音时段', en: 'quiet hours' },
    'said-lately': { zh: '刚播过', en: 'it was said lately' },
    late: { zh: '已过时', en: 'it is too late for it' },
    'too-many': { zh: '等待的播报太多', en: 'too many are waiting' },
    withdrawn: { zh: '已撤回', en: 'it was withdrawn' },
    stopped: { zh: '网关停止', en: 'the gateway stops' },
};
const endingWords = {
    said: { zh: '播报完毕', en: 'was said' },
    'cut-off': { zh: '播报被中断', en: 'was cut off' },
    failed: { zh: '播报失败', en: 'could not be said' },
    'left-out': { zh: '未播报', en: 'was left out' },
};
export function begunDraft(announcement, where) {
    const names = [...where.speakers].map((id) => nameOf(id, where));
    const zh = names.map((name) => name.zh).join('、');
    const en = names.map((name) => name.en).join(', ');
    const words = { zh: `播报：${announcement.words.zh}（${zh}）`, en: `saying: ${announcement.words.en} (${en})` };
    return draft('voice.begun', announcement, words, described(announcement, where.speakers));
}
/** `turns`: of an alarm, how often it came to speak. */
export function endedDraft(announcement, where, how, outcome, turns = null) {
    const { spoken } = outcome;
    const isMicrophone = announcement.occasion === 'microphone';
    const { zh, en } = isMicrophone && how === 'said' ? microphoneOver : endingWords[how];
    const times = isMicrophone || spoken === 0 ? { zh: '', en: '' } : timesWords(spoken);
    const failed = [...outcome.failed].map(([speaker, code]) => ({ speaker, code }));
    const broken = failed.map(({ speaker, code }) => {
        const name = nameOf(speaker, where);
        const why = driverErrors[code];
        return { zh: `${name.zh}（${why.zh}）`, en: `${name.en} (${why.en})` };
    });
    const words = {
        zh: `${zh}：${announcement.words.zh}${times.zh}${broken.length === 0 ? '' : `，有故障：${broken.map((each) => each.zh).join('、')}`}`,
        en: `${announcement.words.en} ${en}${times.en}${broken.length === 0 ? '' : `; at fault: ${broken.map((each) => each.en).join(', ')}`}`,
    };
    const detail = { ...headOf(announcement, where.speakers), how, spoken, failed, ...(turns === null ? {} : { turns }) };
    return draft('voice.ended', announcement, words, detail);
}
/** Nobody knows whether a person at a microphone said anything. */
const microphoneOver = { zh: '话筒已关闭', en: 'is over: the amplifiers are off' };
function timesWords(spoken) {
    return { zh: `，共 ${spoken} 遍`, en: spoken === 1 ? ', once' : `, ${spoken} times` };
}
function nameOf(id, { configs }) {
    return configs.get(id)?.name ?? { zh: id, en: id };
}
/** It was never begun. */
export function leftOutDraft(announcement, why) {
    const reason = leftOutWords[why];
    const words = {
        zh: `${endingWords['left-out'].zh}：${announcement.words.zh}，${reason.zh}`,
        en: `${announcement.words.en} ${endingWords['left-out'].en}: ${reason.en}`,
    };
    const speakers = new Set(announcement.sayings.keys());
    const detail = { ...described(announcement, speakers), how: 'left-out', why, spoken: 0, failed: [] };
    return draft('voice.ended', announcement, words, detail);
}
function headOf({ id, occasion, rank }, speakers) {
    return { announcement: id, occasion, rank, speakers: [...speakers] };
}
function described(announcement, speakers) {
    const said = new Map();
    for (const id of speakers) {
        for (const saying of announcement.sayings.get(id) ?? []) {
            if (said.size < sayingsMax)
                said.set(JSON.stringify(saying), shortened(saying));
        }
    }
    return { ...headOf(announcement, speakers), says: [...said.values()], times: announcement.times };
}
function shortened({ message, text, file, track }) {
    return { message, text: text === null ? null : [...text].slice(0, textMaxChars).join(''), file, track };
}
function draft(kind, announcement, words, detail) {
    const { alarm, zone, origin } = announcement;
    return { kind, class: null, subject: 'voice', alarm, zone, words, origin, detail };
}
