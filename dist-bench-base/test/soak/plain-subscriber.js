/**
 * The smallest MQTT 3.1.1 subscriber: written out byte by byte, so that it shares no code with the client under test, and everything that
 * reached the socket is heard, also what came in the moment before the broker died. QoS 1, one topic filter, a session that lasts.
 */
import { once } from 'node:events';
import { createConnection } from 'node:net';
const connack = 2;
const publish = 3;
const suback = 9;
export class PlainSubscriber {
    socket;
    filter;
    onMessage;
    #rest = Buffer.alloc(0);
    #onSubscribed = () => undefined;
    /** Resolves when the connection is over and everything that came has been told. */
    ended;
    constructor(socket, filter, onMessage) {
        this.socket = socket;
        this.filter = filter;
        this.onMessage = onMessage;
        socket.on('data', (bytes) => this.#take(bytes));
        socket.on('error', () => undefined);
        this.ended = new Promise((resolve) => socket.once('close', () => resolve()));
    }
    /** Resolves when the broker has taken the subscription. */
    static async open(port, clientId, filter, onMessage) {
        const socket = createConnection({ host: '127.0.0.1', port, noDelay: true });
        await once(socket, 'connect');
        const subscriber = new PlainSubscriber(socket, filter, onMessage);
        const subscribed = new Promise((resolve) => {
            subscriber.#onSubscribed = resolve;
        });
        // Keep the session; no keepalive.
        socket.write(packet(0x10, Buffer.concat([text('MQTT'), Buffer.from([4, 0, 0, 0]), text(clientId)])));
        await Promise.race([subscribed, subscriber.ended.then(() => Promise.reject(new Error('the broker let go of us')))]);
        return subscriber;
    }
    close() {
        this.socket.end(Buffer.from([0xe0, 0]));
    }
    #take(bytes) {
        this.#rest = Buffer.concat([this.#rest, bytes]);
        for (let next = this.#nextPacket(); next !== null; next = this.#nextPacket())
            this.#packet(next.head, next.body);
    }
    #nextPacket() {
        let length = 0;
        for (let i = 0; i < 4; i++) {
            const byte = this.#rest[1 + i];
            if (byte === undefined)
                return null;
            length += (byte & 0x7f) * 128 ** i;
            if (byte >= 0x80)
                continue;
            const from = 2 + i;
            if (this.#rest.length < from + length)
                return null;
            const found = { head: this.#rest[0] ?? 0, body: this.#rest.subarray(from, from + length) };
            this.#rest = this.#rest.subarray(from + length);
            return found;
        }
        throw new Error('a length of more than four bytes');
    }
    #packet(head, body) {
        switch (head >> 4) {
            case connack:
                this.socket.write(packet(0x82, Buffer.concat([Buffer.from([0, 1]), text(this.filter), Buffer.from([1])])));
                return;
            case suback:
                this.#onSubscribed();
                return;
            case publish: {
                const topicEnd = 2 + body.readUInt16BE(0);
                const isConfirmed = (head & 0x06) !== 0;
                if (isConfirmed && this.socket.writable)
                    this.socket.write(packet(0x40, body.subarray(topicEnd, topicEnd + 2)));
                this.onMessage(body.toString('utf8', 2, topicEnd), body.subarray(topicEnd + (isConfirmed ? 2 : 0)));
                return;
            }
            default:
                return;
        }
    }
}
function text(value) {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return Buffer.concat([length, bytes]);
}
/** Only short ones are sent. */
function packet(head, body) {
    return Buffer.concat([Buffer.from([head, body.length]), body]);
}
