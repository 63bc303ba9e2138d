import { noRelays, noSuchInput } from './unit-model.js';
const smokeAddress = 0x0010;
/**
 * Unbranded RS-485 point smoke detector: one holding register, 0 normal, 1 alarm, FC 03 only. No identity, no fault
 * register. What it does elsewhere is not in any paper; the simulator answers exceptions 1 and 2.
 */
export class GenericSmoke {
    functions = new Set([3]);
    relays = noRelays.relays;
    relayAt = noRelays.relayAt;
    setPower = noRelays.setPower;
    commission = noRelays.commission;
    #raw = 0;
    read(table, address) {
        return table === 'holding' && address === smokeAddress ? this.#raw : null;
    }
    write() {
        return 2;
    }
    setRaw(table, address, raw) {
        if (table !== 'holding' || address !== smokeAddress)
            throw noSuchInput('generic-smoke-0010', table, address);
        this.#raw = raw;
    }
}
