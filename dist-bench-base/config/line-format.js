/** Serial settings of a line with their defaults (9600 8N1); null for units that sit on the network themselves. */
export function lineFormat({ transport, baud, parity, data_bits, stop_bits }) {
    if (transport === 'tcp' && baud === undefined)
        return null;
    return { baud: baud ?? 9600, parity: parity ?? 'none', dataBits: data_bits ?? 8, stopBits: stop_bits ?? 1 };
}
