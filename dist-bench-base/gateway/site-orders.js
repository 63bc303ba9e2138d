import { walkTestRefusal } from './alarm/walk-test-order.js';
import { CommandDesk } from './command/command-desk.js';
import { exerciseKeys } from './command/exercise-keys.js';
import { KeyWatch } from './command/key-watch.js';
import { NamedSubjects } from './command/named-subjects.js';
import { UnitReset } from './command/unit-reset.js';
export class SiteOrders {
    options;
    #named;
    #desk;
    #unitReset;
    #keys;
    constructor(options) {
        this.options = options;
        const { config, faults, clock, boot, alarms, apply, record, lines, sounds } = options;
        this.#named = new NamedSubjects(config.points, faults);
        this.#desk = new CommandDesk(boot, apply, record, this.#named, (command) => this.#unitReset.begin(command));
        this.#unitReset = new UnitReset({
            ...{ units: config.units, points: config.points, clock, alarms, record },
            write: (unit, writes) => lines().write(unit, writes),
            apply: (command) => this.#noticeReset(command, () => apply({ kind: 'command', command })),
        });
        const keys = exerciseKeys(sounds.desk);
        this.#keys = new KeyWatch(config.points, clock, (command) => this.#press(command), keys);
    }
    command(command) {
        const answer = this.#noticeReset(command, () => this.#desk.submit(command));
        if (answer.accepted && command.kind !== 'acknowledge') {
            this.options.record(this.options.sounds.annunciator.decide());
        }
        return answer;
    }
    #press(command) {
        this.command(command);
        if (command.kind === 'acknowledge')
            this.options.onAcknowledgeKey?.(command.origin);
    }
    /** Takes something out of the watch for a while, or puts it back. */
    serve(command) {
        return this.#desk.serve(command, this.options.alarms());
    }
    /** Begins or ends the walk test of a zone; null: it did. */
    walkTest(order) {
        const refusal = walkTestRefusal(order, this.options.alarms(), this.#named.subjects);
        if (refusal === null)
            this.options.apply({ kind: 'walk-test', order });
        return refusal;
    }
    /** A point has changed: perhaps it is a key. */
    see(before, reading) {
        this.#keys.see(before, reading);
    }
    stop() {
        this.#keys.stop();
        this.#unitReset.stop();
    }
    /** What a person's reset brings to an end is told on the loudspeakers. */
    #noticeReset({ kind, origin }, obey) {
        const before = this.options.alarms();
        const answer = obey();
        if (kind === 'reset')
            this.options.sounds.sawReset(before, origin);
        return answer;
    }
}
