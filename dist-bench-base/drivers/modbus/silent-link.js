const firstMs = { serial: 10_000, rtu_over_tcp: 5_000, tcp: 5_000 };
const capMs = 300_000;
/** One dead unit on a line of its own is no reason; three questions in vain may be. */
const missesMin = 3;
export class SilentLink {
    transport;
    #heardMono = 0;
    #misses = 0;
    #patienceMs;
    constructor(transport) {
        this.transport = transport;
        this.#patienceMs = firstMs[transport];
    }
    began(nowMono) {
        this.#heardMono = nowMono;
        this.#misses = 0;
    }
    heard(nowMono) {
        this.#heardMono = nowMono;
        this.#misses = 0;
        this.#patienceMs = firstMs[this.transport];
    }
    missed() {
        this.#misses++;
    }
    /** Time for a new link. Asking doubles the patience until the next one. */
    isDeaf(nowMono) {
        if (this.#misses < missesMin || nowMono - this.#heardMono < this.#patienceMs)
            return false;
        this.#patienceMs = Math.min(capMs, this.#patienceMs * 2);
        return true;
    }
}
