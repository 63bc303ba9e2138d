const answerEveryMs = 1_000;
const entryEveryMs = 60_000;
/** There are some thirty reasons; whatever is beyond shares the last place. */
const reasonsMax = 64;
export class Refusals {
    clock;
    record;
    #minutes = new Map();
    #answeredMono = Number.NEGATIVE_INFINITY;
    /** Since the start. */
    total = 0;
    constructor(clock, record) {
        this.clock = clock;
        this.record = record;
    }
    /** Counts it, and writes it down if it is the first of its reason in a minute. */
    tell(refused) {
        this.total += 1;
        const isOneMore = this.#minutes.has(refused.reason) || this.#minutes.size < reasonsMax;
        const name = isOneMore ? refused.reason : 'others';
        const counted = this.#minutes.get(name);
        if (counted !== undefined) {
            counted.newest = refused;
            counted.count += 1;
            return;
        }
        this.#write(name, refused, 1);
    }
    /** May a refusal be answered now? Asked once for each answer. */
    mayAnswer() {
        const nowMono = this.clock.mono();
        if (nowMono - this.#answeredMono < answerEveryMs)
            return false;
        this.#answeredMono = nowMono;
        return true;
    }
    /** Writes down what was only counted. */
    stop() {
        for (const { cancel, count, newest } of this.#minutes.values()) {
            cancel();
            if (count > 0)
                this.record([draftOf(newest, count)]);
        }
        this.#minutes.clear();
    }
    #write(name, refused, count) {
        const cancel = this.clock.after(entryEveryMs, () => this.#endMinute(name));
        this.#minutes.set(name, { newest: refused, count: 0, cancel });
        this.record([draftOf(refused, count)]);
    }
    #endMinute(name) {
        const counted = this.#minutes.get(name);
        this.#minutes.delete(name);
        if (counted !== undefined && counted.count > 0)
            this.#write(name, counted.newest, counted.count);
    }
}
/** `count`: so many of this reason since the entry before; the others are of the newest. */
function draftOf({ uplink, reason, words, keyId, command }, count) {
    const times = count === 1 ? { zh: '', en: '' } : { zh: `（${count} 次）`, en: ` (${count} times)` };
    return {
        kind: 'command.refused',
        class: null,
        subject: 'gateway',
        alarm: null,
        zone: null,
        words: {
            zh: `拒绝平台指令：${words.zh}${times.zh}`,
            en: `refused an order of the district: ${words.en}${times.en}`,
        },
        origin: keyId === null ? 'centre' : `centre:${keyId}`,
        detail: { reason, count, uplink, command },
    };
}
