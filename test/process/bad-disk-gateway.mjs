// A gateway process whose disk is made to hang or refuse once it is watching: node bad-disk-gateway.mjs SITE hangs|refuses
import { loadConfig } from '../../dist/config/load-config.js';
import { SystemClock } from '../../dist/drivers/clock.js';
import { openLog } from '../../dist/gateway/log.js';
import { knownPinDrivers, knownUplinks } from '../../dist/gateway/known-parts.js';
import { startGateway } from '../../dist/gateway/main.js';
import { FaultyStore } from '../../dist/hardware-sim/disk.js';

const [siteFile = '', mode = 'hangs'] = process.argv.slice(2);
const loaded = await loadConfig(siteFile, { knownUplinks, knownPinDrivers });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
let disk = null;
await startGateway({
  config: loaded.config,
  log: openLog('silent'),
  wrapStore: (store) => {
    disk = new FaultyStore(store, new SystemClock());
    return disk;
  },
  observe: (seen) => process.stdout.write(`${JSON.stringify(seen)}\n`),
});
disk?.setMode(mode);
process.stdout.write('{"kind":"disk-is-bad"}\n');
