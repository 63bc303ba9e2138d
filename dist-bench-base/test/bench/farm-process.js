/** A hundred units on Modbus TCP, twice, and a broker, in a process of their own: `farm-process UNITS`. Each second one unit's
 * first register turns, in both farms, so that there is something to report. Prints `{ports, brokerPort}`; at each line on
 * standard input, per farm, the gaps between two looks at one unit since the last time. */
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { startBroker } from '../../hardware-sim/broker.js';
const units = Number(process.argv[2]);
const headerBytes = 12;
/** Looks are due every second; whoever is later than this has left one out. */
const lateMs = 1500;
const alarms = new Uint8Array(units + 1);
/** Who asks this farm how often. */
class Farm {
    #lastMono = new Float64Array(units + 1);
    #looks = 0;
    #late = 0;
    #longestMs = 0;
    replyTo(request) {
        const unit = request[6] ?? 0;
        const address = request.readUInt16BE(8);
        const count = request.readUInt16BE(10);
        const reply = Buffer.alloc(9 + 2 * count);
        request.copy(reply, 0, 0, 8);
        reply.writeUInt16BE(3 + 2 * count, 4);
        reply[8] = 2 * count;
        for (let i = 0; i < count; i++)
            reply.writeUInt16BE(address + i === 0 ? (alarms[unit] ?? 0) : address + i, 9 + 2 * i);
        if (unit <= units)
            this.#seen(unit);
        return reply;
    }
    #seen(unit) {
        const nowMono = performance.now();
        const sinceMs = nowMono - (this.#lastMono[unit] || nowMono);
        this.#lastMono[unit] = nowMono;
        this.#looks++;
        if (sinceMs > lateMs)
            this.#late++;
        this.#longestMs = Math.max(this.#longestMs, sinceMs);
    }
    take() {
        const stats = { looks: this.#looks, late: this.#late, longestMs: this.#longestMs };
        this.#looks = this.#late = this.#longestMs = 0;
        return stats;
    }
}
function listen(farm) {
    const server = createServer((socket) => {
        let rest = Buffer.alloc(0);
        socket.setNoDelay(true);
        socket.on('error', () => socket.destroy());
        socket.on('data', (bytes) => {
            rest = Buffer.concat([rest, bytes]);
            while (rest.length >= headerBytes) {
                socket.write(farm.replyTo(rest.subarray(0, headerBytes)));
                rest = rest.subarray(headerBytes);
            }
        });
    });
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
    }));
}
const farms = [new Farm(), new Farm()];
const ports = await Promise.all(farms.map(listen));
const broker = await startBroker({ port: 0 });
let turn = 0;
setInterval(() => {
    const unit = 1 + (turn++ % units);
    alarms[unit] = 1 - (alarms[unit] ?? 0);
}, 1000);
process.stdout.write(`${JSON.stringify({ ports, brokerPort: broker.port })}\n`);
const input = createInterface({ input: process.stdin });
input.on('line', () => process.stdout.write(`${JSON.stringify(farms.map((farm) => farm.take()))}\n`));
input.on('close', () => process.exit(0));
