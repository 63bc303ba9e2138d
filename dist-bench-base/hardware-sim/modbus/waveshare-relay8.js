import { RelayBank } from './relay-bank.js';
import { noSuchInput } from './unit-model.js';
const channels = 8;
const allRelays = 0x00ff;
const toggleAll = 0x01ff;
const firstFlashOn = 0x0200;
const firstFlashOff = 0x0400;
const flashStepMs = 100;
const coilOn = 0xff00;
const coilOff = 0x0000;
export class WaveshareRelay8 {
    functions = new Set([1, 5, 15]);
    relays;
    constructor(clock) {
        this.relays = new RelayBank(channels, clock);
    }
    /** The addresses above the eight relays are write only. */
    read(table, address) {
        const relay = this.relayAt(table, address);
        if (relay === null)
            return null;
        return this.relays.isOn(relay) ? 1 : 0;
    }
    /** `raw` is the word of FC 05 (FF00, 0000 or a time in 100 ms); FC 15 comes as FF00 or 0000 per coil. */
    write(table, address, raw) {
        const flashOn = address - firstFlashOn;
        const flashOff = address - firstFlashOff;
        if (flashOn >= 0 && flashOn < channels)
            return this.#flash(flashOn, true, raw);
        if (flashOff >= 0 && flashOff < channels)
            return this.#flash(flashOff, false, raw);
        const relay = this.relayAt(table, address);
        if (relay === null && address !== allRelays && address !== toggleAll)
            return 2;
        if (raw !== coilOn && raw !== coilOff)
            return 3;
        if (relay !== null)
            this.relays.set(relay, raw === coilOn);
        else if (address === allRelays)
            this.relays.setAll(raw === coilOn);
        else
            for (let each = 0; each < channels; each++)
                this.relays.toggle(each);
        return null;
    }
    setRaw(table, address) {
        throw noSuchInput('waveshare-relay8', table, address);
    }
    relayAt(table, address) {
        return table === 'coil' && address < channels ? address : null;
    }
    /** Relays fall off without supply and stay off when it returns. */
    setPower() {
        this.relays.setAll(false);
    }
    /** Nothing to set: the plain 8CH has no inputs. */
    commission() { }
    #flash(relay, on, steps) {
        this.relays.setFor(relay, on, steps * flashStepMs);
        return null;
    }
}
