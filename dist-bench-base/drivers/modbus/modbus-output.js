import { priorities } from './line-queue.js';
/** A relay channel of a unit. Its relays hold when the gateway's process ends; one with a timer of its own goes off when that
 * is over. */
export class ModbusOutput {
    line;
    unit;
    target;
    priority;
    afterProcessEnd;
    onForMs;
    constructor(line, unit, target, priority = priorities.annunciator) {
        this.line = line;
        this.unit = unit;
        this.target = target;
        this.priority = priority;
        this.afterProcessEnd = target.timed === undefined ? 'holds' : 'ends';
        if (target.timed !== undefined)
            this.onForMs = target.timed.forMs;
    }
    async command(on) {
        const answer = await this.line.request(this.unit, this.priority, this.#order(on));
        if (!answer.ok)
            throw answer.error;
    }
    async readBack() {
        const { table, address, onRaw } = this.target.readBack;
        const answer = await this.line.request(this.unit, this.priority, {
            kind: 'read',
            table,
            address,
            count: 1,
        });
        if (!answer.ok)
            throw answer.error;
        return answer.values[0] === onRaw;
    }
    #order(on) {
        const { timed } = this.target;
        if (!on || timed === undefined)
            return { kind: 'write', ...(on ? this.target.on : this.target.off) };
        const { table, address, value } = timed;
        return { kind: 'write', table, address, value, ...(table === 'coil' ? { asWord: true } : {}) };
    }
}
