/** Told to the client in place of "done": it goes on to the next packet without a PUBACK (measured with mqtt 5.16). */
const notYet = new Error('acknowledged when it is kept');
/** @param take rejects: then the message is not acknowledged, and `onRefused` is called. */
export function ackWhenKept(client, take, onRefused) {
    client.handleMessage = ({ topic, payload, qos, retain, messageId }, done) => {
        const taken = take({
            topic,
            payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
            isRetained: retain,
        });
        if (qos !== 1 || messageId === undefined) {
            taken.catch(onRefused);
            done();
            return;
        }
        taken.then(() => client.stream.write(pubackOf(messageId)), onRefused);
        done(notYet);
    };
}
/** The same bytes in both versions of the protocol. */
function pubackOf(messageId) {
    return Uint8Array.of(0x40, 2, messageId >> 8, messageId & 0xff);
}
