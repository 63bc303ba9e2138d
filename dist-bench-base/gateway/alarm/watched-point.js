import { isBeyond } from './limits.js';
import { faultSubjectOf, pointSubject } from './subject.js';
export function watchPoints(points) {
    return new Map(points.map((point) => {
        const subject = pointSubject(point);
        return [point.id, { point, subject, fault: faultSubjectOf(subject) }];
    }));
}
/** Throws for a point that is not of this site. */
export function watchedOf(points, { pointId }) {
    const watched = points.get(pointId);
    if (watched === undefined)
        throw new Error(`reading of unknown point ${pointId}`);
    return watched;
}
/** Does the engine know nothing about this point, and does the reading raise nothing? So are nearly all of the thousands a
 * second: a whole step over each was a fifth of the memory that the gateway asked for (measured). */
export function isNoNews({ subjects, inSight }, watched, reading) {
    const { point, subject, fault } = watched;
    if (subjects.size > 0 && (subjects.has(subject.key) || subjects.has(fault.key)))
        return false;
    if (point.class === 'fire' && inSight.has(point.id) !== (reading.quality === 'good'))
        return false;
    if (reading.quality === 'bad')
        return isFaultOfOthers(reading);
    const severity = severityOf(point, reading);
    return severity !== 'fault' && (point.class === null || severity !== point.class);
}
/** A silent unit or line is its own fault: the point itself says nothing wrong. */
export function isFaultOfOthers({ reason }) {
    return reason === 'silent' || reason === 'line-down';
}
/** What the profile says that this state means, undefined for a state without a word. A number is normal, or beyond its limits
 * of the point's class; `wasActive`: its alarm is active now, so that it must come back by the deadband. */
export function severityOf({ severities, limits, class: own }, { value }, wasActive = false) {
    if (typeof value === 'string')
        return severities[value];
    return own !== null && limits !== undefined && isBeyond(limits, value, wasActive) ? own : 'normal';
}
