/** Rows of channels: inputs and outputs of one model whose registers follow each other. */
import { isModbus } from './profile-kind.js';
/** The row that a point key names, or null for a single point. */
export function channelRow(key) {
    const match = /^([a-z][a-z0-9_]*)\[1\.\.([0-9]+)\]$/.exec(key);
    return match?.[1] === undefined ? null : { name: match[1], channels: Number(match[2]) };
}
/** The row of inputs of a role (`contact` or `signal`), or null. */
export function inputRow(points, role) {
    return points.find((point) => point.role === role && channelRow(point.key) !== null) ?? null;
}
/** How many outputs a model can switch; 0 when it has none. */
export function switchedChannels(profile) {
    if (!isModbus(profile) || profile.commands === undefined)
        return 0;
    return channelRow(profile.commands.row)?.channels ?? 0;
}
/** Registers that a value takes; 1 for a bit as well. */
export function registersOf(type) {
    switch (type) {
        case 'u32':
        case 's32':
        case 'f32':
        case 'bcd32':
            return 2;
        case 'u64':
        case 'f64':
            return 4;
        default:
            return 1;
    }
}
/** Wire address of a channel of a row. */
export function channelAddress(row, channel) {
    return row.addr + (channel - 1) * registersOf(row.type);
}
