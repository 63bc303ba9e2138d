import { pointSubject } from '../alarm/subject.js';
import { commandRefusalWords } from './refusal-words.js';
/** `before` and `after`: the alarms around the order. */
export function toldAnswer(answer, before, after, points) {
    if (!answer.accepted)
        return { ...answer, why: commandRefusalWords[answer.reason] };
    const concerned = (keys) => [...new Set(keys)].flatMap((key) => {
        const facets = after.subjects.get(key) ?? before.subjects.get(key);
        return facets === undefined ? [] : [{ subject: key, class: facets.class, ...facets.name }];
    });
    return {
        ...answer,
        concerned: concerned(answer.touched),
        still: concerned(answer.stillActive),
        warnings: [...unsureWarning(answer.touched, after), ...blindZones(answer.touched, after, points)],
    };
}
/** Decision 0019: what was ordered by a clock that can not be believed ends with a restart. */
function unsureWarning(touched, { subjects }) {
    const isUnsure = touched.some((key) => subjects.get(key)?.service?.isWallSure === false);
    return isUnsure
        ? [
            {
                zh: '本机时钟不可信：网关重启后自动恢复守望',
                en: 'the clock of this box can not be trusted: a restart puts it back into service',
            },
        ]
        : [];
}
/** Zones whose last fire point was taken out by this order. */
function blindZones(touched, { subjects }, points) {
    const isOut = (key) => (subjects.get(key)?.service ?? null) !== null;
    const fires = points.map(pointSubject).filter((each) => each.class === 'fire' && each.zone !== null);
    const zones = new Set(fires.filter(({ key }) => touched.includes(key) && isOut(key)).map(({ zone }) => zone));
    return [...zones]
        .filter((zone) => fires.every((each) => each.zone !== zone || isOut(each.key)))
        .map((zone) => ({
        zh: `注意：防区 ${zone} 已没有在守望的火警点`,
        en: `mind: no fire point of zone ${zone} is in service any more`,
    }));
}
