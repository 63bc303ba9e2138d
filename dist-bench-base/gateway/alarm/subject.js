/** A point as the subject of its own alarms. A point without a class is only ever the subject of faults. */
export function pointSubject(point) {
    return { key: `point:${point.id}`, class: point.class ?? 'technical', zone: point.zone, name: placeAndName(point) };
}
const namedByAlarm = new Set(['point:box/mains', 'point:box/supply', 'point:box/clock']);
/** The same thing as the subject of its faults. */
export function faultSubjectOf(subject) {
    const { zh, en } = subject.name;
    // They are named by what they alarm for: that they can not be read is not that.
    const name = namedByAlarm.has(subject.key) ? { zh: `${zh}：状态未知`, en: `${en}: not known` } : subject.name;
    return { ...subject, name, key: `fault:${subject.key}`, class: 'fault' };
}
export function faultSubject(kind, id, name, zone = null) {
    return { key: `fault:${kind}:${id}`, class: 'fault', zone, name };
}
function placeAndName(point) {
    if (point.place === null)
        return point.name;
    return { zh: `${point.place.zh} ${point.name.zh}`, en: `${point.place.en}, ${point.name.en}` };
}
