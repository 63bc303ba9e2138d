export class TrafficCounter {
    #sentBytes = 0;
    #receivedBytes = 0;
    #connects = 0;
    #connection = null;
    get total() {
        const now = this.#connection?.bytes ?? { sent: 0, received: 0 };
        return {
            sentBytes: this.#sentBytes + now.sent,
            receivedBytes: this.#receivedBytes + now.received,
            connects: this.#connects,
        };
    }
    begin(connection) {
        this.end();
        this.#connects += 1;
        this.#connection = connection;
    }
    /** What was still on its way out at that moment is not counted. */
    end() {
        const { sentBytes, receivedBytes } = this.total;
        this.#connection = null;
        this.#sentBytes = sentBytes;
        this.#receivedBytes = receivedBytes;
    }
}
