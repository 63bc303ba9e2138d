/** The composition root: the only file that knows everyone. Real parts by default; the demo swaps some of them. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { realSpeaker } from '../drivers/audio/real-speakers.js';
import { readDiskWrites } from '../drivers/box/disk-writes.js';
import { openRealBox, plainSensors } from '../drivers/box/real-box.js';
import { pause, SystemClock } from '../drivers/clock.js';
import { CronCalendar } from '../drivers/cron-calendar.js';
import { DriverError } from '../drivers/driver-error.js';
import { openRealPins } from '../drivers/gpio/real-pins.js';
import { serialLinkOpener } from '../drivers/serial/serial-link.js';
import { loadCodecs } from '../drivers/stream/codec-library.js';
import { tcpLinkOpener } from '../drivers/tcp/tcp-link.js';
import { SqliteStore } from '../sync/journal/sqlite-store.js';
import { sendCommand } from '../sync/mqtt/command-sender.js';
import { ExternalCodes } from '../sync/mqtt/external-codes.js';
import { MqttClientLink } from '../sync/mqtt/mqtt-client.js';
import { MqttUplink } from '../sync/mqtt/mqtt-uplink.js';
import { answerControl } from './command/answer-control.js';
import { ControlSocket, controlPath } from './command/control-socket.js';
import { withBox } from './health/box-health.js';
import { openLog } from './log.js';
import { Runtime } from './runtime.js';
import { SiteRunner } from './site-runner.js';
import { answerConfig, isConfigRequest } from './staging/answer-config.js';
import { ConfigDesk } from './staging/config-desk.js';
import { LateConfigOrders } from './staging/late-config-orders.js';
import { openStaging } from './staging/open-staging.js';
import { siteText } from './staging/site-text.js';
/** What `loadConfig` is told that this build can drive. */
export const knownUplinks = ['mqtt'];
export const knownPinDrivers = ['auto', 'sysfs', 'chip', 'simulated'];
/** A disk that hangs may not hold up the watch. */
const folderMaxMs = 500;
const boxMaxMs = 300;
const restoreMaxMs = 2000;
const restoreMinMs = 250;
/** Another gateway already watches with this data directory. */
export class SecondGatewayError extends Error {
    dataDir;
    constructor(dataDir) {
        super(`another gateway already uses ${dataDir}`);
        this.dataDir = dataDir;
    }
}
/** Starts a gateway. Rejects with SecondGatewayError; everything else that can fail is a fault of the running gateway. */
export async function startGateway(options) {
    const { config: installed } = options;
    const clock = options.clock ?? new SystemClock();
    const beganMono = clock.mono();
    const log = options.log ?? openLog('info');
    // A folder that can not be made shows as a journal that can not be opened.
    const making = mkdir(installed.dataDir, { recursive: true }).catch((error) => {
        log.error({ error: String(error) }, 'data directory');
    });
    await Promise.race([making, pause(clock, folderMaxMs)]);
    const address = { district: installed.site.district, site: installed.site.id };
    const site = `${address.district}/${address.site}`;
    const sqlite = new SqliteStore({ path: join(installed.dataDir, 'journal.db'), clock, site });
    const lock = await sqlite.lock();
    if (lock === 'taken') {
        await sqlite.close();
        throw new SecondGatewayError(installed.dataDir);
    }
    const staging = await chooseSite(options, clock, log);
    const config = staging?.started.running.config ?? installed;
    const box = options.box ?? (await openBox(config, clock));
    const link = new MqttClientLink();
    const observe = options.observe ?? (() => undefined);
    const lasting = { clock, random, box, observe, log, calendar: new CronCalendar(clock), isLockHeld: lock === 'held' };
    const [codecs, version] = [await loadCodecs(), await readVersion()];
    const configOrders = new LateConfigOrders();
    const runner = new SiteRunner({
        store: options.wrapStore?.(sqlite) ?? sqlite,
        openPins: () => openPins(options, clock),
        makeRuntime: (parts) => new Runtime({
            ...parts,
            ...lasting,
            ...{ codecs, version },
            ...(staging === null ? {} : { configOrders }),
            config: withBox(parts.config, box),
            openLine: options.openLine ?? ((line) => openerOf(line, clock)),
            makeSpeaker: options.makeSpeaker ?? ((speaker) => realSpeaker(speaker, { clock, random })),
            diskWrites: () => readDiskWrites(installed.dataDir),
            makeUplink: (uplink) => new MqttUplink({ config: uplink, address, codes: new ExternalCodes(parts.config), link, clock, random }),
        }),
    });
    const desk = staging === null ? null : new ConfigDesk({ clock, log, runner, ...staging });
    if (desk !== null)
        configOrders.connect(desk);
    // Folder, lock and restore share one limit: a hung disk holds up the first scan only once.
    await runner.start(config, Math.max(restoreMinMs, restoreMaxMs - (clock.mono() - beganMono)));
    desk?.start();
    const control = new ControlSocket(controlPath(config.dataDir), clock, (request) => isConfigRequest(request)
        ? answerConfig(desk, request)
        : answerControl(runner.runtime, request, runner.runtime.orders));
    void control.open().catch((error) => log.error({ error: String(error) }, 'control socket'));
    return {
        get runtime() {
            return runner.runtime;
        },
        stop: async () => {
            control.close();
            desk?.stop();
            await runner.stop();
            return !sqlite.isStuck;
        },
    };
}
/** Sends an order of a district to its village, from wherever this program runs; see sync/mqtt/command-sender.ts. */
export function sendDistrictCommand(options) {
    return sendCommand({ ...options, link: new MqttClientLink() });
}
/** Which site file runs; only whoever holds the lock may ask. */
async function chooseSite({ config, installed, observe }, clock, log) {
    if (installed === undefined)
        return null;
    const text = siteText(installed.text);
    const staging = { ...(await openStaging({ text, config }, installed.checkNow, clock, log)), check: installed.check };
    const { site } = staging.started.running;
    observe?.({ kind: 'site.file', sha256: site.sha256, isInstalled: site.sha256 === text.sha256, file: config.file });
    return staging;
}
/** How a line is reached: a tty, or a connection on the network. */
export function openerOf(line, clock) {
    return line.transport === 'serial' ? serialLinkOpener(line, clock) : tcpLinkOpener(line, clock);
}
/** A system that does not answer in time has no sensors but those that every box has. */
async function openBox({ dataDir, ups }, clock) {
    const late = pause(clock, boxMaxMs).then(() => plainSensors({ dataDir, ups }));
    return Promise.race([openRealBox({ dataDir, ups }), late]);
}
async function openPins({ config, simulatedPins }, clock) {
    const driver = config.gpio?.driver ?? 'simulated';
    if (driver === 'simulated') {
        if (simulatedPins === undefined)
            throw new DriverError('PIN-001', 'gpio', 'no simulated board here');
        return simulatedPins;
    }
    return openRealPins(driver, clock);
}
/** Uniform in 0 ≤ r < 1. From the system's source, because ids must differ between boxes that boot alike. */
function random() {
    return randomBytes(4).readUInt32LE() / 2 ** 32;
}
/** Of package.json, one folder up in source and two in the built tree. */
export async function readVersion() {
    for (const path of ['../package.json', '../../package.json']) {
        const text = await readFile(new URL(path, import.meta.url), 'utf8').catch(() => null);
        if (text !== null)
            return String(JSON.parse(text).version ?? 'unknown');
    }
    return 'unknown';
}
