import { noChatter } from './chatter.js';
/** A second detector of the zone, a manual call point, or a fire point of the zone that was lost while nobody had
 * acknowledged (design.md §5). */
export const confirmations = ['second-detector', 'call-point', 'second-lost'];
export const emptyAlarmState = {
    ...{ subjects: new Map(), lastOrder: 0, inSight: new Map() },
    ...{ chatter: noChatter, walkTests: new Map() },
};
export const noAlarm = {
    condition: 'normal',
    alarm: null,
    acknowledged: null,
    sounder: 'quiet',
    sounderMono: Number.NEGATIVE_INFINITY,
};
export function fresh(subject) {
    return {
        subject: subject.key,
        class: subject.class,
        zone: subject.zone,
        name: subject.name,
        ...noAlarm,
        sinceMono: Number.NEGATIVE_INFINITY,
        service: null,
        isLost: false,
    };
}
/** In the place of a confirmation: what will confirm the fire as soon as it is raised. */
const lossBeside = 'loss-beside';
/** The row that restores these facets after a restart; null when there is nothing to remember. `untold`: the alarm with changes that
 * were counted and are not told yet. */
export function rowOf(facets, untold = null) {
    const isPendingFire = facets.condition === 'pending' && facets.class === 'fire';
    if (facets.alarm === null && facets.service === null && !isPendingFire && untold === null)
        return null;
    return {
        subject: facets.subject,
        class: facets.class,
        zone: facets.zone,
        name: facets.name,
        // In alarm under test, or in a return that may be none, it waits to be believed; the test does not outlive a restart, and then
        // it is due.
        condition: facets.service?.trial === undefined ? facets.condition : 'pending',
        alarm: facets.alarm?.id ?? null,
        raisedWall: facets.alarm?.raisedWall ?? null,
        acknowledgedBy: facets.acknowledged?.by ?? null,
        acknowledgedWall: facets.acknowledged?.wall ?? null,
        acknowledgedAfterMs: facets.acknowledged?.afterMs ?? null,
        frames: facets.alarm?.frames.join(' ') ?? '',
        confirmed: facets.alarm?.confirmed ?? (facets.isLossBeside === true ? lossBeside : null),
        sounder: facets.sounder,
        silencedWall: facets.sounder === 'silenced' ? (facets.silencedWall ?? null) : null,
        untold,
        service: facets.service?.is ?? 'in-service',
        serviceUntilWall: facets.service?.isWallSure === true ? facets.service.untilWall : null,
        serviceBy: facets.service?.by ?? null,
    };
}
/** The facets that a saved row stands for. How long a service still lasts is for `restore` to say. Delays do not run over a restart: what was waiting to be raised waits for a look
 * of this boot, what was clearing is still active. */
export function facetsOf(row) {
    const isActive = row.alarm !== null && (row.condition === 'active' || row.condition === 'clearing');
    return {
        subject: row.subject,
        class: row.class,
        zone: row.zone,
        name: row.name,
        condition: isActive ? 'active' : 'normal',
        sinceMono: Number.NEGATIVE_INFINITY,
        alarm: alarmOf(row),
        acknowledged: acknowledgementOf(row),
        sounder: row.sounder,
        sounderMono: Number.NEGATIVE_INFINITY,
        silencedWall: row.silencedWall,
        service: serviceOf(row),
        isLost: false,
        ...(row.confirmed === lossBeside ? { isLossBeside: true } : {}),
    };
}
function alarmOf({ alarm: id, raisedWall, frames, confirmed }) {
    if (id === null)
        return null;
    return {
        ...{ id, order: 0, raisedWall: raisedWall ?? 0 },
        ...{ raisedMono: Number.NEGATIVE_INFINITY, waitingMono: Number.NEGATIVE_INFINITY },
        frames: frames === '' ? [] : frames.split(' '),
        confirmed: confirmations.find((each) => each === confirmed) ?? null,
    };
}
function acknowledgementOf(row) {
    const { acknowledgedBy: by, acknowledgedWall: wall, acknowledgedAfterMs: afterMs } = row;
    return by === null ? null : { by, wall: wall ?? 0, afterMs: afterMs ?? Number.POSITIVE_INFINITY };
}
function serviceOf({ service: is, serviceBy: by, serviceUntilWall: untilWall }) {
    if (is === 'in-service')
        return null;
    return {
        is,
        by: by ?? '',
        untilWall: untilWall ?? 0,
        untilMono: Number.NEGATIVE_INFINITY,
        isWallSure: untilWall !== null,
    };
}
/** A detector that flickers must not put off those who wait for an acknowledgement: the time goes on where it stood. Only whoever
 * acknowledged and silenced begins anew. */
export function waitingSince({ alarm, acknowledged, sounder }, nowMono) {
    if (alarm === null)
        return nowMono;
    if (acknowledged === null)
        return alarm.waitingMono;
    return sounder === 'silenced' ? nowMono : nowMono - acknowledged.afterMs;
}
