/** What time alone brings about: delays that are over, counts to be told, ends of service and of walk tests, silences that have
 * lasted long enough. Pure. */
import { numberDetail } from './limits.js';
import { endOfService } from './service.js';
import { resoundMono } from './sounder.js';
import { walkTestsDue } from './walk-test.js';
export function due(work) {
    delaysOver(work);
    walkTestsDue(work);
    work.tellCounted();
    endOfService(work);
    resound(work);
}
/** Raises and returns what has lasted, without a look. */
function delaysOver(work) {
    for (const { subject: key, condition, isLost, measured } of work.dueNow()) {
        const entry = work.entryOf(key);
        const isPending = condition === 'pending';
        if (entry === null || (!isPending && (condition !== 'clearing' || isLost)))
            continue;
        const told = isPending && measured !== undefined ? numberDetail(entry.point, measured, false) : {};
        work.condition(entry.subject, isPending, entry.point, { reason: 'lasted', ...told });
    }
}
/** Sounds again what was silenced long enough ago. */
export function resound(work) {
    for (const facets of work.dueNow()) {
        const atMono = resoundMono(facets, work.resoundMs);
        if (atMono === null || facets.alarm === null || work.now.mono < atMono)
            continue;
        work.put({ ...facets, sounder: 'sounding', sounderMono: work.now.mono });
        work.draft('alarm.resounded', facets, facets.alarm.id, null, {});
    }
}
