import { withCrc } from './crc16.js';
import { noRelays, noSuchInput } from './unit-model.js';
/** Registers without relays, made from a map. Settings outlive a loss of supply. */
export class RegisterBank {
    map;
    functions;
    relays = noRelays.relays;
    relayAt = noRelays.relayAt;
    setPower = noRelays.setPower;
    maxRead;
    refuse;
    #cells = new Map();
    constructor(map) {
        this.map = map;
        this.functions = new Set(map.functions);
        if (map.maxRead !== undefined)
            this.maxRead = map.maxRead;
        if (map.refusal === 'byte80')
            this.refuse = (unit, _fc, code) => withCrc([unit, 0x80, code]);
        for (const range of map.ranges) {
            range.values.forEach((raw, i) => {
                this.#cells.set(keyOf(range.table, range.at + i), { raw, world: raw, range });
            });
        }
    }
    read(table, address) {
        return this.#cells.get(keyOf(table, address))?.raw ?? null;
    }
    write(table, address, raw) {
        const cell = this.#cells.get(keyOf(table, address));
        const takes = cell?.range.takes;
        if (cell === undefined || takes === undefined)
            return 2;
        if (takes !== 'any' && !takes.includes(raw))
            return 3;
        const refusal = this.map.onWrite?.(address, raw, this.#set, this.#get, this.#world) ?? null;
        if (refusal === null)
            cell.raw = raw;
        return refusal;
    }
    setRaw(table, address, raw) {
        const cell = this.#cells.get(keyOf(table, address));
        if (cell?.range.world !== true)
            throw noSuchInput(this.map.profileId, table, address);
        cell.world = raw;
        cell.raw = this.map.onWorld?.(address, raw, cell.raw) ?? raw;
    }
    commission() {
        this.map.commission?.(this.#set);
    }
    #set = (table, address, raw) => {
        const cell = this.#cells.get(keyOf(table, address));
        if (cell === undefined)
            throw noSuchInput(this.map.profileId, table, address);
        cell.raw = raw;
    };
    #world = (table, address) => this.#cells.get(keyOf(table, address))?.world ?? 0;
    #get = (table, address) => this.read(table, address) ?? 0;
}
function keyOf(table, address) {
    return `${table} ${address}`;
}
