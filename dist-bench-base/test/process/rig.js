/** Real parts for process tests: pseudo-terminals, a broker, units that are not ours, the built gateway. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Child } from './child.js';
export function temporaryFolder() {
    const path = mkdtempSync(join(tmpdir(), 'gengfu-test-'));
    return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
export function freePort() {
    return new Promise((done, fail) => {
        const server = createServer();
        server.on('error', fail);
        server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            const port = typeof address === 'object' && address !== null ? address.port : 0;
            server.close(() => done(port));
        });
    });
}
/** Two joined pseudo-terminals, `master` for the gateway and `unit` for whoever answers. */
export async function ptyPair(folder) {
    const master = join(folder, 'master');
    const unit = join(folder, 'unit');
    const pty = (link) => `pty,raw,echo=0,link=${link}`;
    const socat = new Child('socat', 'socat', ['-d', '-d', pty(master), pty(unit)]);
    await waitForError(socat, /starting data transfer loop/);
    return { master, unit };
}
export async function foreignUnits(tty) {
    const child = new Child('pymodbus', '/usr/bin/python3', [resolve('test/foreign-units/pymodbus-units.py'), tty]);
    await child.line((line) => line === 'ready');
    return child;
}
export async function mosquitto(folder, port) {
    const config = join(folder, 'mosquitto.conf');
    writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`);
    const child = new Child('mosquitto', 'mosquitto', ['-c', config, '-v'], {
        env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
    });
    await waitForError(child, /running/);
    return child;
}
/** Debian's own subscriber: what the district would see. */
export async function subscriber(broker, port) {
    const args = ['-p', String(port), '-V', 'mqttv5', '-q', '1', '-t', 'gengfu/#', '-F', '%t %p', '-i', 'district'];
    const child = new Child('mosquitto_sub', 'mosquitto_sub', args);
    await waitForError(broker, /Sending SUBACK to district/);
    return child;
}
/** The reports that a subscriber has printed so far. */
export function seenEvents(sub) {
    return sub.lines.flatMap((line) => {
        const match = /^(gengfu\/\S+\/report\/\S+) (\{.*\})$/.exec(line);
        if (match === null)
            return [];
        return [{ topic: match[1] ?? '', event: JSON.parse(match[2] ?? '') }];
    });
}
/** The next report (from the n-th line on) that fits. */
export async function event(sub, fits, limitMs = 10_000) {
    const parse = (line) => {
        const match = /^(gengfu\/\S+\/report\/\S+) (\{.*\})$/.exec(line);
        return match === null ? undefined : { topic: match[1] ?? '', event: JSON.parse(match[2] ?? '') };
    };
    const line = await sub.line((text) => {
        const seen = parse(text);
        return seen !== undefined && fits(seen);
    }, limitMs);
    const seen = parse(line);
    if (seen === undefined)
        throw new Error('unreachable: the line was parsed once');
    return seen;
}
/** One line with a smoke unit (5) and a relay unit (6), one siren, one plan, one broker. Returns the site file's path. */
export function writeSmallSite(folder, site) {
    const file = join(folder, 'gateway.yaml');
    const { otherTty, tty, baud = 9600 } = site;
    // With a speed it is a gateway with RTU units behind it.
    const where = tty.startsWith('tcp:')
        ? `transport: tcp, host: 127.0.0.1, port: ${tty.slice('tcp:'.length)}, in_flight: 2, baud: ${baud}`
        : `transport: serial, path: ${tty}, baud: ${baud}`;
    const otherLine = otherTty === undefined ? '' : `\n  - {id: other, transport: serial, path: ${otherTty}, baud: 9600}`;
    const otherUnit = otherTty === undefined
        ? ''
        : '\n  - {id: smoke-2, profile: generic-smoke-0010, line: other, unit: 1, zone: hall, allow_draft: true}';
    writeFileSync(file, `version: 1
site: {id: test-village, district: test, name: {zh: 试验村, en: test village}}
data_dir: ./data
lines:
  - {id: main, name: 主线, ${where}, timeout_ms: ${site.timeoutMs ?? 200}, quarantine_ms: ${site.quarantineMs ?? 100}}${otherLine}
zones:
  - {id: hall, name: {zh: 祠堂, en: hall}}
devices:
  - {id: smoke-1, profile: generic-smoke-0010, line: main, unit: 5, zone: hall, place: 正厅, allow_draft: true}
  - {id: relay-1, profile: waveshare-relay8, line: main, unit: 6}${otherUnit}
outputs:
  - {id: siren, name: {zh: 警铃, en: siren}, kind: siren, zone: hall, relay: {device: relay-1, channel: 1}, on_control_lost: keep_sounding}
plans:
  - {id: hall-fire, when: {class: fire, zones: [hall]}, sound: [siren]}
uplinks:
  - {id: district, kind: mqtt, url: "mqtt://127.0.0.1:${site.brokerPort}", mqtt_version: 5}
`);
    return file;
}
/** One simulated line of the site as a process on a pseudo-terminal. */
export async function simulatedLine(siteFile, tty, lineId = 'main') {
    const args = ['--pty', tty, '--config', siteFile, '--line', lineId];
    const child = new Child(`line ${lineId}`, process.execPath, [resolve('dist/hardware-sim/pty-process.js'), ...args]);
    await child.line((line) => line.startsWith('ready'));
    return child;
}
/** The built gateway, printing what it observes. */
export function gateway(siteFile, env = {}) {
    return new Child('gengfu', process.execPath, [resolve('dist/gateway/cli/gengfu.js'), 'run', '-c', siteFile, '--json'], {
        env: { ...process.env, ...env },
    });
}
/** The first observation of a gateway that fits, from the n-th line on. */
export async function observed(child, fits, limitMs = 10_000) {
    const line = await child.line((text) => text.startsWith('{') && fits(JSON.parse(text)), limitMs);
    return JSON.parse(line);
}
export function isEntry(kind, subject) {
    return ({ entry }) => entry?.kind === kind && (subject === undefined || entry.subject === subject);
}
async function waitForError(child, pattern) {
    await child.errorLine((line) => pattern.test(line));
}
