import { ModbusLine } from '../drivers/modbus/line.js';
import { writeUnit } from '../drivers/modbus/unit-write.js';
import { StreamLine } from '../drivers/stream/stream-line.js';
import { KeptLines } from './staging/kept-lines.js';
export class SiteLines {
    options;
    modbus;
    #kept;
    /** Answers of lines that were kept, given to the site file before. */
    #answersBefore = new Map();
    #streams = [];
    constructor(options) {
        this.options = options;
        this.#kept = options.kept ?? new KeptLines();
        this.modbus = new Map(this.#of('modbus').map((line) => [line.id, this.#modbusLine(line)]));
    }
    /** Opens what carries outputs, before anything is read. */
    startModbus() {
        for (const [id, { counts }] of this.modbus)
            this.#answersBefore.set(id, counts.answers);
        for (const id of this.modbus.keys())
            this.#kept.begin(id);
    }
    /** Begins to listen: what is told from now on is taken. `standing`: in which state points stood when the gateway stopped;
     * panels tell changes, not states. */
    startStreams(standing) {
        this.#streams = this.#of('stream').map((line) => this.#streamLine(line, standing));
        for (const { id } of this.#of('stream'))
            this.#kept.begin(id);
    }
    /** The same, known only after the start. */
    recall(standing) {
        for (const line of this.#streams)
            line.recall(standing);
    }
    /** Resolves when every link is closed that does not go on under the next site file. */
    async stop() {
        await Promise.all(this.options.config.lines.map(({ id }) => this.#kept.release(id)));
    }
    /** Of a line that nobody is asked on for points: one of its units has answered in the last five minutes, and since the start. */
    hasAnswered(id) {
        const line = this.modbus.get(id);
        if (line === undefined || line.counts.answers <= (this.#answersBefore.get(id) ?? 0))
            return false;
        return this.options.config.units.some((unit) => unit.line === id && line.unitStats(unit.address).answers > 0);
    }
    /** The unit that carries an output, and its line. Throws for what the checks of the site file let nobody write. */
    ofUnit(id, output) {
        const unit = this.options.config.units.find((each) => each.id === id);
        const line = unit === undefined ? undefined : this.modbus.get(unit.line);
        if (unit === undefined || line === undefined)
            throw new Error(`output ${output} has no unit`);
        return { unit, line };
    }
    /** Sends them on the unit's line, as a person's order. Null: all were confirmed. Never rejects. */
    async write(unit, writes) {
        const line = this.modbus.get(unit.line);
        if (line === undefined)
            throw new Error(`unit ${unit.id} has no line`);
        return writeUnit(line, unit, writes);
    }
    #of(protocol) {
        return this.options.config.lines.filter((line) => line.protocol === protocol);
    }
    #modbusLine(config) {
        const { clock, random, nextFrame, openLine, onLink, onTwoAnswers } = this.options;
        const owner = {
            nextFrame,
            onUp: () => onLink(config.id, null),
            onDown: (error) => onLink(config.id, error),
            onTwoAnswers: (address) => onTwoAnswers(config.id, address),
        };
        const make = (told) => new ModbusLine({ ...{ config, clock, random }, open: openLine(config), ...told });
        return this.#kept.modbus(this.options.config, config, owner, make);
    }
    #streamLine(line, standing) {
        const { config, clock, random, nextFrame, codecs, openLine, onLink, onReadings, onDevice, onUnknown } = this.options;
        const owner = {
            ...{ nextFrame, onReadings, onUnknown },
            onUp: () => onLink(line.id, null),
            onDown: (error) => onLink(line.id, error),
            onDevice: (device, what) => onDevice(line.id, device, what),
        };
        const make = (told) => new StreamLine({
            ...{ clock, random, codecs, standing },
            config: line,
            devices: config.streams.filter((device) => device.line === line.id),
            points: config.points,
            open: openLine(line),
            ...told,
        });
        return this.#kept.stream(config, line, owner, make);
    }
}
