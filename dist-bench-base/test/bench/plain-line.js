/** What a script does that uses the library as its examples show: one client, one request after the other. */
import modbusSerial from 'modbus-serial';
export async function plainSerial(tty, baudRate, timeoutMs) {
    const client = new modbusSerial.default();
    await client.connectRTUBuffered(tty, { baudRate });
    client.setTimeout(timeoutMs);
    return client;
}
export function closePlain(client) {
    return new Promise((resolve) => client.close(() => resolve()));
}
/** Holding registers of one unit; null when it did not answer. */
export async function plainRead(client, unit, register, count) {
    client.setID(unit);
    try {
        return (await client.readHoldingRegisters(register, count)).data;
    }
    catch {
        return null;
    }
}
