/** Of each kind at once: people can not answer more. Beyond, the order is refused. */
export const openMax = 8;
/** Nobody resets because of what was asked in the morning. */
export const resetAskedMs = 3_600_000;
export class OpenRequests {
    clock;
    record;
    #duty = [];
    #resets = [];
    constructor(clock, record) {
        this.clock = clock;
        this.record = record;
    }
    get all() {
        return [...this.#duty, ...this.#resets].map(({ is, by, sinceWall, untilWall, note }) => ({
            ...{ is, by, sinceWall, untilWall, note },
        }));
    }
    /** No more of this kind can be asked now. */
    isFull(is) {
        return (is === 'duty-check' ? this.#duty : this.#resets).length >= openMax;
    }
    /** Resolves when somebody has answered, or nobody has in time. */
    askDuty(command, by, withinMs) {
        const words = {
            zh: `平台查岗，请在 ${withinMs / 1000} 秒内应答`,
            en: `the district asks whether somebody is on duty`,
        };
        this.record([draft('duty.asked', words, by, { command, withinS: withinMs / 1000 })]);
        return new Promise((settle) => {
            const cancel = this.clock.after(withinMs, () => {
                this.#duty = this.#duty.filter((each) => each !== asked);
                settle({ state: 'failed', reason: 'no-answer', words: noAnswer, detail: { withinS: withinMs / 1000 } });
            });
            const asked = {
                ...this.#request('duty-check', by, withinMs, null),
                ...{ command, cancel, settle, sinceMono: this.clock.mono() },
            };
            this.#duty = [...this.#duty, asked];
        });
    }
    /** Somebody is there: all checks are answered. How many there were. */
    answerDuty(origin) {
        const answered = this.#duty;
        this.#duty = [];
        for (const { command, cancel, settle, sinceMono } of answered) {
            cancel();
            const afterS = Math.round((this.clock.mono() - sinceMono) / 1000);
            const words = { zh: `查岗已应答（${afterS} 秒）`, en: `duty check answered after ${afterS} s` };
            this.record([draft('duty.answered', words, origin, { command, afterS })]);
            settle({ state: 'done', words, detail: { by: origin, afterS } });
        }
        return answered.length;
    }
    askReset(by, note) {
        const cancel = this.clock.after(resetAskedMs, () => {
            this.#resets = this.#resets.filter((each) => each !== asked);
        });
        const asked = { ...this.#request('reset-request', by, resetAskedMs, note), cancel };
        this.#resets = [...this.#resets, asked];
    }
    /** Somebody has reset: whoever asked for it has what he wanted. */
    sawReset() {
        for (const { cancel } of this.#resets)
            cancel();
        this.#resets = [];
    }
    /** What is not answered stays so: after a restart nobody can say how it ended. */
    stop() {
        for (const { cancel } of [...this.#duty, ...this.#resets])
            cancel();
    }
    #request(is, by, forMs, note) {
        const sinceWall = this.clock.wall();
        return { is, by, sinceWall, untilWall: sinceWall + forMs, note };
    }
}
const noAnswer = { zh: '查岗无人应答', en: 'nobody answered the duty check' };
function draft(kind, words, origin, detail) {
    return { kind, class: null, subject: 'gateway', alarm: null, zone: null, words, origin, detail };
}
