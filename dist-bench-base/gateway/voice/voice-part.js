import { ranks } from './announcement.js';
/** What it ends for good, wherever it is said. */
export const endedBy = {
    fire: new Set(['drill', 'programme']),
    drill: new Set(['programme']),
};
/** There is one turn at a time. */
export const turnKey = 'turn';
export function keyOf({ id }) {
    return `said:${id}`;
}
export function isWaiting({ kind, rendition }) {
    return kind === 'announcement' && rendition === null;
}
/** The one that is left out first when too many wait stands first. */
export function byWorth(a, b) {
    return ranks.indexOf(b.announcement.rank) - ranks.indexOf(a.announcement.rank) || b.order - a.order;
}
/** `known`: loudspeakers that there are. */
export function wishOf(id, { announcement, kind, order, rendition }, hold, known) {
    const { rank, sayings } = announcement;
    const all = [...sayings.keys()].filter((speaker) => known.has(speaker));
    return {
        ...{ id, rank, order, isLive: kind !== 'announcement', isSpeaking: rendition !== null },
        ...{ speakers: rendition?.speakers ?? new Set(all), mayUseHeld: mayUseHeld(kind, rank, hold) },
    };
}
function mayUseHeld(kind, rank, hold) {
    const holder = hold === null ? ranks.length : ranks.indexOf(hold.rank);
    const own = ranks.indexOf(rank);
    return own < holder || (own === holder && kind === 'turn');
}
