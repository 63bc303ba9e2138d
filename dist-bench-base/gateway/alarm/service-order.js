const hourMs = 3_600_000;
/** A shift and a night; a detector that waits for its spare part a week. */
export const longestMs = { shelved: 24 * hourMs, 'out-of-service': 7 * 24 * hourMs };
/** Why this can not be done; null: it can. Only present alarms and points of the site can be taken out. */
export function serviceRefusal({ subjects, to, forMs }, classOf, 
/** Is there an alarm that nobody has acknowledged? */
isUnseen) {
    for (const subject of subjects) {
        const alarmClass = classOf(subject);
        if (alarmClass === null)
            return 'unknown-subject';
        // GB 4717-2024 5.4.4 knows the shield (屏蔽) of a detector, which is out-of-service here; a fire is never merely put aside.
        if (alarmClass === 'fire' && to === 'shelved')
            return 'fire-not-shelvable';
        // Raised a second ago, it is perhaps not what the person wants to be rid of.
        if (alarmClass === 'fire' && to !== 'in-service' && isUnseen(subject))
            return 'not-acknowledged';
    }
    if (to !== 'in-service' && !(forMs > 0 && forMs <= longestMs[to]))
        return 'too-long';
    return null;
}
