/**
 * Lines that outlive a runtime. When the gateway goes over to another site file, a line that is the same in both keeps its open
 * port, what it knows of late answers and of its units: nothing is closed, nothing is asked into an answer that is still on its
 * way, and what a panel says in between is kept for the next runtime.
 *
 *   held by a runtime ──release, wanted next──▶ free (link stays open, readings are kept) ──take──▶ held by the next
 *                     └─release, not wanted──▶ closed
 */
import { isDeepStrictEqual } from 'node:util';
/** Readings that a panel gives while nobody holds its line; a swap takes well below a second. Then the oldest go. */
const waitingMax = 1000;
export class KeptLines {
    #modbus = new Map();
    #streams = new Map();
    #next = null;
    /** The site that comes after the present one; null: none does, and lines that are released are closed. */
    expect(next) {
        this.#next = next;
    }
    /** A line that was kept, or the one that `make` makes. Not told anything before `begin`. */
    modbus(site, config, owner, make) {
        const known = this.#modbus.get(config.id);
        if (known !== undefined) {
            this.#modbus.set(config.id, { ...known, site, owner });
            return known.line;
        }
        const own = () => this.#modbus.get(config.id);
        const line = make({
            nextFrame: () => own()?.owner?.nextFrame() ?? 0,
            onUp: () => this.#toldLink(own(), null),
            onDown: (error) => this.#toldLink(own(), error),
            onTwoAnswers: (address) => own()?.owner?.onTwoAnswers(address),
        });
        this.#modbus.set(config.id, { line, site, owner, link: undefined, isStarted: false });
        return line;
    }
    stream(site, config, owner, make) {
        const known = this.#streams.get(config.id);
        if (known !== undefined) {
            this.#streams.set(config.id, { ...known, site, owner });
            return known.line;
        }
        const own = () => this.#streams.get(config.id);
        const line = make({
            nextFrame: () => own()?.owner?.nextFrame() ?? 0,
            onUp: () => this.#toldLink(own(), null),
            onDown: (error) => this.#toldLink(own(), error),
            onReadings: (readings) => toldReadings(own(), readings),
            onDevice: (device, what) => {
                own()?.devices.set(device, what);
                own()?.owner?.onDevice(device, what);
            },
            onUnknown: (unknown) => own()?.owner?.onUnknown(unknown),
        });
        const memory = { latest: new Map(), devices: new Map(), waiting: [] };
        this.#streams.set(config.id, { line, site, owner, link: undefined, isStarted: false, ...memory });
        return line;
    }
    /** Opens a new line; of one that was kept its owner is told how it stands. */
    begin(id) {
        const modbus = this.#modbus.get(id);
        if (modbus !== undefined)
            this.#start(modbus);
        const stream = this.#streams.get(id);
        if (stream === undefined)
            return;
        const wasKept = stream.isStarted;
        this.#start(stream);
        if (!wasKept)
            return;
        for (const [device, what] of stream.devices)
            stream.owner?.onDevice(device, what);
        const waiting = stream.waiting.splice(0);
        const readings = [...stream.latest.values(), ...waiting];
        for (const reading of waiting)
            stream.latest.set(reading.pointId, reading);
        if (readings.length > 0)
            stream.owner?.onReadings(readings);
    }
    /** Its owner has gone. Resolves when the line is closed, or at once when the next site has the same. */
    async release(id) {
        const modbus = this.#modbus.get(id);
        if (modbus !== undefined) {
            modbus.owner = null;
            if (this.#next !== null && isSameLine(modbus.site, this.#next, id))
                return;
            this.#modbus.delete(id);
            await modbus.line.stop();
        }
        const stream = this.#streams.get(id);
        if (stream === undefined)
            return;
        stream.owner = null;
        if (this.#next !== null && isSameStream(stream.site, this.#next, id))
            return;
        this.#streams.delete(id);
        await stream.line.stop();
    }
    #start(kept) {
        if (!kept.isStarted) {
            kept.isStarted = true;
            kept.line.start();
        }
        else if (kept.link === null)
            kept.owner?.onUp();
        else if (kept.link !== undefined)
            kept.owner?.onDown(kept.link);
    }
    #toldLink(kept, error) {
        if (kept === undefined)
            return;
        kept.link = error;
        if (error === null)
            kept.owner?.onUp();
        else
            kept.owner?.onDown(error);
    }
}
function toldReadings(kept, readings) {
    if (kept === undefined)
        return;
    if (kept.owner === null) {
        kept.waiting.push(...readings);
        kept.waiting.splice(0, Math.max(0, kept.waiting.length - waitingMax));
        return;
    }
    for (const reading of readings)
        kept.latest.set(reading.pointId, reading);
    kept.owner.onReadings(readings);
}
/** The same wire, whatever hangs on it and whatever it is called. */
export function isSameLine(before, after, id) {
    const [one, other] = [before, after].map(({ lines }) => lines.find((line) => line.id === id));
    if (one === undefined || other === undefined)
        return false;
    return isDeepStrictEqual(wireOf(one), wireOf(other));
}
/** The same wire, and the same devices and points on it: whoever listens there has them in mind. */
export function isSameStream(before, after, id) {
    const [one, other] = [before, after].map((site) => {
        const devices = site.streams.filter(({ line }) => line === id);
        const ids = new Set(devices.map((device) => device.id));
        const points = site.points.filter(({ source }) => source.kind === 'stream' && ids.has(source.device));
        return { devices, points };
    });
    return isSameLine(before, after, id) && isDeepStrictEqual(one, other);
}
function wireOf({ name: _name, fireDeadlineMs: _deadline, ...wire }) {
    return wire;
}
