/** Entry of the panel's thread. It lives beside the watch and is never waited for by it; `stop` ends it. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { SystemClock } from '../../../drivers/clock.js';
import type { PanelSettings } from '../bridge.js';
import { noReader } from './not-joined.js';
import { startPanel } from './panel-thread.js';
import { openPeople } from './people/people.js';
import { boxNames, openTls } from './people/tls.js';
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
const { dataDir } = settings;
const names = boxNames();
const tls = await openTls(settings.tls, { dataDir, wall: clock.wall(), random: randomBytes, names });
if (tls !== null && tls.problem !== null) bridge.post({ kind: 'refused', error: tls.problem });

const started = startPanel({
  settings,
  bridge,
  clock,
  hostNames: ['localhost', ownName, `${ownName}.local`],
  start: randomBytes(6).toString('hex'),
  openPeople: (onBind) =>
    openPeople({ clock, random: randomBytes, settings, note: (what) => bridge.post({ kind: 'note', what }), onBind }),
  reader: noReader,
  tls,
  onStop: () => void started.then((stop) => stop()).finally(() => process.exit(0)),
});
await started;
