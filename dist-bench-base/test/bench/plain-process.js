/** The script that the gateway is compared with: `plain-process UNITS PORT BROKER_PORT`. It reads every unit once a second and
 * publishes when the first register has turned. No journal, no alarms, no faults, no second try. */
import { createInterface } from 'node:readline';
import modbusSerial from 'modbus-serial';
import mqtt from 'mqtt';
import { plainRead } from './plain-line.js';
const [units = 0, port = 0, brokerPort = 0] = process.argv.slice(2).map(Number);
const client = new modbusSerial.default();
await client.connectTCP('127.0.0.1', { port });
client.setTimeout(500);
const publisher = await mqtt.connectAsync(`mqtt://127.0.0.1:${brokerPort}`, { protocolVersion: 4 });
const last = new Map();
process.stdout.write('ready\n');
const input = createInterface({ input: process.stdin });
input.on('line', () => {
    const { user, system } = process.cpuUsage();
    process.stdout.write(`${(user + system) / 1000}\n`);
});
input.on('close', () => process.exit(0));
for (let dueMono = performance.now();; dueMono += 1000) {
    for (let unit = 1; unit <= units; unit++) {
        const values = await plainRead(client, unit, 0, 10);
        const alarm = values?.[0];
        if (alarm === undefined || alarm === last.get(unit))
            continue;
        if (last.has(unit)) {
            const report = { unit, alarm, values, at: new Date().toISOString() };
            publisher.publish(`plain/${unit}`, JSON.stringify(report), { qos: 1 });
        }
        last.set(unit, alarm);
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMono + 1000 - performance.now())));
}
