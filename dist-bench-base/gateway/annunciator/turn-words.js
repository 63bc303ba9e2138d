import { classWords } from '../../config/vocabulary.js';
/** Of alarms; all lesser ones speak as an order of the district does. */
const rankOfClass = {
    fire: 'fire',
    warning: 'district',
    supervisory: 'district',
    fault: 'district',
    technical: 'district',
};
/** Loudspeakers that the alarms have something to say on. */
export function speakersOf(soundings) {
    return new Set(soundings.flatMap(({ step }) => (step.say ?? []).flatMap(({ speakers }) => speakers)));
}
/**
 * The next turn: on each loudspeaker the alarm that had the word least often, of these the newest, because thirty seconds do not
 * hold them all and nobody has heard the newest yet. Null: nobody has anything to say.
 */
export function nextTurn(soundings, said, times, sayingOf) {
    const sayings = new Map();
    const saidThen = new Map(said);
    const subjects = new Set();
    let newest = null;
    for (const speaker of speakersOf(soundings)) {
        const alarms = alarmsOn(speaker, soundings);
        const known = alarms.flatMap(({ sounding }) => said.get(wordKey(speaker, sounding)) ?? []);
        // A new one comes next, and then takes turns with the others: it does not catch up with what they were told for an hour.
        const newCount = known.length === 0 ? 0 : Math.min(...known) - 1;
        const count = ({ sounding }) => said.get(wordKey(speaker, sounding)) ?? newCount;
        const least = Math.min(...alarms.map(count));
        const chosen = alarms.find((each) => count(each) === least);
        if (chosen === undefined)
            continue;
        const { sounding, messages } = chosen;
        saidThen.set(wordKey(speaker, sounding), least + 1);
        subjects.add(sounding.facets.subject);
        sayings.set(speaker, messages.map((message) => sayingOf(message, sounding.facets)));
        if (newest === null || sounding.alarm.order > newest.alarm.order)
            newest = sounding;
    }
    if (newest === null)
        return null;
    const { alarm, facets } = newest;
    const head = classWords[facets.class];
    const announcement = {
        id: 'alarm',
        rank: rankOfClass[facets.class],
        occasion: 'alarm',
        sayings,
        times,
        untilMono: Number.POSITIVE_INFINITY,
        volume: null,
        origin: null,
        alarm: alarm.id,
        zone: facets.zone,
        words: { zh: `${head.zh}：${facets.name.zh}`, en: `${head.en}: ${facets.name.en}` },
    };
    return { announcement, said: saidThen, subjects };
}
function wordKey(speaker, { facets }) {
    return `${speaker} ${facets.subject}`;
}
/** Alarms with words for this loudspeaker, the newest first. */
function alarmsOn(speaker, soundings) {
    const bySubject = new Map();
    for (const sounding of soundings) {
        for (const { message, speakers } of sounding.step.say ?? []) {
            if (!speakers.includes(speaker))
                continue;
            const { subject } = sounding.facets;
            const found = bySubject.get(subject) ?? { sounding, messages: new Set() };
            bySubject.set(subject, found);
            found.messages.add(message);
        }
    }
    return [...bySubject.values()]
        .map(({ sounding, messages }) => ({ sounding, messages: [...messages] }))
        .sort((a, b) => b.sounding.alarm.order - a.sounding.alarm.order);
}
