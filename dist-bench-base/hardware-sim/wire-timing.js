const fixedTimesAboveBaud = 19_200;
const fixedSilenceMs = 1.75;
const fixedPauseMs = 0.75;
const silenceChars = 3.5;
const pauseChars = 1.5;
/** A character of the guide has 11 bits (§2.5.1), and units count their silence with it whatever they send. */
const guideBitsPerChar = 11;
/** `countsGuideBits` false: units that count by the characters that the line really has. */
export function wireTiming(baud, bitsPerChar, countsGuideBits = true) {
    const charMs = (bitsPerChar * 1000) / baud;
    const countedMs = countsGuideBits ? (guideBitsPerChar * 1000) / baud : charMs;
    const isFixed = baud > fixedTimesAboveBaud;
    return {
        baud,
        bitsPerChar,
        charMs,
        silenceMs: isFixed ? fixedSilenceMs : silenceChars * countedMs,
        pauseMs: isFixed ? fixedPauseMs : pauseChars * countedMs,
    };
}
export function bitsPerChar(format) {
    return 1 + format.dataBits + (format.parity === 'none' ? 0 : 1) + format.stopBits;
}
