import { lineSubject, unitSubject } from '../alarm/site-subjects.js';
import { errorDetail, hintOf } from './fault-hints.js';
import { FaultTeller } from './fault-teller.js';
export class StreamScan {
    options;
    #teller;
    /** What is known of each device; one that is not here has not been heard, nor been silent long enough. */
    #silent = new Map();
    #error = null;
    #isOpened = false;
    constructor(options) {
        this.options = options;
        this.#teller = new FaultTeller(options.clock, options.onFault);
    }
    /** A device of the line is heard. */
    get answers() {
        return this.#isOpened && this.options.devices.some(({ id }) => this.#silent.get(id) === false);
    }
    stop() {
        this.#teller.stop();
    }
    /** The listener has forgotten what it was told. */
    retell() {
        this.#teller.retell();
    }
    /** The line was opened (null) or can not be. What was silent before is heard anew. */
    setLink(error) {
        this.#error = error;
        this.#isOpened = error === null;
        this.#tell();
    }
    /** This device was heard again, or is silent from now on. */
    saw(device, what) {
        this.#silent.set(device, what === 'silent');
        this.#tell();
    }
    /** Nobody is asked on such a line, so nobody answers twice. */
    sawTwoAnswers() { }
    #tell() {
        const { config, devices } = this.options;
        const error = this.#error;
        if (error !== null) {
            this.#teller.tell(lineSubject(config), true, () => ({
                line: config.id,
                ...errorDetail(error, config.transport),
            }));
            return;
        }
        if (this.#isOpened)
            this.#teller.tell(lineSubject(config), false, () => ({}));
        for (const device of devices) {
            const isSilent = this.#silent.get(device.id);
            if (isSilent === undefined)
                continue;
            this.#teller.tell(unitSubject(device), isSilent, () => ({
                reason: 'stream-silent',
                line: config.id,
                unit: device.address,
                ...hintOf('stream-silent'),
            }));
        }
    }
}
