/** What is put together before it goes; a longer piece goes as it is. */
const gatherMaxBytes = 16 * 1024;
/** From now on what is written while the stream is corked leaves as one piece when it is uncorked. The order stays. */
export function gatherWrites(stream) {
    const room = Buffer.allocUnsafeSlow(gatherMaxBytes);
    let used = 0;
    const write = stream.write.bind(stream);
    const uncork = stream.uncork.bind(stream);
    /** A copy, because the socket may hold on to it. */
    const flush = () => {
        if (used === 0)
            return true;
        const gathered = Buffer.from(room.subarray(0, used));
        used = 0;
        return write(gathered);
    };
    const gather = (piece, ...rest) => {
        const mayWait = stream.writableCorked > 0 && rest.length === 0 && !stream.writableEnded;
        const bytes = typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length;
        if (used + bytes > gatherMaxBytes || !mayWait)
            flush();
        if (!mayWait || bytes > gatherMaxBytes)
            return write(piece, ...rest);
        if (typeof piece === 'string')
            room.write(piece, used);
        else
            room.set(piece, used);
        used += bytes;
        return true;
    };
    stream.write = gather;
    stream.uncork = () => {
        if (stream.writableCorked === 1)
            flush();
        uncork();
    };
}
