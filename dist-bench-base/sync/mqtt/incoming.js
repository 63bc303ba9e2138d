import { envelopeMaxBytes } from '../signed-envelope.js';
import { topicRoot } from './cloud-event.js';
export class Incoming {
    config;
    topics;
    #kinds;
    #dropped = { oversize: 0, retained: 0, foreign: 0 };
    constructor(config, address) {
        this.config = config;
        const root = topicRoot(address);
        const isOurs = config.format === 'gengfu';
        this.#kinds = new Map([
            ...(isOurs && config.takesCommands ? [[`${root}/command`, 'command']] : []),
            ...(isOurs && config.receipts !== 'none' ? [[`${root}/receipt`, 'receipt']] : []),
        ]);
        this.topics = [...this.#kinds.keys()];
    }
    get dropped() {
        return { ...this.#dropped };
    }
    /** Null: dropped, and counted. */
    take({ topic, payload, isRetained }) {
        const kind = this.#kinds.get(topic);
        const fault = kind === undefined ? 'foreign' : payload.length > envelopeMaxBytes ? 'oversize' : isRetained ? 'retained' : null;
        if (kind !== undefined && fault === null)
            return { uplink: this.config.id, kind, envelope: payload };
        this.#dropped[fault ?? 'foreign'] += 1;
        return null;
    }
}
