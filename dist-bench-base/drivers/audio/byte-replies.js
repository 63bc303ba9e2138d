/** The replies that the Chinese TTS chips share, one byte each (SYN6288 and XFS5152CE data sheets). */
const replies = new Map([
    [0x4a, { kind: 'ready' }],
    [0x41, { kind: 'accepted' }],
    [0x45, { kind: 'refused', why: 'other', code: '45' }],
    [0x4e, { kind: 'sounding' }],
    [0x4f, { kind: 'quiet' }],
]);
/** Every byte is a reply of its own; others are noise. */
export class ByteReplies {
    push(bytes) {
        return [...bytes].flatMap((byte) => replies.get(byte) ?? []);
    }
    reset() { }
}
