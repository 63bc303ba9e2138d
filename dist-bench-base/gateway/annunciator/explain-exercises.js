import { drillOutputs } from '../exercise/drill-sound.js';
import { explainSay, outputNames, speakerNames } from './explain-say.js';
const minuteMs = 60_000;
const dayMs = 86_400_000;
const hourMin = 60;
const weekDays = 7;
/** Without the last line end. */
export function explainExercises(config, lang) {
    const parts = [explainDrill(config), explainSirenTest(config), explainWalkTest(config), explainProgramme(config)];
    return parts
        .map(({ head, lines }) => [head, ...lines.map(indented)].map((line) => line[lang]).join('\n'))
        .join('\n\n');
}
function explainDrill(config) {
    const { lastsMs, begins, ends, dueAfterMs } = config.exercises.drill;
    const sound = drillOutputs(config, 'all');
    const { zh, en } = outputNames(sound, config);
    const { burstMs } = config.cadences.fire;
    const lines = [];
    if (begins !== null) {
        const said = explainSay(begins, config);
        lines.push({ zh: `先播，再与警铃交替：${said.zh}`, en: `first, and in turn with the sirens: ${said.en}` });
    }
    if (sound.size > 0) {
        const turn = begins === null
            ? { zh: '', en: '' }
            : { zh: `（每次 ${burstMs / 1000} 秒）`, en: ` (${burstMs / 1000} s each time)` };
        lines.push({ zh: `响${turn.zh}：${zh}`, en: `sounds${turn.en}: ${en}` });
    }
    if (ends !== null) {
        const said = explainSay(ends, config);
        lines.push({ zh: `结束时：${said.zh}`, en: `at its end: ${said.en}` });
    }
    if (lines.length === 0)
        lines.push({ zh: '什么都不会响', en: 'nothing would sound' });
    lines.push({ zh: `没人结束时 ${lastsMs / minuteMs} 分钟`, en: `${lastsMs / minuteMs} min, if nobody ends it` });
    lines.push(dueAfterMs === null
        ? { zh: '不提醒演练', en: 'nobody is reminded to hold one' }
        : { zh: `${dueAfterMs / dayMs} 天没有演练就提醒`, en: `a reminder after ${dueAfterMs / dayMs} days without one` });
    return { head: { zh: '演练（有人下令时，全部防区）', en: 'drill (when somebody orders it, all zones)' }, lines };
}
function explainSirenTest(config) {
    const { sirenTest } = config.exercises;
    if (sirenTest === null) {
        return { head: { zh: '警铃试鸣：没有安排', en: 'siren test: none' }, lines: [] };
    }
    const { day, at } = sirenTest;
    const when = { zh: `每${weekdayWords[day].zh} ${at}`, en: `every ${weekdayWords[day].en} at ${at}` };
    return {
        head: { zh: `警铃试鸣（${when.zh}，或有人下令时）`, en: `siren test (${when.en}, or when somebody orders it)` },
        lines: sirenTestLines(sirenTest, config),
    };
}
function sirenTestLines({ begins, outputs, soundsMs, volume }, config) {
    const { zh, en } = outputNames(outputs, config);
    const turns = {
        zh: `逐个响 ${soundsMs / 1000} 秒：${zh}`,
        en: `one after the other for ${soundsMs / 1000} s: ${en}`,
    };
    if (begins === null)
        return [turns];
    const said = explainSay(begins, config);
    return [{ zh: `先播（音量 ${volume} %）：${said.zh}`, en: `first (volume ${volume} %): ${said.en}` }, turns];
}
function explainWalkTest(config) {
    const { speakers, chirpMs } = config.exercises.walkTest;
    const chirp = {
        zh: `每看到一个探测器，该防区的警铃短鸣 ${chirpMs} 毫秒`,
        en: `for each detector seen the sirens of its zone chirp for ${chirpMs} ms`,
    };
    const { zh, en } = speakerNames(speakers, config);
    const told = { zh: `报出它的名称：${zh}`, en: `its name is said by: ${en}` };
    return {
        head: { zh: '走测（有人下令时）', en: 'walk test (when somebody orders it)' },
        lines: speakers.length === 0 ? [chirp] : [chirp, told],
    };
}
function explainProgramme(config) {
    const { programme, quietHours } = config;
    if (programme.length === 0)
        return { head: { zh: '定时广播：没有', en: 'programme: none' }, lines: [] };
    const items = programme.map((item) => explainItem(item, config));
    const quiet = quietHours === null ? [] : [explainQuiet(quietHours)];
    return {
        head: { zh: '定时广播（有火警未复位时不播）', en: 'programme (not while a fire is not reset)' },
        lines: [...items, ...quiet],
    };
}
function explainItem({ say, at, days, times }, config) {
    const said = explainSay(say, config);
    const isDaily = days.length === weekDays;
    // A week is told from monday on.
    const inWeek = [...days].sort((a, b) => ((a + 6) % weekDays) - ((b + 6) % weekDays));
    const on = {
        zh: isDaily ? '每天' : `每${inWeek.map((day) => weekdayWords[day].zh).join('、')}`,
        en: isDaily ? 'every day' : `every ${inWeek.map((day) => weekdayWords[day].en).join(', ')}`,
    };
    const often = times === 1 ? { zh: '', en: '' } : { zh: `（${times} 遍）`, en: ` (${times} times)` };
    return { zh: `${on.zh} ${at}：${said.zh}${often.zh}`, en: `${on.en} at ${at}: ${said.en}${often.en}` };
}
function explainQuiet({ fromMin, toMin }) {
    const [from, to] = [clockOf(fromMin), clockOf(toMin)];
    return {
        zh: `静默时段 ${from} 到 ${to} 不开始定时广播；报警和演练照响`,
        en: `quiet hours ${from} to ${to}: no announcement begins; alarms and drills sound all the same`,
    };
}
function clockOf(minute) {
    const two = (number) => String(number).padStart(2, '0');
    return `${two(Math.floor(minute / hourMin))}:${two(minute % hourMin)}`;
}
const weekdayWords = {
    0: { zh: '周日', en: 'Sunday' },
    1: { zh: '周一', en: 'Monday' },
    2: { zh: '周二', en: 'Tuesday' },
    3: { zh: '周三', en: 'Wednesday' },
    4: { zh: '周四', en: 'Thursday' },
    5: { zh: '周五', en: 'Friday' },
    6: { zh: '周六', en: 'Saturday' },
};
function indented({ zh, en }) {
    return { zh: `  ${zh}`, en: `  ${en}` };
}
