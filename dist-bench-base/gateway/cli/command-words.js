/** What is printed of an answer to an order about alarms, or about what is out of the watch. */
import { alarmClasses, classWords } from '../../config/vocabulary.js';
import { commandRefusalWords } from '../command/refusal-words.js';
export function describeCommand(request, answer, lang) {
    const inLang = ({ zh, en }) => (lang === 'zh' ? zh : en);
    if (!answer.accepted) {
        const why = inLang(answer.why ?? commandRefusalWords[answer.reason]);
        return inLang({ zh: `被拒绝：${why}`, en: `refused: ${why}` });
    }
    const { concerned = [], still = [], pending = [], warnings = [] } = answer;
    const isLeft = still.length > 0 || pending.length > 0;
    const done = 'subjects' in request ? servedLines(request.subjects, concerned) : null;
    return [
        ...(done ?? commandLines(request.ask, concerned, isLeft)).map(inLang),
        ...pending.map((unit) => inLang({ zh: `已向设备发送复位：${unit}`, en: `was sent a reset: ${unit}` })),
        ...still.map(({ zh, en }) => inLang({ zh: `仍在报警：${zh}`, en: `still in alarm: ${en}` })),
        ...warnings.map(inLang),
    ].join('\n');
}
/** How many of each class, and each fire by its name. */
function commandLines(verb, concerned, isLeft) {
    const nothing = nothingWords[verb];
    if (concerned.length === 0)
        return isLeft || nothing === undefined ? [] : [nothing];
    const counts = alarmClasses.flatMap((each) => {
        const count = concerned.filter((one) => one.class === each).length;
        return count === 0 ? [] : [{ zh: `${classWords[each].zh} ${count}`, en: `${classWords[each].en} ${count}` }];
    });
    const fires = concerned.filter((one) => one.class === 'fire');
    const { zh, en } = doneWords[verb] ?? { zh: '已执行', en: 'done' };
    return [
        {
            zh: `${zh}：${counts.map((each) => each.zh).join('，')}`,
            en: `${en}: ${counts.map((each) => each.en).join(', ')}`,
        },
        ...fires.map((fire) => ({
            zh: `  ${classWords.fire.zh}：${fire.zh}`,
            en: `  ${classWords.fire.en}: ${fire.en}`,
        })),
    ];
}
/** One line for each thing that was named, however many points and faults it has. */
function servedLines(asked, concerned) {
    return asked.map((name) => {
        const own = concerned.filter(({ subject }) => subject === name || belongsTo(subject, name));
        const named = own.find((each) => each.class !== 'fault') ?? own[0];
        return named === undefined
            ? { zh: `没有变化：${name}`, en: `nothing changed: ${name}` }
            : { zh: `已执行：${named.zh}（${name}）`, en: `done: ${named.en} (${name})` };
    });
}
/** `fault:point:smoke-1/smoke` belongs to `smoke-1/smoke` and to `smoke-1`. */
function belongsTo(subject, name) {
    const own = subject.slice(subject.lastIndexOf(':') + 1);
    return own === name || own.startsWith(`${name}/`) || subject.split(':').includes(name);
}
const doneWords = {
    acknowledge: { zh: '已确认', en: 'acknowledged' },
    silence: { zh: '已消音', en: 'silenced' },
    reset: { zh: '已复位', en: 'reset' },
};
const nothingWords = {
    acknowledge: { zh: '没有待确认的报警', en: 'nothing waits for an acknowledgement' },
    silence: { zh: '没有在响的报警', en: 'no alarm sounds' },
    reset: { zh: '没有可复位的项', en: 'there is nothing to reset' },
};
