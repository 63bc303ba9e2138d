import { serviceRefusal } from '../alarm/service-order.js';
import { commandRefusalWords } from './refusal-words.js';
import { refusedDraft } from './refused-draft.js';
const neededLevel = { acknowledge: 1, silence: 1, reset: 2 };
/** Design.md §6: to shelve is duty staff's, to take out of service the installer's; putting back is always safe. */
const serviceLevel = { shelved: 2, 'out-of-service': 3, 'in-service': 2 };
export class CommandDesk {
    boot;
    apply;
    record;
    named;
    tellUnits;
    constructor(boot, apply, record, named, 
    /** Passes a reset on to the units that latch themselves, in front of the engine. */
    tellUnits) {
        this.boot = boot;
        this.apply = apply;
        this.record = record;
        this.named = named;
        this.tellUnits = tellUnits;
    }
    /** Local orders never wait for the disk (design.md §1). */
    submit(command) {
        if (command.level < neededLevel[command.kind])
            return this.#refuse(command, 'level-too-low');
        // A view of another boot counted its alarms differently; what it calls the newest says nothing here.
        if ('boot' in command.upTo && command.upTo.boot !== this.boot())
            return this.#refuse(command, 'stale-view');
        const pending = this.tellUnits(command);
        const { touched, stillActive } = this.apply({ kind: 'command', command });
        return { accepted: true, touched, stillActive, ...(pending.length === 0 ? {} : { pending }) };
    }
    /** `subjects` may also be ids of devices and points. */
    serve(command, alarms) {
        const about = { kind: command.to, origin: command.origin };
        if (command.level < serviceLevel[command.to])
            return this.#refuse(about, 'level-too-low');
        const order = { ...command, subjects: command.subjects.flatMap((name) => this.named.keysOf(name, alarms)) };
        const isUnseen = (key) => {
            const facets = alarms.subjects.get(key);
            return facets !== undefined && facets.alarm !== null && facets.acknowledged === null && facets.service === null;
        };
        const refusal = serviceRefusal(order, (key) => this.named.classOf(key, alarms), isUnseen);
        if (refusal !== null)
            return this.#refuse(about, refusal);
        const { touched } = this.apply({ kind: 'service', order });
        return { accepted: true, touched, stillActive: [] };
    }
    #refuse(command, reason) {
        this.record([refusedDraft(command, reason, commandRefusalWords[reason])]);
        return { accepted: false, reason };
    }
}
