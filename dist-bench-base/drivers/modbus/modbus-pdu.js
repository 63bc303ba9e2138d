/** The only file that touches modbus-serial. It codes requests and decodes answers; it owns no time and no matching. */
import modbusSerial from 'modbus-serial';
/** The unit's own refusal (Modbus Application Protocol 1.1b3, 7). */
export class ModbusException extends Error {
    exceptionCode;
    constructor(exceptionCode) {
        super(`modbus exception ${exceptionCode}`);
        this.exceptionCode = exceptionCode;
    }
}
export class ModbusPdu {
    port;
    #client;
    constructor(port) {
        this.port = port;
        this.#client = new modbusSerial.default(port);
        this.#client.open(() => undefined);
    }
    /** Sends one request through the port. `done` is called once, when the port hands the answer on; never if it does not.
     * `slot` is free again then, or after a time-out. */
    transact(slot, shape, request, done) {
        const { unit } = shape;
        this.port.prepare(slot, shape);
        const finish = (error, values) => {
            const code = error?.modbusCode;
            if (typeof code === 'number')
                done(new ModbusException(code), []);
            else if (error !== null)
                done(error, []);
            else
                done(null, values.map(Number));
        };
        const onRead = (error, result) => {
            const count = request.kind === 'read' ? request.count : 0;
            finish(error, result?.data.slice(0, count) ?? []);
        };
        const onWritten = (error) => finish(error, []);
        if (request.kind === 'write') {
            const { table, address, value } = request;
            const isMany = request.asMany === true;
            if (table === 'coil' && request.asWord === true) {
                // modbus-serial writes FF00 and 0000 only. The answer is told from others by its head all the same.
                this.#client.writeCustomFC(unit, 5, [...wordBytes(address), ...wordBytes(value)], onWritten);
            }
            else if (table === 'coil' && isMany)
                this.#client.writeFC15(unit, address, [value !== 0], onWritten);
            else if (table === 'coil')
                this.#client.writeFC5(unit, address, value !== 0, onWritten);
            else if (isMany)
                this.#client.writeFC16(unit, address, [value], onWritten);
            else
                this.#client.writeFC6(unit, address, value, onWritten);
            return;
        }
        switch (request.table) {
            case 'coil':
                this.#client.writeFC1(unit, request.address, request.count, onRead);
                return;
            case 'discrete':
                this.#client.writeFC2(unit, request.address, request.count, onRead);
                return;
            case 'holding':
                this.#client.writeFC3(unit, request.address, request.count, onRead);
                return;
            case 'input':
                this.#client.writeFC4(unit, request.address, request.count, onRead);
                return;
        }
    }
}
/** High byte first. */
function wordBytes(word) {
    return [word >>> 8, word & 0xff];
}
