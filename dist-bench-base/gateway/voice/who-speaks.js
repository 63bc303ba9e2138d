import { ranks } from './announcement.js';
/**
 * Who speaks now, and where. `held`: loudspeakers that an alarm has taken. Whoever is missing waits or is cut off. What is not
 * live is said on all of its loudspeakers that no alarm holds, or not yet; a loudspeaker that it waits for is kept free from
 * all that stands below it.
 */
export function whoSpeaks(wishes, held) {
    const speaking = new Map();
    const claimed = new Set();
    for (const wish of [...wishes].sort(byUrgency)) {
        const free = [...wish.speakers].filter((id) => wish.mayUseHeld || !held.has(id));
        const got = free.filter((id) => !claimed.has(id));
        if (got.length > 0 && (wish.isLive || got.length === free.length))
            speaking.set(wish.id, new Set(got));
        for (const id of free)
            claimed.add(id);
    }
    return speaking;
}
function byUrgency(a, b) {
    return (ranks.indexOf(a.rank) - ranks.indexOf(b.rank) ||
        Number(b.isLive) - Number(a.isLive) ||
        Number(b.isSpeaking) - Number(a.isSpeaking) ||
        a.order - b.order);
}
