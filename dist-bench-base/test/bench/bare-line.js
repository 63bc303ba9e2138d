/** The least that keeps the silence: a serial port, one timer, one request again and again; nothing is checked or told. What
 * the machine and the serial library cost shows here. */
import { SerialPort } from 'serialport';
import { encodeRequest } from '../../drivers/modbus/request-frame.js';
/** Exchanges per second over `runMs`. */
export async function bareRate(clock, options, runMs) {
    const { tty, baud, registers, silenceMs } = options;
    const serialPort = new SerialPort({ path: tty, baudRate: baud });
    await new Promise((resolve) => serialPort.on('open', resolve));
    const request = Buffer.from(encodeRequest(1, { kind: 'read', table: 'holding', address: 0, count: registers }));
    const replyLength = 5 + 2 * registers;
    let got = 0;
    let wake = () => undefined;
    serialPort.on('data', (bytes) => {
        got += bytes.length;
        if (got < replyLength)
            return;
        got = 0;
        clock.exactly(clock.mono() + silenceMs, () => wake());
    });
    const beganMono = clock.mono();
    let exchanges = 0;
    while (clock.mono() < beganMono + runMs) {
        await new Promise((resolve) => {
            wake = resolve;
            serialPort.write(request);
        });
        exchanges++;
    }
    const rate = (exchanges * 1000) / (clock.mono() - beganMono);
    await new Promise((resolve) => serialPort.close(() => resolve()));
    return rate;
}
