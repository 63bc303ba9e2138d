import { RelayBank } from './relay-bank.js';
import { noSuchInput } from './unit-model.js';
const channels = 8;
const allOutputs = 0x0000;
const firstOutput = 0x0001;
const firstInput = 0x0081;
const linkModeAddress = 0x00fd;
const momentaryMs = 1000;
const timerStepMs = 1000;
export class N4d8b08 {
    functions = new Set([3, 6]);
    relays;
    #inputs = new Array(channels).fill(0);
    /** 0 unlinked, 1 self-lock: each closing of an input turns its output over. Kept without supply. */
    #linkMode = 1;
    #isPowered = true;
    constructor(clock) {
        this.relays = new RelayBank(channels, clock);
    }
    read(table, address) {
        if (table !== 'holding')
            return null;
        const output = channelOf(address, firstOutput);
        if (output !== null)
            return this.relays.isOn(output) ? 1 : 0;
        const input = channelOf(address, firstInput);
        if (input !== null)
            return this.#inputs[input] ?? 0;
        return address === linkModeAddress ? this.#linkMode : null;
    }
    write(table, address, raw) {
        if (table !== 'holding')
            return 1;
        const output = channelOf(address, firstOutput);
        if (output !== null)
            return this.#orderOutput(output, raw);
        if (address === allOutputs)
            return this.#orderAll(raw);
        if (address !== linkModeAddress)
            return 2;
        if (raw !== 0 && raw !== 1)
            return 3;
        this.#linkMode = raw;
        return null;
    }
    setRaw(table, address, raw) {
        const input = table === 'holding' ? channelOf(address, firstInput) : null;
        if (input === null)
            throw noSuchInput('n4d8b08', table, address);
        const hasClosed = this.#inputs[input] === 0 && raw !== 0;
        this.#inputs[input] = raw;
        if (hasClosed && this.#linkMode === 1 && this.#isPowered)
            this.relays.toggle(input);
    }
    relayAt(table, address) {
        return table === 'holding' ? channelOf(address, firstOutput) : null;
    }
    setPower(on) {
        this.#isPowered = on;
        this.relays.setAll(false);
    }
    commission() {
        this.#linkMode = 0;
    }
    #orderOutput(output, raw) {
        const seconds = raw & 0xff;
        switch (raw >>> 8) {
            case 0x01:
                this.relays.set(output, true);
                return null;
            case 0x02:
                this.relays.set(output, false);
                return null;
            case 0x03:
                this.relays.toggle(output);
                return null;
            case 0x04:
                for (let other = 0; other < channels; other++)
                    this.relays.set(other, other === output);
                return null;
            case 0x05:
                this.relays.setFor(output, true, momentaryMs);
                return null;
            case 0x06:
                this.relays.setFor(output, true, seconds * timerStepMs);
                return null;
            default:
                return 3;
        }
    }
    #orderAll(raw) {
        if (raw !== 0x0700 && raw !== 0x0800)
            return 3;
        this.relays.setAll(raw === 0x0700);
        return null;
    }
}
function channelOf(address, first) {
    const channel = address - first;
    return channel >= 0 && channel < channels ? channel : null;
}
