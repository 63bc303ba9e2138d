/** Everything of the panel's thread, joined: who asks, what is read, the server, and where it listens. */
import type { Words } from '../../../config/vocabulary.js';
import type { Clock } from '../../../drivers/clock.js';
import type { SiteInfo } from '../api/site.js';
import type { PanelSettings } from '../bridge.js';
import { makeApp } from './app.js';
import type { TlsPair } from './http-server.js';
import type { JournalReading } from './journal-reading.js';
import { Listener } from './listener.js';
import type { PeopleGate } from './people-gate.js';
import type { PanelBridge } from './watch-link.js';

/** Who somebody is, and where the panel listens because of it. */
export interface OpenPeople {
  readonly gate: PeopleGate;
  bind(): string;
  stop(): Promise<void>;
}

export interface OpenReader {
  readonly reading: JournalReading;
  close(): Promise<void>;
}

export interface OpenTls extends TlsPair {
  /** SHA-256 of the certificate, as browsers show it. */
  readonly fingerprint: string;
  /** Something is wrong with the files that were given; null: nothing. */
  readonly problem: Words | null;
}

export interface PanelThreadOptions {
  readonly settings: PanelSettings;
  readonly bridge: PanelBridge;
  readonly clock: Clock;
  readonly hostNames: readonly string[];
  /** Random, a-z and 0-9. */
  readonly start: string;
  /** `onBind`: `bind()` may be another now. */
  readonly openPeople: (onBind: () => void) => Promise<OpenPeople>;
  /** `site`: null while it is not known. */
  readonly openReader: (site: () => SiteInfo | null) => OpenReader;
  readonly tls: OpenTls | null;
  /** The watch has asked for the end. */
  readonly onStop: () => void;
}

/** Listens, or has told why it can not. The answer ends it in order. */
export async function startPanel(options: PanelThreadOptions): Promise<() => Promise<void>> {
  const { settings, bridge, clock, hostNames, start, tls } = options;
  let listen = (): void => {};
  const people = await options.openPeople(() => listen());
  let site: SiteInfo | null = null;
  const reader = options.openReader(() => site);
  const app = makeApp({
    ...{ bridge, clock, hostNames, start, tls },
    people: people.gate,
    reader: reader.reading,
    pageDir: settings.pageDir,
    dataDir: settings.dataDir,
  });
  // In the same turn as the server's own ear: a port that is listened to keeps nothing for those who come later.
  bridge.onMessage((message) => {
    if (message.kind === 'site') site = message.site;
    if (message.kind === 'stop') options.onStop();
  });
  await app.ready();
  const listener = new Listener({
    server: app.server,
    clock,
    port: settings.port,
    isTls: tls !== null,
    onListening: (url) => {
      bridge.post({ kind: 'listening', url, ...(tls === null ? {} : { fingerprint: tls.fingerprint }) });
      if (tls !== null && tls.problem !== null)
        bridge.post({ kind: 'refused', error: tls.problem, isServedHere: true });
    },
    onRefused: (error, isServedHere) => bridge.post({ kind: 'refused', error, isServedHere }),
  });
  listen = () => void listener.listen(people.bind());
  await listener.listen(people.bind());
  return async () => {
    await app.close();
    await listener.close();
    await Promise.all([people.stop(), reader.close()]);
  };
}
