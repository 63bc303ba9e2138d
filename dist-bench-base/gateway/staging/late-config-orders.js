import { strict as assert } from 'node:assert';
/** Orders about the site file, for a runtime that is made before the desk that obeys them; none comes before it runs. */
export class LateConfigOrders {
    #desk = null;
    connect(desk) {
        this.#desk = desk;
    }
    fetch(part) {
        return this.#connected.fetch(part);
    }
    stage(...order) {
        return this.#connected.stage(...order);
    }
    apply(sha256, origin) {
        return this.#connected.apply(sha256, origin);
    }
    rollback(origin) {
        return this.#connected.rollback(origin);
    }
    get #connected() {
        assert(this.#desk !== null, 'a desk is connected before the gateway runs');
        return this.#desk;
    }
}
