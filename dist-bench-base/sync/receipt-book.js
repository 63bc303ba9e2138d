import { receiptSchema } from './messages/receipt.js';
import { toRfc3339 } from './mqtt/rfc3339.js';
import { carriedLanes } from './pump/lane-source.js';
import { Pace } from './pump/pace.js';
import { isSignedBy, parseEnvelope } from './signed-envelope.js';
/** Receipts that are looked at in a second; a receiver sends one in some seconds. What is more is ignored. */
const perSMax = 10;
/** Receipts that wait until the journal has answered for those before them; what is more is ignored. */
const waitingMax = 16;
export const receiptFaults = [
    'not-wanted',
    'too-many',
    'malformed',
    'foreign',
    'unsigned',
    'unknown-key',
    'key-expired',
    'no-right',
    'bad-signature',
    'no-such-row',
];
export class ReceiptBook {
    options;
    #pace;
    /** Receipted before it was confirmed, by lane. */
    #early = new Map();
    #tail = Promise.resolve();
    #waiting = 0;
    constructor(options) {
        this.options = options;
        this.#pace = new Pace(perSMax, options.clock.mono());
    }
    /** Bytes from outside. */
    take(bytes) {
        const why = this.#accept(bytes);
        if (why !== null)
            this.options.onIgnored(why);
    }
    /** The lane is carried further: what was receipted early may count now. */
    carried(name) {
        const early = this.#early.get(name);
        const lane = early === undefined ? null : this.options.laneOf(name);
        if (early === undefined || lane === null || early > lane.position)
            return;
        this.#early.delete(name);
        this.#keep(name, lane, early);
    }
    #accept(bytes) {
        const { rules, uplink, clock } = this.options;
        if (rules === null)
            return 'not-wanted';
        if (this.#waiting >= waitingMax || !this.#pace.has(clock.mono()))
            return 'too-many';
        this.#pace.take();
        const envelope = parseEnvelope(bytes);
        const receipt = envelope === null ? null : receiptOf(envelope);
        if (envelope === null || receipt === null)
            return 'malformed';
        if (receipt.district !== rules.district || receipt.site !== rules.site || receipt.uplink !== uplink)
            return 'foreign';
        const why = rules.mode === 'signed' ? signatureFault(envelope, rules.keys, clock.wall()) : null;
        if (why !== null)
            return why;
        this.#waiting += 1;
        this.#tail = this.#tail
            .then(() => this.#check(receipt))
            .finally(() => {
            this.#waiting -= 1;
        });
        return null;
    }
    async #check({ kept }) {
        for (const name of carriedLanes) {
            const place = kept[name];
            if (place !== undefined)
                await this.#checkLane(name, place);
        }
    }
    /** Never rejects: when the journal can not be asked, the receiver says it again. */
    async #checkLane(name, { epoch, sequence, position }) {
        const lane = this.options.laneOf(name);
        if (lane === null || position <= lane.kept)
            return;
        let found;
        try {
            found = await this.options.placeAt(name, position);
        }
        catch {
            return;
        }
        // A row that is gone can not be compared any more; one that never was is beyond what is carried.
        const isRight = found === null ? position <= lane.position : found.epoch === epoch && found.sequence === sequence;
        if (!isRight)
            this.options.onIgnored('no-such-row');
        else if (position <= lane.position)
            this.#keep(name, lane, position);
        else
            this.#early.set(name, Math.max(position, this.#early.get(name) ?? 0));
    }
    #keep(name, lane, position) {
        if (position <= lane.kept)
            return;
        lane.keepUpTo(position);
        this.options.onKept(name);
    }
}
function receiptOf({ payload }) {
    try {
        const parsed = receiptSchema.safeParse(JSON.parse(payload));
        return parsed.success ? parsed.data : null;
    }
    catch {
        return null;
    }
}
/** A replayed receipt does no harm: "kept" only moves forward. So a clock that lags only lets an old key live longer. */
function signatureFault(envelope, keys, wall) {
    if (envelope.keyId === null || envelope.signature === null)
        return 'unsigned';
    const key = keys.find(({ id }) => id === envelope.keyId);
    if (key === undefined)
        return 'unknown-key';
    if (!key.rights.includes('receipt'))
        return 'no-right';
    if (toRfc3339(wall).slice(0, key.notAfter.length) > key.notAfter)
        return 'key-expired';
    return isSignedBy(envelope, 'receipt', key.publicKey) ? null : 'bad-signature';
}
