/** What a sound site file may still not mean: nobody is refused for it, and each note says what to do. Pure, but for the question
 * whether a file is there. */
import { placeholders } from '../config/message-template.js';
import { speakingMs, spokenText, unspeakableIn } from '../drivers/audio/spoken-text.js';
import { isAbout } from './annunciator/desired-outputs.js';
import { renderText } from './voice/render.js';
/** Ids and characters that one note names; of the others nothing is said. */
const namedMax = 8;
/** A time of the day and minutes as they are read at their longest. */
const longTime = '23:59';
const longMinutes = 60;
/** In the order: what nobody will hear, what is heard wrongly, what is cut off, what does nothing. */
export function checkNotes(config, fileExists) {
    return [
        ...config.messages.flatMap((message) => missingFile(message, fileExists)),
        ...config.messages.flatMap(singleBraces),
        ...config.messages.flatMap((message) => unspeakable(message, config)),
        ...tooLong(config),
        ...idleAmplifiers(config),
    ];
}
function missingFile({ id, file }, fileExists) {
    if (file === null || fileExists(file))
        return [];
    return [
        {
            zh: `语音 ${id} 的文件不在：${file}；把 WAV 文件放到那里，或改 file`,
            en: `the file of message ${id} is not there: ${file}; put the WAV file there, or correct file`,
        },
    ];
}
/** One pair of braces is no placeholder: a chip reads the letters aloud. */
function singleBraces({ id, text }) {
    const found = /[{｛][^{}｛｝]*[}｝]/u.exec(withoutHoles(text ?? ''));
    if (found === null)
        return [];
    const [got] = found;
    const name = got.slice(1, -1).trim();
    const isKnown = placeholders.some((each) => each === name);
    return [
        isKnown
            ? {
                zh: `语音 ${id} 里的 ${got} 会被照字面读出；占位符写 {{${name}}}`,
                en: `${got} in message ${id} is read aloud as it stands; a placeholder is written {{${name}}}`,
            }
            : {
                zh: `语音 ${id} 里的 ${got} 会被照字面读出；占位符写成 {{place}} 这样，不然去掉括号`,
                en: `${got} in message ${id} is read aloud as it stands; write a placeholder such as {{place}}, or take the braces out`,
            },
    ];
}
/** Characters of the text, or of the names that are filled in, that a speech chip has no sound for. */
function unspeakable({ id, text }, config) {
    const occasions = occasionsOf(config).filter(({ say }) => say.message === id && speechOf(say, config).length > 0);
    if (text === null || occasions.length === 0)
        return [];
    const filled = occasions.flatMap(({ plan }) => fillings(text, plan, config));
    const chars = [...new Set([withoutHoles(text), ...filled].flatMap(unspeakableIn))];
    if (chars.length === 0)
        return [];
    const shown = chars.slice(0, namedMax).join(' ');
    const chip = [...new Set(occasions.flatMap(({ say }) => speechOf(say, config)).map((speaker) => speaker.id))];
    return [
        {
            zh: `语音 ${id} 里有喇叭 ${named(chip, '、')} 的芯片读不出的字：${shown}；换成常用字（名称里的也要换）`,
            en: `message ${id} has characters that the chip of ${named(chip, ', ')} can not say: ${shown}; use others, in names as well`,
        },
    ];
}
/** What one turn of the voice has no time for is cut off in the middle of a word. In the end an alarm says the messages of all steps
 * of its plan in one turn. */
function tooLong(config) {
    const { plans, speakers, messages, cadences, exercises } = config;
    const turns = plans.map((plan) => ({
        says: plan.steps.flatMap(({ say = [] }) => say),
        plan,
        class: plan.when.class,
        of: { zh: `预案 ${plan.id}`, en: `plan ${plan.id}` },
    }));
    const { begins } = exercises.drill;
    // A drill sounds as a fire does.
    if (begins !== null)
        turns.push({ says: [begins], plan: null, class: 'fire', of: { zh: '演练', en: 'drill' } });
    return turns.flatMap(({ says, plan, class: alarmClass, of }) => speakers.filter(speaks).flatMap((speaker) => {
        const said = new Set(says.filter((say) => say.speakers.includes(speaker.id)).map(({ message }) => message));
        const texts = messages.flatMap(({ id, text }) => (said.has(id) && text !== null ? [text] : []));
        const ms = speaker.warmUpMs + sum(texts.map((text) => longestMs(text, plan, config)));
        const { voiceMs } = cadences[alarmClass];
        if (texts.length === 0 || ms <= voiceMs)
            return [];
        const [takes, limit] = [Math.ceil(ms / 1000), voiceMs / 1000];
        const what = [...said];
        return [
            {
                zh: `${of.zh}：喇叭 ${speaker.id} 读 ${named(what, '、')} 最长约 ${takes} 秒，一轮语音只有 ${limit} 秒，读不完会被截断；缩短文字，或加大 cadences 里 ${alarmClass} 的 voice_s`,
                en: `${of.en}: ${speaker.id} needs up to about ${takes} s to say ${named(what, ', ')}, a turn of the voice has ${limit} s, and the rest is cut off; shorten the text, or make voice_s of ${alarmClass} under cadences longer`,
            },
        ];
    }));
}
function idleAmplifiers({ outputs, speakers }) {
    const used = new Set(speakers.map(({ amplifier }) => amplifier));
    return outputs
        .filter(({ id, kind }) => kind === 'amplifier' && !used.has(id))
        .map(({ id }) => ({
        zh: `没有喇叭用功放 ${id}，它不会打开；在喇叭上写 amplifier: ${id}，或删掉这个输出`,
        en: `no loudspeaker uses amplifier ${id}, so it is never switched on; write amplifier: ${id} at one, or remove the output`,
    }));
}
/** Every place where a message is said; `plan` null: not about an alarm. */
function occasionsOf({ plans, programme, exercises }) {
    const ofPlans = plans.flatMap((plan) => [...plan.steps.flatMap(({ say = [] }) => say), plan.allClear ?? []].flat().map((say) => ({ say, plan })));
    const others = [
        ...programme.map(({ say }) => say),
        ...[exercises.drill.begins, exercises.drill.ends, exercises.sirenTest?.begins ?? null].filter((say) => say !== null),
    ];
    return [...ofPlans, ...others.map((say) => ({ say, plan: null }))];
}
function speechOf(say, { speakers }) {
    return speakers.filter((speaker) => say.speakers.includes(speaker.id) && speaks(speaker));
}
function speaks({ player }) {
    return player.kind === 'chip' && (player.chip === 'syn6288' || player.chip === 'xfs5152');
}
function longestMs(text, plan, config) {
    return Math.max(...fillings(text, plan, config).map((filled) => speakingMs(spokenText(filled))));
}
/** The text as it would be said of each point whose alarm starts the plan; without a plan, or without a point, once. */
function fillings(text, plan, config) {
    const lang = /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
    const usual = { site: config.site.name[lang], time: longTime };
    const points = plan === null ? [] : config.points.filter((point) => isAbout(plan, point));
    if (!/\{\{/.test(text) || points.length === 0)
        return [renderText(text, { ...usual, minutes: longMinutes })];
    const zones = new Map(config.zones.map(({ id, name }) => [id, name[lang]]));
    const filled = points.map((point) => {
        const zone = point.zone === null ? null : (zones.get(point.zone) ?? null);
        const name = point.name[lang];
        const facts = {
            zone,
            name,
            place: point.place?.[lang] ?? zone ?? name,
        };
        return renderText(text, { ...usual, ...facts });
    });
    return [...new Set(filled)];
}
function withoutHoles(text) {
    return text.replaceAll(/\{\{[^{}]*\}\}/g, '');
}
function named(ids, comma) {
    const more = ids.length > namedMax ? ' …' : '';
    return `${ids.slice(0, namedMax).join(comma)}${more}`;
}
function sum(numbers) {
    return numbers.reduce((total, each) => total + each, 0);
}
