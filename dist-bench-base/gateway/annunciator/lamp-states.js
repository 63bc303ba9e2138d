/** GB 26875.1-2011 4.1.2.1 [V*]: after success the lamp stays lit for at least 5 min. */
export const sentShownMs = 300_000;
/** Of all uplinks together: what one of them still owes is not told. */
export function transmissionOf(uplinks, nowMono) {
    if (uplinks.some(({ isOwed }) => isOwed))
        return 'sending';
    const isFresh = ({ carriedMono }) => carriedMono !== null && nowMono - carriedMono < sentShownMs;
    return uplinks.some(isFresh) ? 'sent' : 'idle';
}
/** With one of these, whether in service or not, nobody may read "all is well" off the green lamp. */
const notNormal = new Set(['fire', 'warning', 'supervisory', 'fault']);
const transmissionLamp = { idle: 'off', sending: 'flash', sent: 'on' };
/**
 * `isScanned` = everything was looked at once: before that nothing is known to be normal.
 * Red flashes until a person acknowledges and is lit until the reset (GB 4717-2024 5.4.1.1 [V*]); yellow follows its faults
 * (5.4.3.2 [V*]); a lamp of its own says that something is taken out of the watch (5.4.4.7 [V*]). Nobody is asked to
 * acknowledge a fire of what is out of service, so that one does not flash.
 */
export function lampStates(subjects, transmission, isScanned) {
    let fire = 'off';
    let fault = 'off';
    let service = 'off';
    let isNormal = isScanned;
    for (const each of subjects) {
        if (each.service !== null)
            service = 'on';
        if (each.alarm === null)
            continue;
        if (notNormal.has(each.class))
            isNormal = false;
        if (each.class === 'fault')
            fault = 'on';
        if (each.class !== 'fire')
            continue;
        if (each.acknowledged === null && each.service === null)
            fire = 'flash';
        else if (fire === 'off')
            fire = 'on';
    }
    return { fire, fault, service, normal: isNormal ? 'on' : 'off', transmission: transmissionLamp[transmission] };
}
