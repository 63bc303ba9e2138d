/** The only file that imports mqtt. One client per connection; its own queue, reconnect and resubscribe are never used. */
import { connect } from 'mqtt';
import { UplinkError } from '../uplink.js';
import { codeOf, connectError, textOf } from './connect-error.js';
import { ackWhenKept } from './late-puback.js';
import { Wire } from './wire.js';
const receiveMaximumDefault = 65_535;
/** Messages that a consumer lets a broker send before it has kept the first of them (MQTT 5). */
const receiveMaximumOurs = 1_000;
/** What a broker may send without ever completing a packet; then it is cut off. */
const unreadMaxBytes = 512 * 1024;
/** What the broker is asked to keep to itself (MQTT 5): a message of 64 kB, its topic and properties. */
const packetMaxBytes = 66 * 1024;
/** Not authorised, of PUBACK and SUBACK. */
const notAuthorised = 0x87;
export class MqttClientLink {
    connect(options, events) {
        return new ClientConnection(options, events);
    }
}
class ClientConnection {
    options;
    events;
    #client;
    #wire;
    #isOpen = false;
    #isOver = false;
    /** Rejects what is unconfirmed when the connection ends: the client itself calls back only some of it. */
    #unconfirmed = new Set();
    constructor(options, events) {
        this.options = options;
        this.events = events;
        this.#wire = new Wire(options.url);
        this.#client = this.#begin();
    }
    get bytes() {
        return this.#wire.bytes;
    }
    publish(message) {
        const client = this.#client;
        // Checked because the client would keep it in a store of its own and send it when nobody expects it any more.
        if (client === null || !this.#isOpen || this.#isOver || !client.connected)
            return Promise.reject(this.#lost(null));
        return new Promise((resolve, reject) => {
            this.#unconfirmed.add(reject);
            const { contentType, retain } = message;
            const hasType = contentType !== null && this.options.version === '5';
            const how = hasType ? { qos: 1, retain, properties: { contentType } } : { qos: 1, retain };
            client.publish(message.topic, asBuffer(message.payload), how, (error) => {
                this.#unconfirmed.delete(reject);
                if (error)
                    reject(this.#refusal(error, message.topic));
                else
                    resolve();
            });
        });
    }
    async end() {
        this.#over(null);
        await new Promise((resolve) => {
            if (this.#client === null)
                resolve();
            else
                this.#client.end(false, () => resolve());
        });
    }
    drop() {
        this.#over(null);
        this.#client?.end(true);
    }
    #begin() {
        let client;
        try {
            client = connect(this.options.url, { ...clientOptions(this.options), ...this.#wire.options() });
        }
        catch (cause) {
            // An unreadable certificate or address; told like any other failed try, after the caller has its connection.
            queueMicrotask(() => this.#over(connectError(this.options.where, cause)));
            return null;
        }
        this.#wire.watch(client.stream);
        client.on('connect', (packet) => {
            if (this.#isOver)
                return;
            if (packet.properties?.maximumQoS === 0) {
                this.#over(new UplinkError('UPLINK-019', this.options.where, 'maximum QoS 0'));
                client.end(true);
                return;
            }
            this.#isOpen = true;
            this.events.onOpen({
                receiveMaximum: packet.properties?.receiveMaximum ?? receiveMaximumDefault,
                packetMaxBytes: packet.properties?.maximumPacketSize ?? null,
            });
            this.#subscribe(client);
        });
        client.on('error', (error) => this.#fail(error));
        client.on('disconnect', (packet) => this.#fail(new Error(`the broker said goodbye (${packet.reasonCode ?? 0})`)));
        client.on('close', () => this.#fail(null));
        this.#hear(client);
        this.#limitUnread(client);
        return client;
    }
    #hear(client) {
        const { events } = this;
        if (this.options.session === undefined) {
            client.on('message', (topic, payload, { retain }) => {
                if (!this.#isOver)
                    events.onMessage?.({ topic, payload, isRetained: retain });
            });
            return;
        }
        const never = new Promise(() => undefined);
        ackWhenKept(client, (message) => (this.#isOver ? never : (events.onKeep?.(message) ?? never)), (cause) => this.#fail(cause instanceof Error ? cause : new Error(String(cause))));
    }
    /** The parser gathers a packet of any announced length in memory; one that is never whole is cut off. */
    #limitUnread(client) {
        let unreadBytes = 0;
        client.stream.on('data', (chunk) => {
            unreadBytes += chunk.length;
            if (unreadBytes > unreadMaxBytes)
                this.#fail(new Error('a packet larger than any that is expected'));
        });
        client.on('packetreceive', () => {
            unreadBytes = 0;
        });
    }
    #subscribe(client) {
        const { subscriptions = [], version, session } = this.options;
        if (subscriptions.length === 0 || this.#isOver)
            return;
        // `rh: 2`: nothing that was retained; 3.1.1 can not say so, there the flag of the message tells.
        const how = version === '5' && session === undefined ? { qos: 1, rh: 2 } : { qos: 1 };
        client.subscribe([...subscriptions], how, (error) => {
            if (this.#isOver)
                return;
            this.events.onSubscribed?.(error ? this.#told('UPLINK-018', `${subscriptions.join(' ')}: ${error.message}`) : null);
        });
    }
    #fail(cause) {
        if (this.#isOver)
            return;
        const { where } = this.options;
        const { error, isWithoutTls } = this.#wire;
        this.#over(this.#isOpen ? this.#lost(cause) : connectError(where, cause ?? error, isWithoutTls));
        this.#client?.end(true);
    }
    /** @param error null when we ourselves end it. */
    #over(error) {
        if (this.#isOver)
            return;
        this.#isOver = true;
        const unconfirmed = [...this.#unconfirmed];
        this.#unconfirmed.clear();
        for (const reject of unconfirmed)
            reject(this.#lost(error));
        if (error !== null)
            this.events.onClosed(error);
    }
    #lost(cause) {
        return this.#told('UPLINK-003', cause === null ? null : textOf(cause), cause);
    }
    #refusal(cause, topic) {
        const code = codeOf(cause);
        if (typeof code !== 'number')
            return this.#lost(cause);
        return code === notAuthorised
            ? this.#told('UPLINK-016', topic, cause)
            : this.#told('UPLINK-005', `${topic}: ${textOf(cause)}`, cause);
    }
    #told(code, got, cause = null) {
        return new UplinkError(code, this.options.where, got, cause ?? undefined);
    }
}
function clientOptions(options) {
    const { will, session } = options;
    return {
        protocolVersion: options.version === '5' ? 5 : 4,
        clientId: options.clientId,
        clean: session === undefined,
        reconnectPeriod: 0,
        resubscribe: false,
        queueQoSZero: false,
        // It would keep 65,536 buffers, 6 MB, to save a microsecond per packet.
        writeCache: false,
        connectTimeout: options.connectTimeoutMs,
        keepalive: options.keepaliveS,
        ...(options.version === '5' ? optionsOf5(session) : {}),
        ...(will === null ? {} : { will: willOf(will) }),
        ...(options.username === null ? {} : { username: options.username }),
        ...(options.password === null ? {} : { password: options.password }),
        ...(options.ca === null ? {} : { ca: asBuffer(options.ca) }),
        ...(options.cert === null ? {} : { cert: asBuffer(options.cert) }),
        ...(options.key === null ? {} : { key: asBuffer(options.key) }),
    };
}
function willOf({ topic, payload, retain }) {
    return { topic, payload: asBuffer(payload), retain, qos: 1 };
}
function optionsOf5(session) {
    const consumer = session === undefined ? {} : { sessionExpiryInterval: session.expiryS, receiveMaximum: receiveMaximumOurs };
    // After the first message of a topic its name travels as two bytes, as far as the broker allows.
    return { autoAssignTopicAlias: true, properties: { maximumPacketSize: packetMaxBytes, ...consumer } };
}
/** The same bytes, not a copy of them. */
function asBuffer(bytes) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
