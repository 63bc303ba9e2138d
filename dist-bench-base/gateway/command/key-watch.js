/** A wired key means the alarms that were there one second before it was pressed: nobody can have seen later ones. */
const keySeesBackMs = 1000;
const commandOfRole = {
    'key.acknowledge': 'acknowledge',
    'key.silence': 'silence',
    'key.reset': 'reset',
};
const exerciseRoles = ['key.drill', 'key.test', 'key.microphone'];
/** Watches the wired keys: pressing one is an order, once it has lasted the key's delay. Letting go and holding mean nothing
 * but to a microphone, and a key that is found pressed at start means nothing at all. */
export class KeyWatch {
    clock;
    order;
    exercises;
    #keys;
    #pressed = new Map();
    /** Microphones that are open. */
    #held = new Map();
    /** `exercises`: null where nothing can be practised or said; those keys then mean nothing. */
    constructor(points, clock, order, exercises = null) {
        this.clock = clock;
        this.order = order;
        this.exercises = exercises;
        const isKey = ({ role }) => role in commandOfRole || exerciseRoles.includes(role);
        this.#keys = new Map(points.filter(isKey).map((point) => [point.id, point]));
    }
    /** Takes a point's change. `before` = the reading before it, or null. */
    see(before, reading) {
        const point = this.#keys.get(reading.pointId);
        if (point === undefined)
            return;
        this.#pressed.get(point.id)?.();
        this.#pressed.delete(point.id);
        if (!isPressed(point, reading))
            this.#release(point);
        if (!isPressed(point, reading) || before?.quality !== 'good' || isPressed(point, before))
            return;
        this.#pressed.set(point.id, this.clock.after(point.onDelayMs, () => this.#press(point, reading)));
    }
    stop() {
        for (const cancel of this.#pressed.values())
            cancel();
        for (const point of this.#held.values())
            this.#release(point);
    }
    #press(point, { sampledMono }) {
        switch (point.role) {
            case 'key.drill':
                this.exercises?.pressDrill(point);
                break;
            case 'key.test':
                this.exercises?.pressTest(point);
                break;
            case 'key.microphone':
                this.#held.set(point.id, point);
                this.exercises?.holdMicrophone(point);
                break;
            default:
                this.order({
                    kind: commandOfRole[point.role],
                    upTo: { raisedBeforeMono: sampledMono - keySeesBackMs },
                    origin: keyOrigin(point),
                    // The key of a key switch is what makes its bearer duty staff.
                    level: 2,
                });
        }
    }
    #release(point) {
        if (this.#held.delete(point.id))
            this.exercises?.releaseMicrophone(point);
    }
}
/** In whose name a key orders. */
export function keyOrigin({ id }) {
    return `key:${id}`;
}
function isPressed(point, reading) {
    return typeof reading.value === 'string' && point.severities[reading.value] !== 'normal';
}
