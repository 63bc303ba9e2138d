/** Entry of the panel's thread. It lives beside the watch and is never waited for by it; `stop` ends it. */
import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { SystemClock } from '../../../drivers/clock.js';
import { ReaderThread } from '../../../sync/journal/reader/reader-thread.js';
import type { SiteInfo } from '../api/site.js';
import type { PanelSettings } from '../bridge.js';
import { journalReadingOf } from './journal-reading-worker.js';
import { type OpenReader, startPanel } from './panel-thread.js';
import { openPeople } from './people/people.js';
import { boxNames, openTls } from './people/tls.js';
import type { PanelBridge } from './watch-link.js';

/** By its place in the build: this file is bundled with the module that would else know it. */
const readerWorker = new URL('../../../sync/journal/reader/reader-worker.js', import.meta.url);

const port = parentPort;
if (port === null) throw new Error('unreachable: this file is started as a thread');
const settings = workerData as PanelSettings;
const clock = new SystemClock();
const bridge: PanelBridge = {
  post: (message) => port.postMessage(message),
  onMessage: (take) => port.on('message', take),
};
const names = boxNames(settings.names);
const tls = await openTls(settings.tls, { dataDir: settings.dataDir, wall: clock.wall(), random: randomBytes, names });

const started = startPanel({
  ...{ settings, bridge, clock, tls, openReader },
  // Addresses may always be asked for.
  hostNames: names.filter((name) => isIP(name) === 0),
  start: randomBytes(6).toString('hex'),
  openPeople: (onBind) =>
    openPeople({
      ...{ clock, settings, onBind, random: randomBytes },
      note: (what) => bridge.post({ kind: 'note', what }),
    }),
  onStop: () => void started.then((stop) => stop()).finally(() => process.exit(0)),
});
await started;

function openReader(site: () => SiteInfo | null): OpenReader {
  const caller = new ReaderThread({ path: settings.journal, clock, random: chance, workerUrl: readerWorker });
  return { reading: journalReadingOf({ caller, clock, site }), close: async () => caller.stop() };
}

function chance(): number {
  return randomBytes(4).readUInt32BE() / 2 ** 32;
}
