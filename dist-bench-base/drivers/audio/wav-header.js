/** What a WAV file says of itself (RIFF, `fmt ` and `data` chunks; little-endian). Pure. */
/** So many first bytes of a file are enough, unless its maker put a book before the samples. */
export const wavHeadBytes = 4096;
const pcm = 1;
/** The format then stands in the first two bytes of a longer description. */
const extensible = 0xfffe;
const chunkHeadBytes = 8;
const formatBytes = 16;
/** `head`: the first bytes of the file; `fileBytes`: its whole size. Returns what is wrong as a text when it is no WAV with PCM
 * samples. */
export function readWavHeader(head, fileBytes) {
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    if (head.length < 12 || tagAt(head, 0) !== 'RIFF' || tagAt(head, 8) !== 'WAVE')
        return 'no RIFF WAVE file';
    let format = null;
    for (let at = 12; at + chunkHeadBytes <= head.length;) {
        const tag = tagAt(head, at);
        const size = view.getUint32(at + 4, true);
        const from = at + chunkHeadBytes;
        if (tag === 'data')
            return format === null ? 'no format before the samples' : withLength(format, size, fileBytes - from);
        if (tag === 'fmt ') {
            if (size < formatBytes || from + size > head.length)
                return 'a format that is cut short';
            const isLong = view.getUint16(from, true) === extensible && size >= 26;
            const code = view.getUint16(isLong ? from + 24 : from, true);
            if (code !== pcm)
                return `format ${code} instead of PCM`;
            format = {
                channels: view.getUint16(from + 2, true),
                rateHz: view.getUint32(from + 4, true),
                bitsPerSample: view.getUint16(from + 14, true),
            };
        }
        // Chunks begin at even places.
        at = from + size + (size % 2);
    }
    return `no samples in the first ${wavHeadBytes} bytes`;
}
function withLength(format, saidBytes, thereBytes) {
    const bytesPerSecond = (format.channels * format.rateHz * format.bitsPerSample) / 8;
    if (bytesPerSecond <= 0)
        return 'no channels, no rate or no bits';
    // A recorder that was switched off, or wrote to a pipe, left no true length.
    const bytes = Math.max(0, Math.min(saidBytes, thereBytes));
    return bytes === 0 ? 'no samples' : { ...format, lengthMs: (bytes * 1000) / bytesPerSecond };
}
function tagAt(bytes, at) {
    return String.fromCharCode(...bytes.subarray(at, at + 4));
}
