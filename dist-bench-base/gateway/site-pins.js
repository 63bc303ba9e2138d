import { DriverError } from '../drivers/driver-error.js';
import { gpioSubject } from './alarm/site-subjects.js';
export class SitePins {
    options;
    #board = null;
    #onLate = null;
    constructor(options) {
        this.options = options;
    }
    /** Null while they are not there. */
    get board() {
        return this.#board;
    }
    /** Ends when the board has answered, perhaps never. Without pins the watch goes on. */
    async take() {
        if (!this.options.isWanted)
            return;
        try {
            this.#board = await this.options.open();
            // Later than the start could wait: they join, and the fault goes.
            if (this.#onLate === null)
                return;
            this.#onLate(this.#board);
            this.retell();
        }
        catch (error) {
            if (!(error instanceof DriverError))
                throw error;
            this.options.log.error({ error: error.message }, 'no gpio');
        }
    }
    /** Nobody waits any longer: whoever wants pins is told when they come after all. */
    onLate(join) {
        this.#onLate = join;
    }
    retell() {
        const hasNone = this.options.isWanted && this.#board === null;
        this.options.onFault(gpioSubject, hasNone, {
            error_zh: '本机没有可用的 GPIO',
            error_en: 'there is no usable GPIO here',
        });
    }
    close() {
        this.#board?.close();
    }
}
