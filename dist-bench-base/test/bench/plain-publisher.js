/** A plain mqtt.js publisher: `plain-publisher BROKER_PORT MESSAGES BYTES`. At most 20 unconfirmed, QoS 1, one payload made before. */
import { createInterface } from 'node:readline';
import mqtt from 'mqtt';
const windowMax = 20;
const [port = 0, messages = 0, bytes = 0] = process.argv.slice(2).map(Number);
const payload = Buffer.alloc(bytes, 'x');
process.stdout.write('ready\n');
createInterface({ input: process.stdin }).once('line', () => void publishAll());
async function publishAll() {
    const before = process.cpuUsage();
    const began = performance.now();
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5 });
    await new Promise((resolve) => {
        let sent = 0;
        let confirmed = 0;
        const publish = () => {
            while (sent < messages && sent - confirmed < windowMax) {
                sent += 1;
                client.publish('bench/plain', payload, { qos: 1 }, () => {
                    confirmed += 1;
                    if (confirmed === messages)
                        resolve();
                    else
                        publish();
                });
            }
        };
        publish();
    });
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(`${JSON.stringify({ lastedMs: performance.now() - began, cpuUs: user + system })}\n`);
    process.exit(0);
}
