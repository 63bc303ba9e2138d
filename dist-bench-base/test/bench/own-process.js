/** The gateway on a farm of units: `own-process UNITS PORT BROKER_PORT`. Journal on a real disk, reports to the broker. At
 * each line on standard input it prints the CPU milliseconds that it has used so far. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { brandId } from '../../config/ids.js';
import { startGateway } from '../../gateway/main.js';
import { madeSite, madeUnits } from '../drivers/watched-line.js';
import { uplinkConfig } from '../uplink-config.js';
const [units, port, brokerPort] = process.argv.slice(2).map(Number);
const dataDir = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-data-'));
const line = {
    id: brandId('farm'),
    name: { zh: '农场', en: 'farm' },
    protocol: 'modbus',
    transport: 'tcp',
    host: '127.0.0.1',
    port: port ?? 0,
    format: null,
    inFlight: 1,
    timeoutMs: 500,
    quarantineMs: 100,
    fireDeadlineMs: 2000,
};
const made = madeUnits(units ?? 0, { fire: [0], fastNumbers: [1, 2, 3, 4, 5, 6, 7, 8, 9], minScanMs: 1000 });
const config = {
    ...madeSite(line, made),
    dataDir,
    uplinks: [uplinkConfig({ url: `mqtt://127.0.0.1:${brokerPort}`, mqttVersion: '3.1.1' })],
};
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const gateway = await startGateway({ config, log: silent });
process.stdout.write('ready\n');
const input = createInterface({ input: process.stdin });
input.on('line', () => {
    const { user, system } = process.cpuUsage();
    process.stdout.write(`${(user + system) / 1000}\n`);
});
input.on('close', () => {
    void gateway.stop().then(() => {
        rmSync(dataDir, { recursive: true, force: true });
        process.exit(0);
    });
});
