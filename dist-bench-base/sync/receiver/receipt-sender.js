import { toRfc3339 } from '../mqtt/rfc3339.js';
import { signEnvelope } from '../signed-envelope.js';
import { receiptTopic } from './topics.js';
const roundEveryMs = 2_000;
/** So that the rows of one burst are one receipt. */
const gatherMs = 200;
/** Unconfirmed at once: fewer than any broker takes, also after a restart, when all sites are due. */
const windowMax = 10;
export class ReceiptSender {
    options;
    #cancel = null;
    #isSending = false;
    #isWanted = false;
    #isOpen = false;
    #notBeforeMono = 0;
    constructor(options) {
        this.options = options;
    }
    /** Something is due. */
    wake() {
        this.#isWanted = true;
        if (!this.#isOpen || this.#cancel !== null || this.#isSending)
            return;
        const { clock } = this.options;
        const delayMs = Math.max(gatherMs, this.#notBeforeMono - clock.mono());
        this.#cancel = clock.after(delayMs, () => {
            this.#cancel = null;
            void this.#sendRound();
        });
    }
    /** The broker can be reached, or not. */
    open(isOpen) {
        this.#isOpen = isOpen;
        if (isOpen) {
            this.wake();
            return;
        }
        this.#cancel?.();
        this.#cancel = null;
    }
    /** Never rejects. */
    async #sendRound() {
        const { receiver, clock } = this.options;
        this.#notBeforeMono = clock.mono() + roundEveryMs;
        this.#isWanted = false;
        this.#isSending = true;
        const due = [...receiver.takeReceipts()];
        const sendOn = async () => {
            for (let next = due.shift(); next !== undefined; next = due.shift())
                await this.#send(next);
        };
        await Promise.all(Array.from({ length: windowMax }, sendOn));
        this.#isSending = false;
        if (this.#isWanted)
            this.wake();
    }
    async #send(due) {
        const { receiver, publish } = this.options;
        try {
            await publish(receiptTopic(due), this.#payloadOf(due));
        }
        catch {
            receiver.putBackReceipt(due);
        }
    }
    #payloadOf({ district, site, uplink, kept }) {
        const issued = toRfc3339(this.options.clock.wall());
        const receipt = { version: 1, district, site, uplink, issued, kept };
        return Buffer.from(JSON.stringify(receiptEnvelope(receipt, this.options.key)));
    }
}
export function receiptEnvelope(receipt, key) {
    const payload = JSON.stringify(receipt);
    return key === null
        ? { keyId: null, payload, signature: null }
        : signEnvelope('receipt', key.keyId, payload, key.seed);
}
