import { endOf } from './drill.js';
import { wordsMaxMs } from './exercise.js';
import { onlyZone, plainText, sayingsOf } from './outlets.js';
const endWordsMaxMs = 60_000;
const minuteMs = 60_000;
/** Every siren and strobe that a plan of class fire names for one of these zones, in whichever step. */
export function drillOutputs({ outputs, plans }, zones) {
    const isMeant = (of) => of === 'all' || zones === 'all' || of.some((zone) => zones.includes(zone));
    const fires = plans.filter(({ when }) => when.class === 'fire' && isMeant(when.zones));
    const named = new Set(fires.flatMap(({ steps }) => steps.flatMap(({ sound }) => sound)));
    const loud = outputs.filter(({ kind }) => kind === 'siren' || kind === 'strobe');
    return new Set(loud.map(({ id }) => id).filter((id) => named.has(id)));
}
export function drillWish(site, drill, render) {
    return {
        kind: 'drill',
        sound: drillOutputs(site, drill.zones),
        cadence: site.cadences.fire,
        sayings: begins(site, drill, render),
        brokenOff: plainText('演练中止，真实火情'),
        origin: drill.origin,
    };
}
/** What the drill wants while its words are said. */
export function silentWish(wish) {
    return { ...wish, sound: new Set(), sayings: new Map() };
}
/** Before anything sounds. */
export function drillWords(site, drill, render, nowMono) {
    const words = { zh: '演练即将开始', en: 'a drill is about to begin' };
    return {
        ...announcement(drill, 'begins', words),
        sayings: begins(site, drill, render),
        untilMono: nowMono + wordsMaxMs,
    };
}
export function drillEndWords(site, drill, render, nowMono) {
    const sayings = sayingsOf(site.exercises.drill.ends, site.messages, (message) => markedDrill(render(message, factsOf(site, drill))));
    const words = { zh: '演练结束', en: 'the drill is over' };
    return { ...announcement(drill, 'ends', words), sayings, untilMono: nowMono + endWordsMaxMs };
}
/** Under which its announcement is known to the voice. */
export function announcementId(drill, what) {
    return `${drill.id}/${what}`;
}
function announcement(drill, what, words) {
    return {
        ...{ id: announcementId(drill, what), rank: 'drill', occasion: 'drill', times: 1, volume: null },
        ...{ origin: drill.origin, alarm: null, zone: onlyZone(drill.zones), words },
    };
}
function begins(site, drill, render) {
    return sayingsOf(site.exercises.drill.begins, site.messages, (message) => markedDrill(render(message, factsOf(site, drill))));
}
function factsOf({ zones }, drill) {
    const zone = zones.find(({ id }) => id === onlyZone(drill.zones));
    return {
        minutes: Math.round((endOf(drill) - drill.begunMono) / minuteMs),
        ...(zone === undefined ? {} : { zone: zone.name }),
    };
}
/** Nobody may take a drill for a fire: what does not say so itself has it said before. A record on a card or in a file says
 * what it says; a loudspeaker that only plays those leaves the spoken mark out. */
function markedDrill(saying) {
    const { text } = saying;
    if (text === null)
        return [plainText('演练'), saying];
    return [/演习|演练/.test(text) ? saying : { ...saying, text: `演练：${text}` }];
}
