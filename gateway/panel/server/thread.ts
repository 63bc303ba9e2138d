/** Entry of the panel's thread. It lives beside the watch and is never waited for by it; `stop` ends it. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { SystemClock } from '../../../drivers/clock.js';
import type { PanelSettings } from '../bridge.js';
import { noReader, screenOnly } from './not-joined.js';
import { startPanel } from './panel-thread.js';
import type { PanelBridge } from './watch-link.js';

const port = parentPort;
if (port === null) throw new Error('unreachable: this file is started as a thread');
const settings = workerData as PanelSettings;
const clock = new SystemClock();

const bridge: PanelBridge = {
  post: (message) => port.postMessage(message),
  onMessage: (take) => port.on('message', take),
};
const ownName = hostname().toLowerCase();

const started = startPanel({
  settings,
  bridge,
  clock,
  hostNames: ['localhost', ownName, `${ownName}.local`],
  start: randomBytes(6).toString('hex'),
  openPeople: async () => screenOnly,
  reader: noReader,
  tls: null,
  onStop: () => void started.then((stop) => stop()).finally(() => process.exit(0)),
});
await started;
