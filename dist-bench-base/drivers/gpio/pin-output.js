/** A siren, strobe or lamp on a GPIO pin. The pin's level has changed when `command` returns. */
export class PinOutput {
    afterProcessEnd;
    #pin;
    /** Throws PIN-001 or PIN-002. */
    constructor(board, target) {
        this.afterProcessEnd = board.afterProcessEnd;
        this.#pin = board.openOutput(target.pin, target.activeLow);
    }
    async command(on) {
        this.#pin.set(on);
    }
    async readBack() {
        return this.#pin.read();
    }
}
