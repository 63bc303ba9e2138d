import { describeMoment } from './moment.js';
const kindWords = {
    drill: { zh: '正在演练，不是真火警', en: 'a drill runs, no real fire' },
    'siren-test': { zh: '警铃试鸣进行中', en: 'a siren test runs' },
    'walk-test': { zh: '走测进行中', en: 'a walk test runs' },
};
/** What stands at the head: what is practised, so that nobody takes its sirens for real; where there are alarms, whether they sound. */
export function describeHead({ exercise, isSounding }, hasAlarms, lang) {
    const sounds = isSounding
        ? { zh: '警报正在鸣响，未消音', en: 'an alarm sounds; it is not silenced' }
        : { zh: '没有报警在鸣响', en: 'no alarm sounds' };
    return [
        ...(exercise === null ? [] : [exerciseLine(exercise, lang)]),
        ...(hasAlarms || isSounding ? [sounds[lang]] : []),
    ];
}
/** A line for each thing that is said. */
export function describeSaying({ saying }, lang) {
    const zh = lang === 'zh';
    return saying.map(({ words, where, origin }) => {
        const names = where.map((each) => each[lang]).join(zh ? '、' : ', ');
        const by = origin === null ? '' : zh ? `（${origin}）` : ` (${origin})`;
        return zh ? `正在广播：${words.zh}，${names}${by}` : `being said: ${words.en}, on ${names}${by}`;
    });
}
function exerciseLine({ is, untilWall, by }, lang) {
    const until = describeMoment(untilWall);
    return lang === 'zh' ? `${kindWords[is].zh}，至 ${until}（${by}）` : `${kindWords[is].en}, until ${until} (${by})`;
}
