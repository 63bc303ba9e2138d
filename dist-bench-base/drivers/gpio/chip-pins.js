import { DriverError } from '../driver-error.js';
import { openChipSystem } from './chip-system.js';
import { EdgeLook, eventsMax } from './edge-look.js';
import { decodeChipInfo, decodeLineInfo, decodeValue, encodeLineInfo, encodeLineRequest, encodeOutputConfig, encodeValues, grantedFd, lineFlag, requests, structBytes, } from './gpio-uapi.js';
import { isHeaderChip, moduleOfHeaderChip } from './header-chip.js';
/** What others see as the owner of our lines. */
const consumer = 'gengfu';
/** Opens the chip of the main header. Rejects with PIN-001: no koffi, no such chip, no permission. */
export async function openChipPins(clock, openSystem = openChipSystem) {
    let system;
    try {
        system = await openSystem();
    }
    catch (error) {
        throw new DriverError('PIN-001', 'gpio', 'the character device needs the package koffi', error);
    }
    return new ChipPins(system, clock);
}
class ChipPins {
    system;
    afterProcessEnd;
    #chip;
    #edges;
    #inputs = [];
    constructor(system, clock) {
        this.system = system;
        this.#chip = openHeaderChip(system);
        this.#edges = new EdgeLook(system, clock);
        // Some kernels make a released output an input again, others (Raspberry Pi OS since 2024, by default) leave it as it is.
        const persists = system.moduleParameter(moduleOfHeaderChip(this.#chip.label), 'persist_gpio_outputs');
        this.afterProcessEnd = persists === 'Y' ? 'holds' : 'drops';
    }
    openOutput(pin, activeLow) {
        const where = `GPIO${pin}`;
        const { isOutput } = this.#info(pin);
        // Taken as it is first: a running siren is read before it is configured, so it keeps sounding without a gap.
        const fd = this.#take(pin, 0n);
        try {
            const level = isOutput ? this.#level(fd, where) : activeLow;
            this.#ask(fd, requests.setConfig, encodeOutputConfig(level), where);
        }
        catch (error) {
            this.system.close(fd);
            throw new DriverError('PIN-002', where, error instanceof DriverError ? error.got : String(error), error);
        }
        return {
            set: (on) => this.#ask(fd, requests.setValues, encodeValues(on !== activeLow), where),
            read: () => this.#level(fd, where) !== activeLow,
        };
    }
    openInput(pin) {
        const fd = this.#takeInput(pin);
        this.#inputs.push(fd);
        return {
            read: () => this.#level(fd, `GPIO${pin}`),
            onEdge: (moved) => this.#edges.watch(fd, moved),
        };
    }
    /** Keeps the outputs until the process ends: letting them go could drop a siren. */
    close() {
        this.#edges.stop();
        for (const fd of [...this.#inputs.splice(0), this.#chip.fd])
            this.system.close(fd);
    }
    /** Edges only hasten, so a line that can not tell them is still an input. */
    #takeInput(pin) {
        try {
            return this.#take(pin, lineFlag.input | lineFlag.edges);
        }
        catch (error) {
            if (this.#info(pin).isUsed)
                throw error;
            return this.#take(pin, lineFlag.input);
        }
    }
    #take(pin, flags) {
        const request = encodeLineRequest({ pin, flags, consumer, eventsMax: flags === 0n ? 0 : eventsMax });
        const failure = this.system.ioctl(this.#chip.fd, requests.line, request);
        if (failure === null)
            return grantedFd(request);
        const { isUsed, consumer: owner } = this.#info(pin);
        throw new DriverError('PIN-002', `GPIO${pin}`, isUsed ? inUseBy(owner) : failure);
    }
    #info(pin) {
        const where = `GPIO${pin}`;
        const { fd, lines, label } = this.#chip;
        if (pin < 0 || pin >= lines)
            throw new DriverError('PIN-002', where, `${label} has GPIO0 to GPIO${lines - 1}`);
        const info = encodeLineInfo(pin);
        const failure = this.system.ioctl(fd, requests.lineInfo, info);
        if (failure !== null)
            throw new DriverError('PIN-002', where, failure);
        return decodeLineInfo(info);
    }
    #level(fd, where) {
        const values = encodeValues();
        this.#ask(fd, requests.getValues, values, where);
        return decodeValue(values);
    }
    #ask(fd, request, struct, where) {
        const failure = this.system.ioctl(fd, request, struct);
        if (failure !== null)
            throw new DriverError('PIN-003', where, failure);
    }
}
/** What another driver of ours has left exported stays so until the box restarts. */
function inUseBy(owner) {
    if (owner === 'sysfs')
        return 'in use by sysfs; restart the box to free it';
    return `in use by ${owner === '' ? 'somebody without a name' : owner}`;
}
function openHeaderChip(system) {
    const others = [];
    for (const path of system.chips()) {
        let fd;
        try {
            fd = system.open(path);
        }
        catch (error) {
            others.push(String(error));
            continue;
        }
        const bytes = new Uint8Array(structBytes.chipInfo);
        const failure = system.ioctl(fd, requests.chipInfo, bytes);
        const info = decodeChipInfo(bytes);
        if (failure === null && isHeaderChip(info.label))
            return { ...info, fd };
        system.close(fd);
        others.push(`${path}: ${failure ?? info.label}`);
    }
    throw new DriverError('PIN-001', 'gpio', others.length === 0 ? 'no /dev/gpiochip' : others.join('; '));
}
