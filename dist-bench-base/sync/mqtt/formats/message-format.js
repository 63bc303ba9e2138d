import { UplinkError } from '../../uplink.js';
export function jsonMessage(topic, value, retain = false) {
    return { topic, payload: Buffer.from(JSON.stringify(value)), retain, contentType: null };
}
export function tooLarge(uplink, bytes, room) {
    return new UplinkError('UPLINK-006', `uplink ${uplink}`, `${bytes} of ${room} bytes`);
}
/** A newer release wrote it, or the disk has spoiled it. */
export function unreadable(uplink, { pack }) {
    return new UplinkError('UPLINK-023', `uplink ${uplink}`, `pack ${pack.sequence}`);
}
/** The message as it is, if there is room for it. */
export function fitting(uplink, message, roomFor) {
    const room = roomFor(message.topic);
    if (message.payload.length > room)
        throw tooLarge(uplink, message.payload.length, room);
    return message;
}
/** As few messages as fit: the items are halved until each half does. */
export function inPieces(uplink, items, make, roomFor) {
    const message = make(items);
    const room = roomFor(message.topic);
    if (message.payload.length <= room)
        return [message];
    if (items.length <= 1)
        throw tooLarge(uplink, message.payload.length, room);
    const middle = Math.ceil(items.length / 2);
    return [items.slice(0, middle), items.slice(middle)].flatMap((half) => inPieces(uplink, half, make, roomFor));
}
