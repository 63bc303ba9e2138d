import { drillDueSubject } from '../alarm/site-subjects.js';
import { datedMark, isDated, markNames } from './exercise-marks.js';
const dayMs = 86_400_000;
/** Without a clock that can be believed nothing is said, and what was said stays. Pure. */
export function judgeDrillDue({ dueAfterMs, since, wall, trust }) {
    if (dueAfterMs === null)
        return 'not-due';
    if (trust !== 'trusted')
        return 'unknown';
    if (since === null || !isDated(since))
        return 'date';
    return wall - since.wall >= dueAfterMs ? 'due' : 'not-due';
}
export class DrillDue {
    options;
    constructor(options) {
        this.options = options;
    }
    /** Looks how it stands, and tells it. To be called now and then, and when a drill is over. */
    review() {
        const { dueAfterMs, clock, marks, setMark, tell } = this.options;
        if (!marks.isRead())
            return;
        const since = marks.get(markNames.drill) ?? marks.get(markNames.drillWatch);
        const wall = clock.wall();
        const verdict = judgeDrillDue({ dueAfterMs, since, wall, trust: clock.trust() });
        // Rather reminded late than for nothing.
        if (verdict === 'date')
            setMark(datedMark(since?.name ?? markNames.drillWatch, wall, true));
        if (verdict === 'unknown' || verdict === 'date')
            return;
        const days = Math.floor((dueAfterMs ?? 0) / dayMs);
        tell(drillDueSubject, verdict === 'due', {
            error_zh: `已超过 ${days} 天没有演练，请组织一次：gengfu drill begin`,
            error_en: `for more than ${days} days; hold one: gengfu drill begin`,
        });
    }
}
