import { noSuchInput } from './unit-model.js';
import { WaveshareRelay8 } from './waveshare-relay8.js';
const channels = 8;
const firstMode = 0x1000;
/** 0 the host alone switches; 1 the output follows the input; 2 each closing turns it over. Higher ones are not modelled. */
const highestMode = 3;
export class WaveshareIo {
    profileId;
    functions = new Set([1, 2, 3, 5, 6, 15]);
    relays;
    #outputs;
    #inputs = new Array(channels).fill(0);
    #modes;
    #isPowered = true;
    /** `factoryMode` as in holding 1000. */
    constructor(clock, profileId, factoryMode) {
        this.profileId = profileId;
        this.#outputs = new WaveshareRelay8(clock);
        this.relays = this.#outputs.relays;
        this.#modes = new Array(channels).fill(factoryMode);
    }
    read(table, address) {
        if (table === 'discrete')
            return this.#inputs[address] ?? null;
        if (table === 'holding')
            return this.#modes[address - firstMode] ?? null;
        return this.#outputs.read(table, address);
    }
    write(table, address, raw) {
        if (table === 'coil')
            return this.#outputs.write(table, address, raw);
        if (this.#modes[address - firstMode] === undefined)
            return 2;
        if (raw > highestMode)
            return 3;
        this.#modes[address - firstMode] = raw;
        return null;
    }
    setRaw(table, address, raw) {
        if (table !== 'discrete' || this.#inputs[address] === undefined)
            throw noSuchInput(this.profileId, table, address);
        const hasClosed = this.#inputs[address] === 0 && raw !== 0;
        this.#inputs[address] = raw;
        if (!this.#isPowered)
            return;
        if (this.#modes[address] === 1)
            this.relays.set(address, raw !== 0);
        if (this.#modes[address] === 2 && hasClosed)
            this.relays.toggle(address);
    }
    relayAt(table, address) {
        return this.#outputs.relayAt(table, address);
    }
    setPower(on) {
        this.#isPowered = on;
        this.#outputs.setPower();
    }
    commission() {
        this.#modes.fill(0);
    }
}
