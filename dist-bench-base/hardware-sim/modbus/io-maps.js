const eight = (raw) => new Array(8).fill(raw);
/** Waveshare Analog Input 8CH: micro-ampere in inputs 0 to 7, range code of each channel in holding 1000 to 1007. */
export const waveshareAi8 = {
    profileId: 'waveshare-ai8',
    functions: [3, 4, 6],
    ranges: [
        { table: 'input', at: 0x0000, values: eight(12_000), world: true },
        { table: 'holding', at: 0x1000, values: eight(2), takes: [0, 1, 2, 3, 4] },
    ],
    commission: (set) => {
        for (let channel = 0; channel < 8; channel++)
            set('holding', 0x1000 + channel, 2);
    },
};
/** Advantech ADAM-4117 switched to Modbus, type code 07: 0 is 4 mA, 65535 is 20 mA; 40001 to 40008. */
export const adam4117 = {
    profileId: 'adam-4117',
    functions: [3, 4],
    ranges: [{ table: 'holding', at: 0, values: eight(32_768), world: true }],
};
