/**
 * Taken out of the watch for a while, always by somebody and always with an end. Pure.
 *
 *   in-service ──shelve, take out──▶ shelved | out-of-service ──its time is over, or put back──▶ in-service
 *
 * What is not in service is still watched and journaled; it makes no sound, confirms nothing and asks nobody for an
 * acknowledgement. What stands in alarm when its time is over sounds and wants to be acknowledged like a new one (ISA-18.2: an
 * alarm comes back from the shelf unacknowledged); when a person puts it back, too, unless
 * somebody had acknowledged that alarm before: nobody can have seen the others.
 */
import { fresh } from './facets.js';
import { silencedAt } from './sounder.js';
/** What was refused before is not asked for here. */
export function serve(work, { subjects, to, forMs, origin }) {
    for (const key of subjects) {
        const subject = work.known.get(key);
        const facets = work.subjects.get(key) ?? (subject === undefined ? undefined : fresh(subject));
        // A walk test puts its points back itself: what is in alarm there may yet be a fire.
        if (facets === undefined || facets.service?.is === 'under-test')
            continue;
        if (to === 'in-service')
            putBack(work, facets, origin);
        else {
            const { mono, wall, trust } = work.now;
            const until = { untilMono: mono + forMs, untilWall: wall + forMs, isWallSure: trust === 'trusted' };
            const service = { is: to, by: origin, ...until };
            // What sounds now falls silent: that is what it is taken out for.
            work.put({ ...facets, service, sounder: 'quiet' });
            tell(work, facets, origin, { to, for_s: Math.round(forMs / 1000) });
        }
    }
}
/** Puts back whose time is over. */
export function endOfService(work) {
    for (const facets of work.dueNow()) {
        const { service } = facets;
        if (service === null || service.is === 'under-test')
            continue;
        if (service.untilMono <= work.now.mono)
            putBack(work, facets, null);
    }
}
function putBack(work, facets, by) {
    if (facets.service === null)
        return;
    const { alarm, acknowledged } = facets;
    const isStanding = alarm !== null && facets.condition !== 'normal';
    // Nobody can have seen what was raised meanwhile. What somebody had acknowledged before stays so if a person puts it back.
    const isSeen = by !== null && acknowledged !== null;
    work.put({
        ...facets,
        service: null,
        ...(isSeen ? silencedAt(work.now) : { sounder: 'sounding', sounderMono: work.now.mono }),
        ...(isStanding ? {} : { sounder: 'quiet' }),
        acknowledged: isSeen ? acknowledged : null,
    });
    if (facets.class === 'fire')
        work.weigh(facets.zone);
    tell(work, facets, by, { to: 'in-service' });
}
/** A device takes a dozen possible faults with it; of those that are none now nobody needs to hear. */
function tell(work, facets, by, detail) {
    const { subject, alarm } = facets;
    if (subject.startsWith('fault:') && alarm === null)
        work.touch(subject);
    else
        work.draft('service.changed', facets, alarm?.id ?? null, by, detail);
}
