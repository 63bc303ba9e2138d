/**
 * Resident memory of the gateway as its unit file starts it: with 1,000 points a minute after its start, and at the peak while 100,000
 * rows drain to a real Mosquitto. `GENGFU_BENCH_NODE` names another node to run it with.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brandId } from '../../config/ids.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { PlainSubscriber } from '../soak/plain-subscriber.js';
import { startMeters, writeMemorySite } from './memory-site.js';
import { round } from './result.js';
const settleMs = 60_000;
const quickSettleMs = 10_000;
const sampleMs = 50;
const batchRows = 500;
const drainMaxMs = 300_000;
const watchingMaxMb = 120;
const drainingMaxMb = 160;
export async function memory({ quick, say }) {
    const folder = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-memory-'));
    const node = process.env['GENGFU_BENCH_NODE'] ?? process.execPath;
    const version = execFileSync(node, ['--version']).toString().trim();
    const meters = await startMeters();
    const broker = await startMosquitto(folder);
    try {
        const site = writeMemorySite(folder, meters.ports, broker.port);
        say(`1,000 points on ${version}`);
        const watching = await watch(node, site, quick ? quickSettleMs : settleMs);
        const rows = quick ? 10_000 : 100_000;
        say(`${rows} rows are written`);
        fill(path.join(folder, 'data'), rows);
        say('and drained');
        const draining = await drain(node, site, broker.port, rows);
        const part = 'memory';
        return [
            {
                ...{ part, what: `resident with 1,000 points, ${version}`, unit: ' MB' },
                ...{ value: watching, limit: { atMost: watchingMaxMb } },
            },
            {
                ...{ part, what: `resident at the peak of a drain of ${rows} rows, no panel, ${version}`, unit: ' MB' },
                ...{ value: draining.peakMb, limit: { atMost: drainingMaxMb } },
                detail: { 'rows/s': round((rows / draining.tookMs) * 1000) },
            },
        ];
    }
    finally {
        broker.child.kill('SIGKILL');
        meters.stop();
        rmSync(folder, { recursive: true, force: true });
    }
}
/** Node's flags and the environment as systemd gives them. */
export function unitFileStart() {
    const unit = readFileSync(path.resolve('systemd/gengfu.service'), 'utf8');
    const start = /^ExecStart=\S*node (.*)$/m.exec(unit)?.[1] ?? '';
    const flags = start.split(' ').filter((word) => word.startsWith('--') && word !== '--config');
    const env = [...unit.matchAll(/^Environment=(\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]);
    return { flags, env: Object.fromEntries(env) };
}
function startGateway(node, site, more = []) {
    const cli = path.join(import.meta.dirname, '../../gateway/cli/gengfu.js');
    const { flags, env } = unitFileStart();
    return spawn(node, [...flags, cli, 'run', '--config', site, ...more], {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, ...env },
    });
}
async function watch(node, site, afterMs) {
    const gateway = startGateway(node, site, ['--json']);
    await new Promise((resolve, reject) => {
        gateway.stdout?.on('data', (chunk) => {
            if (chunk.includes('"site.scanned"'))
                resolve();
        });
        gateway.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)));
    });
    await sleep(afterMs);
    const mb = residentMb(gateway);
    await end(gateway);
    return mb;
}
async function drain(node, site, brokerPort, rows) {
    let heard = 0;
    const subscriber = await PlainSubscriber.open(brokerPort, 'memory-bench', 'gengfu/#', (topic) => {
        if (topic.includes('/report/'))
            heard++;
    });
    const gateway = startGateway(node, site);
    gateway.stdout?.resume();
    let peakMb = 0;
    let beganMono = 0;
    const deadlineMono = performance.now() + drainMaxMs;
    while (heard < rows) {
        if (gateway.exitCode !== null || performance.now() > deadlineMono)
            throw new Error(`only ${heard} rows arrived`);
        if (heard > 0 && beganMono === 0)
            beganMono = performance.now();
        peakMb = Math.max(peakMb, residentMb(gateway));
        await sleep(sampleMs);
    }
    const tookMs = performance.now() - beganMono;
    await end(gateway);
    subscriber.close();
    return { peakMb, tookMs };
}
function residentMb({ pid }) {
    const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kb) / 1024;
}
async function end(gateway) {
    const ended = once(gateway, 'exit');
    gateway.removeAllListeners('exit');
    gateway.kill('SIGTERM');
    await Promise.race([once(gateway, 'exit'), sleep(15_000)]);
    void ended.catch(() => undefined);
    gateway.kill('SIGKILL');
}
/** As many rows as a village that was long without a line has. */
function fill(dataDir, rows) {
    mkdirSync(dataDir, { recursive: true });
    const file = new SqliteFile(path.join(dataDir, 'journal.db'));
    const epoch = file.open(brandId('bench0epoch')).epoch;
    const entry = (n) => ({
        ...{ id: brandId(`${epoch}-bench-${n}`), epoch, boot: brandId('bench'), lane: 'journal' },
        ...{
            kind: 'alarm.raised',
            class: 'supervisory',
            subject: `point:valve-${n % 100}/contact`,
            alarm: null,
            zone: null,
        },
        words: { zh: '监管：消防泵房 总阀关闭', en: 'SUPERVISORY: pump house, main valve closed' },
        ...{ origin: null, detail: { value: 'closed', confirmed: true, frame: n }, mono: n, wall: 1_796_000_000_000 + n },
        clock: 'trusted',
    });
    for (let from = 0; from < rows; from += batchRows) {
        const entries = Array.from({ length: Math.min(batchRows, rows - from) }, (_, i) => entry(from + i));
        file.append({ entries, facets: [] });
    }
    file.close();
}
async function startMosquitto(folder) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    server.close();
    await once(server, 'close');
    const config = path.join(folder, 'mosquitto.conf');
    const settings = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'persistence false'];
    writeFileSync(config, [...settings, 'max_inflight_messages 0', 'max_queued_messages 0', ''].join('\n'));
    const child = spawn('mosquitto', ['-c', config, '-v'], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
    });
    await new Promise((resolve) => {
        child.stderr.on('data', (chunk) => {
            if (chunk.includes(' running'))
                resolve();
        });
    });
    return { child, port };
}
