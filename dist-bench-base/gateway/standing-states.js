import { pointSubject } from './alarm/subject.js';
/** The states of points that stood in alarm when the gateway stopped. A panel tells changes: one that says nothing new is
 * still where it was, and its first heartbeat is no all-clear. */
export function standingStates(points, alarms) {
    const standing = new Map();
    for (const point of points) {
        const facets = alarms.subjects.get(pointSubject(point).key);
        if (facets?.condition !== 'active' && facets?.condition !== 'clearing')
            continue;
        const state = Object.entries(point.severities).find(([, severity]) => severity === point.class)?.[0];
        if (state !== undefined)
            standing.set(point.id, state);
    }
    return standing;
}
