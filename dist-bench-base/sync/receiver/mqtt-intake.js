import { ReconnectDelay } from '../mqtt/reconnect-delay.js';
import { UplinkError } from '../uplink.js';
import { withinMs } from '../within.js';
const keepaliveS = 60;
const connectTimeoutMs = 10_000;
/** A client that has not even told a time-out by then is stuck and is thrown away. */
const connectStuckMs = 15_000;
/** How long the broker keeps messages for a receiver that is away: a week. */
const sessionExpiryS = 7 * 86_400;
const stopMaxMs = 1_500;
export class MqttIntake {
    options;
    #delay;
    #connection = null;
    #isUp = false;
    #isStopped = false;
    #cancel = null;
    constructor(options) {
        this.options = options;
        this.#delay = new ReconnectDelay(options.login.clientId, options.random);
    }
    start() {
        const { login, link, clock, subscriptions } = this.options;
        const { where, ...rest } = { where: 'broker', ...login };
        const connect = {
            ...{ where, ...rest, keepaliveS, connectTimeoutMs, will: null, subscriptions },
            session: { expiryS: sessionExpiryS },
        };
        const connection = link.connect(connect, {
            onOpen: () => this.#cancel?.(),
            onSubscribed: (refused) => this.#subscribed(connection, refused),
            onKeep: ({ topic, payload }) => this.options.take(topic, payload),
            onClosed: (error) => this.#closed(connection, error),
        });
        this.#connection = connection;
        this.#cancel = clock.after(connectStuckMs, () => {
            connection.drop();
            this.#closed(connection, new UplinkError('UPLINK-001', where, 'no answer to CONNECT'));
        });
    }
    publish(topic, payload) {
        const connection = this.#connection;
        if (connection === null || !this.#isUp)
            return Promise.reject(new UplinkError('UPLINK-003', 'broker'));
        return connection.publish({ topic, payload, retain: false, contentType: 'application/json' });
    }
    async stop() {
        this.#isStopped = true;
        this.#cancel?.();
        const connection = this.#connection;
        this.#connection = null;
        if (connection === null)
            return;
        await withinMs(this.options.clock, stopMaxMs, connection.end());
        connection.drop();
    }
    #subscribed(connection, refused) {
        if (this.#connection !== connection)
            return;
        if (refused !== null) {
            connection.drop();
            this.#closed(connection, refused);
            return;
        }
        this.#isUp = true;
        this.#delay.reset();
        this.options.onUp();
    }
    #closed(connection, error) {
        if (this.#connection !== connection)
            return;
        const wasUp = this.#isUp;
        this.#cancel?.();
        this.#connection = null;
        this.#isUp = false;
        if (this.#isStopped)
            return;
        this.#cancel = this.options.clock.after(this.#delay.nextMs(wasUp), () => this.start());
        this.options.onDown(error);
    }
}
