import { DriverError, driverErrors } from '../../drivers/driver-error.js';
import { faultSubjectOf, pointSubject } from '../alarm/subject.js';
import { toldOf } from '../alarm/told.js';
/** A file of the system is read in microseconds; what takes longer hangs. */
const answerMaxMs = 2000;
/** One failed look is no fault; a figure that stays away so long is. */
const lostAfterMs = 120_000;
export class SensorWatch {
    options;
    #cancel = null;
    #lostMono = null;
    #isStopped = false;
    constructor(options) {
        this.options = options;
    }
    start() {
        const { clock, sensor, onValue, checkIn } = this.options;
        const beganMono = clock.mono();
        let isLate = false;
        this.#cancel = clock.after(answerMaxMs, () => {
            isLate = true;
            this.#lose(beganMono);
        });
        const ended = (value, error = null) => {
            this.#cancel?.();
            if (this.#isStopped)
                return;
            checkIn();
            // What comes late is of another moment and counts no more.
            if (!isLate) {
                if (value === null)
                    this.#lose(beganMono, error);
                else {
                    this.#lostMono = null;
                    onValue(value, beganMono);
                }
            }
            this.#cancel = clock.after(this.options.periodMs, () => this.start());
        };
        sensor.read().then((value) => ended(value), (error) => ended(null, error));
    }
    stop() {
        this.#isStopped = true;
        this.#cancel?.();
    }
    /** The next good value ends the fault, as with every point. */
    #lose(sampledMono, error = null) {
        const { point, clock, onValue, onFault } = this.options;
        onValue(null, sampledMono);
        this.#lostMono ??= sampledMono;
        if (clock.mono() - this.#lostMono < lostAfterMs)
            return;
        // That a file of the system can not be read says itself; a board can be there and be wrong in several ways.
        const isPlain = !(error instanceof DriverError) || error.code === 'BOX-001';
        const detail = isPlain ? { error_zh: '读不出', error_en: 'can not be read' } : toldOf(error, driverErrors);
        onFault(faultSubjectOf(pointSubject(point)), true, detail);
    }
}
