import { unpackSamples } from '../../telemetry/pack-codec.js';
import { deviceOf } from '../external-codes.js';
import { unreadable } from './message-format.js';
/** A time that may be told as one: a platform would file it under that day for ever. */
export function toldTime(wall, clock) {
    return clock === 'untrusted' ? null : Math.floor(wall);
}
/** Throws UPLINK-023. */
export function timedSamples({ uplink }, report) {
    const { pack } = report;
    const samples = unpackSamples(pack.body);
    if (samples === null)
        throw unreadable(uplink, report);
    const beganAt = toldTime(pack.wall, pack.clock);
    return samples.map(({ pointId, unit, afterMs, value, reason }) => {
        const about = deviceOf(`point:${pointId}`);
        const ts = beganAt === null ? null : Math.floor(beganAt + afterMs);
        return { point: pointId, device: about?.device ?? pointId, key: about?.key ?? 'value', unit, value, reason, ts };
    });
}
/** What a platform with many villages calls this device: the code that it gave it, else `<site>/<device>`. */
export function platformName({ address, codes }, device) {
    if (device === null)
        return codes?.site ?? address.site;
    return codes?.ofDevice(device, null) ?? `${address.site}/${device}`;
}
