/** The composition root: the only file that knows everyone. Real parts by default; the demo swaps some of them. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LineConfig, SiteConfig, SpeakerConfig, UplinkConfig } from '../config/site.js';
import type { UserTexts } from '../config/user-profiles.js';
import { realSpeaker } from '../drivers/audio/real-speakers.js';
import { readDiskWrites } from '../drivers/box/disk-writes.js';
import { openRealBox, plainSensors } from '../drivers/box/real-box.js';
import { type Cancel, type Clock, pause, SystemClock } from '../drivers/clock.js';
import { CronCalendar } from '../drivers/cron-calendar.js';
import type { BoxSensor, OpenByteLink, PinBoard, Speaker } from '../drivers/driver.js';
import { DriverError } from '../drivers/driver-error.js';
import { openRealPins } from '../drivers/gpio/real-pins.js';
import { type PortHolder, portHolder } from '../drivers/serial/port-holder.js';
import { listSerialPorts, type SerialPortInfo } from '../drivers/serial/port-list.js';
import { serialLinkOpener } from '../drivers/serial/serial-link.js';
import { loadCodecs } from '../drivers/stream/codec-library.js';
import { tcpLinkOpener } from '../drivers/tcp/tcp-link.js';
import { localZone } from '../drivers/time-zone.js';
import { GbUplink } from '../sync/gb26875/gb-uplink.js';
import { TcpGbLink } from '../sync/gb26875/tcp-connection.js';
import { HttpClientLink } from '../sync/http/http-client.js';
import { HttpUplink } from '../sync/http/http-uplink.js';
import type { EntryDraft } from '../sync/journal/entry.js';
import { SqliteStore } from '../sync/journal/sqlite-store.js';
import type { Store } from '../sync/journal/store.js';
import type { CommandResult } from '../sync/messages/command.js';
import { type SendOptions, sendCommand } from '../sync/mqtt/command-sender.js';
import { ExternalCodes } from '../sync/mqtt/external-codes.js';
import { MqttClientLink } from '../sync/mqtt/mqtt-client.js';
import { MqttUplink } from '../sync/mqtt/mqtt-uplink.js';
import type { Uplink } from '../sync/uplink.js';
import { answerControl } from './command/answer-control.js';
import { answerCommissioning, isCommissioningRequest } from './command/commissioning-request.js';
import { ControlSocket, controlPath } from './command/control-socket.js';
import { commissioningOf } from './commissioning/commissioning-of-gateway.js';
import { GbSiteNews, type GbWatch, gbSiteOf, numberNow } from './gb26875-site.js';
import { withBox } from './health/box-health.js';
import { lateCalendar } from './health/late-calendar.js';
import { QuietedPins } from './health/quieted-pins.js';
import { besidesAfterMs, type ServiceLife } from './health/service-life.js';
import { type Log, openLog } from './log.js';
import type { Observation } from './observation.js';
import type { PanelSettings } from './panel/bridge.js';
import { openPanelWorker } from './panel/host/open-panel-worker.js';
import { PanelHost } from './panel/host/panel-host.js';
import { panelSettings } from './panel/host/panel-settings.js';
import { Runtime } from './runtime.js';
import { SiteRunner } from './site-runner.js';
import type { UplinkSight } from './site-uplinks.js';
import { makeSmsUplink, type SmsParts, smsPort } from './sms/make-sms-uplink.js';
import { answerConfig, isConfigRequest } from './staging/answer-config.js';
import { ConfigDesk } from './staging/config-desk.js';
import { LateConfigOrders } from './staging/late-config-orders.js';
import { openStaging } from './staging/open-staging.js';
import { siteText, wholeSum } from './staging/site-text.js';
import type { CheckText } from './staging/starting-site.js';
import { standingNow } from './standing-now.js';
import { readVersion } from './version.js';
import { versionRolledBackDraft } from './version-rolled-back.js';

/** A disk that hangs may not hold up the watch. */
const folderMaxMs = 500;
const boxMaxMs = 300;
const restoreMaxMs = 2000;
const restoreMinMs = 250;

/** Another gateway already watches with this data directory. */
export class SecondGatewayError extends Error {
  constructor(readonly dataDir: string) {
    super(`another gateway already uses ${dataDir}`);
  }
}

export interface GatewayOptions {
  readonly config: SiteConfig;
  readonly observe?: (observation: Observation) => void;
  readonly log?: Log;
  readonly clock?: Clock;
  /** Opens a line; default: the system's serial ports and network. */
  readonly openLine?: (line: LineConfig) => OpenByteLink;
  /** The simulated board, where the site asks for one. */
  readonly simulatedPins?: PinBoard;
  /** Makes a loudspeaker's player; default: chips on ttys, the system's sound card. */
  readonly makeSpeaker?: (speaker: SpeakerConfig) => Speaker;
  /** What the box tells about itself; default: the system's sensors. */
  readonly box?: readonly BoxSensor[];
  /** Put between the gateway and its disk (tests of bad disks). */
  readonly wrapStore?: (store: Store) => Store;
  /** Where the duty panel is served, whatever the site file says of it (demo, tests). */
  readonly panel?: PanelSettings;
  /** How this start stands with the service manager, and with the starts before it; left out: nobody counts them. */
  readonly life?: ServiceLife;
  /** The text behind `config`, and how others are checked: at the start, and beside the watch. Left out: the site file does not
   * change while it runs. */
  readonly installed?: {
    readonly text: string;
    /** The installer's own profiles that it uses. */
    readonly userProfiles?: UserTexts;
    readonly checkNow: CheckText;
    readonly check: CheckText;
  };
  /** What the launcher says of a version that it gave up. */
  readonly rolledBack?: string | undefined;
}

export interface Gateway {
  /** The one that watches now: another site file brings another one. */
  readonly runtime: Runtime;
  /** Stops in order. True when everything let go; false when a disk still holds a thread, which only a signal ends. */
  stop(): Promise<boolean>;
}

/** Starts a gateway. Rejects with SecondGatewayError; everything else that can fail is a fault of the running gateway. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config: installed, life } = options;
  const clock = options.clock ?? new SystemClock();
  const beganMono = clock.mono();
  const log = options.log ?? openLog('info');
  // A folder that can not be made shows as a journal that can not be opened.
  const making = mkdir(installed.dataDir, { recursive: true }).catch((error: unknown) => {
    log.error({ error: String(error) }, 'data directory');
  });
  await Promise.race([making, pause(clock, folderMaxMs)]);
  life?.begin(installed.dataDir);
  const address = { district: installed.site.district, site: installed.site.id };
  const sqlite = new SqliteStore({
    ...{ path: journalOf(installed), clock },
    site: `${address.district}/${address.site}`,
  });
  const lock = await sqlite.lock();
  if (lock === 'taken') {
    await sqlite.close();
    throw new SecondGatewayError(installed.dataDir);
  }
  const staging = await chooseSite(options, clock, log);
  const config = staging?.started.running.config ?? installed;
  const box = options.box ?? (await openBox(config, clock));
  const link = new MqttClientLink();
  const version = await readVersion();
  /** Of the newest gateway: with the points that this box has. */
  let site = config;
  const zone = localZone(clock.wall());
  if (!zone.isOwn)
    log.warn({ zone: zone.name }, 'the time zone of this machine has no name; times are shown by this one');
  const now = () => ({ runtime: runner.runtime, config: site });
  const timeZone = zone.name;
  const commissioning = commissioningOf({
    ...{ clock, log, version, timeZone, now, dataDir: config.dataDir },
    siteSha256: () => desk?.status.running.sha256 ?? null,
  });
  const panel = new PanelHost({
    ...{ clock, random, log, version, open: openPanelWorker, timeZone, now, commissioning },
    settings: () => options.panel ?? panelSettings(site, journalOf(installed)),
  });
  const besidesAtMono = life?.start === 'reduced' ? beganMono + besidesAfterMs : 0;
  const besidesInMs = (): number => Math.max(0, besidesAtMono - clock.mono());
  const news = new GbSiteNews();
  const observe = (seen: Observation): void => {
    options.observe?.(seen);
    news.see(seen);
    life?.see(seen);
    if (besidesInMs() === 0) panel.see(seen);
    commissioning.see(seen);
  };
  const sms = {
    record: (drafts: readonly EntryDraft[]) => runner.runtime.record(drafts),
    now: () => {
      return { boot: runner.runtime.journal.boot, mono: clock.mono(), wall: clock.wall(), trust: clock.trust() };
    },
  };
  const calendar = lateCalendar(new CronCalendar(clock), clock, besidesAtMono);
  const lasting = { clock, random, box, observe, log, calendar, isLockHeld: lock === 'held' };
  const codecs = await loadCodecs();
  const configOrders = new LateConfigOrders();
  const runner = new SiteRunner({
    store: options.wrapStore?.(sqlite) ?? sqlite,
    openPins: () => openPins(options, clock),
    makeRuntime: (parts) => {
      site = withBox(parts.config, box);
      return new Runtime({
        ...parts,
        ...lasting,
        ...{ codecs, version, besidesAfterMs: besidesInMs() },
        ...(staging === null ? {} : { configOrders }),
        config: site,
        openLine: options.openLine ?? ((line) => openerOf(line, clock)),
        makeSpeaker: options.makeSpeaker ?? ((speaker) => realSpeaker(speaker, { clock, random })),
        diskWrites: () => readDiskWrites(installed.dataDir),
        makeUplink: (uplink, sight) =>
          realUplink(uplink, {
            site: parts.config,
            link,
            clock,
            sms,
            sight,
            version,
            news,
            watch: () => runner.runtime,
          }),
      });
    },
  });
  const desk = staging === null ? null : new ConfigDesk({ clock, log, runner, ...staging });
  if (desk !== null) configOrders.connect(desk);
  // Folder, lock and restore share one limit: a hung disk holds up the first scan only once.
  await runner.start(config, Math.max(restoreMinMs, restoreMaxMs - (clock.mono() - beganMono)));
  const rolledBack = versionRolledBackDraft(options.rolledBack);
  if (rolledBack !== null) runner.runtime.record([rolledBack]);
  life?.watching(() => runner.runtime, config);
  desk?.start();
  void commissioning.start();
  const cancelPanel = atOnceOr(clock, besidesInMs(), () => panel.start());
  const control = new ControlSocket(controlPath(config.dataDir), clock, (request) =>
    isCommissioningRequest(request)
      ? answerCommissioning(commissioning, request)
      : isConfigRequest(request)
        ? answerConfig(desk, request)
        : answerControl(runner.runtime, request, runner.runtime.orders),
  );
  void control.open().catch((error: unknown) => log.error({ error: String(error) }, 'control socket'));
  return {
    get runtime() {
      return runner.runtime;
    },
    stop: async () => {
      life?.stopping();
      cancelPanel();
      control.close();
      desk?.stop();
      const ends = [panel.stop(), commissioning.stop()];
      await runner.stop();
      await Promise.all(ends);
      await life?.stopped();
      return !sqlite.isStuck;
    },
  };
}

/** Sends an order of a district to its village, from wherever this program runs; see sync/mqtt/command-sender.ts. */
export function sendDistrictCommand(options: Omit<SendOptions, 'link'>): Promise<CommandResult | null> {
  return sendCommand({ ...options, link: new MqttClientLink() });
}

/** Which site file runs; only whoever holds the lock may ask. */
async function chooseSite({ config, installed, observe }: GatewayOptions, clock: Clock, log: Log) {
  if (installed === undefined) return null;
  const text = siteText(installed.text, installed.userProfiles);
  const staging = { ...(await openStaging({ text, config }, installed.checkNow, clock, log)), check: installed.check };
  const { site } = staging.started.running;
  observe?.({
    kind: 'site.file',
    sha256: site.sha256,
    isInstalled: wholeSum(site) === wholeSum(text),
    file: config.file,
  });
  return staging;
}

/** How a line is reached: a tty, or a connection on the network. */
export function openerOf(line: LineConfig, clock: Clock): OpenByteLink {
  return line.transport === 'serial' ? serialLinkOpener(line, clock) : tcpLinkOpener(line, clock);
}

interface UplinkParts {
  /** The site that the uplink belongs to. */
  readonly site: SiteConfig;
  readonly link: MqttClientLink;
  readonly clock: Clock;
  readonly sms: Pick<SmsParts, 'now' | 'record'>;
  readonly sight: UplinkSight;
  readonly version: string;
  readonly news: GbSiteNews;
  /** The gateway that watches. */
  readonly watch: () => GbWatch;
}

function realUplink(config: UplinkConfig, parts: UplinkParts): Uplink {
  const { site, link, clock, sms, sight, version, news, watch } = parts;
  const address = { district: site.site.district, site: site.site.id };
  switch (config.kind) {
    case 'mqtt':
      return new MqttUplink({ config, address, codes: new ExternalCodes(site), link, clock, random });
    case 'http':
      return new HttpUplink({
        ...{ config, site, link: new HttpClientLink(), clock, random },
        standing: standingNow(watch, clock),
        readingOf: (id) => numberNow(watch, id)?.value ?? null,
      });
    case 'sms':
      return makeSmsUplink(config, {
        ...sms,
        sight,
        site,
        clock,
        random,
        open: serialLinkOpener(smsPort(config), clock),
      });
    case 'gb26875':
      return new GbUplink({
        ...{ config, siteKey: `${address.district}/${address.site}`, link: new TcpGbLink(clock), clock, random },
        ...gbSiteOf({ config, site, version, clock, news, watch }),
      });
  }
}

/** The serial ports of this box: `list` them, and tell which process has one. */
export const serialPorts: {
  readonly list: () => Promise<readonly SerialPortInfo[]>;
  readonly holderOf: (path: string) => PortHolder | null;
} = { list: () => listSerialPorts(), holderOf: (path) => portHolder(path) };
/** The box's own pins, for whoever measures them while no gateway runs. Rejects with PIN-001. */
export function openPinBoard(driver: 'auto' | 'sysfs' | 'chip', clock: Clock): Promise<PinBoard> {
  return openRealPins(driver, clock);
}

/** How long durable commits take on the disk of a folder: for whoever measures it. */
export { trialCommits } from '../sync/journal/sqlite-trial.js';

/** Holds the data folder of a site as a gateway would, until the process ends: `taken` when a gateway (or another verb) has it. A folder
 * that is not there is nobody's. */
export async function holdDataFolder(config: SiteConfig, clock: Clock): Promise<'held' | 'taken' | 'unknown'> {
  if (!existsSync(config.dataDir)) return 'held';
  const address = { district: config.site.district, site: config.site.id };
  const store = new SqliteStore({ path: journalOf(config), clock, site: `${address.district}/${address.site}` });
  return store.lock();
}

/** A system that does not answer in time has no sensors but those that every box has. */
async function openBox({ dataDir, ups }: SiteConfig, clock: Clock): Promise<readonly BoxSensor[]> {
  const late = pause(clock, boxMaxMs).then(() => plainSensors({ dataDir, ups }));
  return Promise.race([openRealBox({ dataDir, ups }), late]);
}

async function openPins({ config, simulatedPins, life }: GatewayOptions, clock: Clock): Promise<PinBoard> {
  const board = await openPinsBy(config.gpio?.driver ?? 'simulated', clock, simulatedPins);
  return life?.isQuieted === true && board.afterProcessEnd === 'holds' ? new QuietedPins(board) : board;
}

/** The board of the box, for whoever acts while no gateway runs as well. Rejects with PIN-001. */
export async function openPinsBy(driver: PinDriverName, clock: Clock, simulated?: PinBoard): Promise<PinBoard> {
  if (driver !== 'simulated') return openRealPins(driver, clock);
  if (simulated === undefined) throw new DriverError('PIN-001', 'gpio', 'no simulated board here');
  return simulated;
}

type PinDriverName = NonNullable<SiteConfig['gpio']>['driver'];

function atOnceOr(clock: Clock, afterMs: number, run: () => void): Cancel {
  if (afterMs > 0) return clock.after(afterMs, run);
  run();
  return () => undefined;
}

function journalOf({ dataDir }: SiteConfig): string {
  return join(dataDir, 'journal.db');
}

/** Uniform in 0 ≤ r < 1. From the system's source, because ids must differ between boxes that boot alike. */
export function random(): number {
  return randomBytes(4).readUInt32LE() / 2 ** 32;
}
