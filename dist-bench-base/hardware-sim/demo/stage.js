/**
 * The demo's stage: the example town with its wires, modules and pins simulated, and in front of it the real gateway:
 * real serialport streams on a mock binding, real sockets to simulated servers on this machine, real modbus-serial, real
 * SQLite, real MQTT into an embedded broker.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brandId } from '../../config/ids.js';
import { loadConfig } from '../../config/load-config.js';
import { describeProblem } from '../../config/problem.js';
import { serialLinkOpener } from '../../drivers/serial/serial-link.js';
import { openLog } from '../../gateway/log.js';
import { openerOf, startGateway } from '../../gateway/main.js';
import { startBroker } from '../broker.js';
import { knownParts } from '../known-parts.js';
import { mockSerialBinding } from '../mock-serial.js';
import { startTownServers } from '../net/town-servers.js';
import { buildVillage } from '../village.js';
import { poolLevels } from './pool.js';
const siteFile = join(import.meta.dirname, '../../config/examples/ancient-town.yaml');
const wantedPort = 1883;
/** `observe` also hears what happens while it starts. */
export async function buildStage(clock, observe) {
    const dataDir = await mkdtemp(join(tmpdir(), 'gengfu-demo-'));
    const broker = await startBroker({ port: wantedPort });
    const site = await townConfig(dataDir, broker.url);
    const village = buildVillage(site, clock);
    fillPool(village);
    const servers = await startTownServers(village.networks);
    const config = { ...site, lines: site.lines.map((line) => servers.reachable(line)) };
    const binding = mockSerialBinding(village.wiresByPath);
    const gateway = await startGateway({
        config,
        clock,
        log: openLog('silent'),
        observe: (seen) => observe(seen, clock.mono()),
        openLine: (line) => (line.transport === 'serial' ? serialLinkOpener(line, clock, binding) : openerOf(line, clock)),
        simulatedPins: village.board,
        makeSpeaker: (speaker) => village.horns.open(speaker),
        box: village.box.sensors,
    });
    return {
        config,
        clock,
        village,
        broker,
        runtime: gateway.runtime,
        origin: 'demo',
        plugUplink: (isPlugged) => (isPlugged ? broker.restart() : broker.stop()),
        close: async () => {
            await gateway.stop();
            village.stop();
            await servers.stop();
            await broker.stop();
            await rm(dataDir, { recursive: true, force: true });
        },
    };
}
/** As on a quiet day: both gauges see the same water. */
function fillPool(village) {
    for (const { set, to } of poolLevels('full'))
        village.setPoint(brandId(set), to);
}
async function townConfig(dataDir, brokerUrl) {
    const loaded = await loadConfig(siteFile, knownParts);
    if (!loaded.ok)
        throw new Error(loaded.problems.map((problem) => describeProblem(problem, 'en')).join('\n'));
    const uplinks = loaded.config.uplinks.map((uplink) => ({ ...uplink, url: brokerUrl }));
    return { ...loaded.config, dataDir, uplinks };
}
