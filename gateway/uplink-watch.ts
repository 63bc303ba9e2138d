/** One uplink as the gateway sees it: its pump, how it stands, and the faults it can be in. */
import type { EntryId, UplinkId } from '../config/ids.js';
import { quoteOutside } from '../config/problem.js';
import type { SiteConfig, UplinkConfig } from '../config/site.js';
import type { Lane } from '../config/vocabulary.js';
import type { Clock } from '../drivers/clock.js';
import type { Entry, EntryDraft, StoredEntry } from '../sync/journal/entry.js';
import type { JournalCore } from '../sync/journal/journal-core.js';
import type { MarkRow } from '../sync/journal/store.js';
import { ageMs } from '../sync/pump/age.js';
import type { CarriedLaneName } from '../sync/pump/lane-source.js';
import type { PositionKeeper } from '../sync/pump/position-keeper.js';
import { Pump, type PumpEvents } from '../sync/pump.js';
import type { ReceiptFault, ReceiptRules } from '../sync/receipt-book.js';
import { isTold } from '../sync/tell-filter.js';
import {
  type CentreAsked,
  type CentreRequest,
  type Uplink,
  UplinkError,
  type UplinkErrorCode,
} from '../sync/uplink.js';
import { uplinkErrorWords } from '../sync/uplink-words.js';
import { impairedSubject, pathSubject, receiptSubject, refusedSubject, uplinkSubject } from './alarm/site-subjects.js';
import type { TellFault } from './alarm/subject.js';
import type { FireDebt } from './annunciator/lamp-states.js';
import { CertificateWatch } from './health/certificate-watch.js';
import type { Log } from './log.js';
import { NotToldRows } from './not-told-rows.js';
import type { Observation } from './observation.js';
import { PassedOver } from './passed-over.js';
import { deadPathDetail } from './path-fault.js';
import { PathWatch } from './path-watch.js';
import { ReceiptWatch } from './receipt-watch.js';
import { settleMsOf, UplinkOutage } from './uplink-outage.js';
import type { UplinkStatus } from './uplink-status.js';
import { UplinkTestEntry } from './uplink-test-entry.js';
import type { WayBook } from './way-book.js';

/** What these have got begins with a topic. */
const namingTopics: ReadonlySet<UplinkErrorCode> = new Set(['UPLINK-016', 'UPLINK-018']);
/** Ignored receipts are logged once in so long, with their number. */
const ignoredEveryMs = 60_000;

export interface UplinkWatchOptions {
  readonly config: UplinkConfig;
  /** Whose receipts count. */
  readonly site: Pick<SiteConfig, 'site' | 'commandKeys'>;
  readonly inUse: ReadonlySet<UplinkId>;
  readonly uplink: Uplink;
  readonly journal: JournalCore;
  readonly keeper: PositionKeeper;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly observe: (observation: Observation) => void;
  readonly onFault: TellFault;
  readonly record: (drafts: readonly EntryDraft[], marks?: readonly MarkRow[]) => void;
  /** Which way each alarm goes. */
  readonly ways: WayBook;
  /** When an entry of this start was stamped; null for others. */
  readonly stampedMono: (entryId: EntryId) => number | null;
  /** Whether the data budget of the uplink allows a pack now. */
  readonly mayCarryTelemetry?: ((uplink: UplinkId) => boolean) | undefined;
  readonly onRequest?: ((request: CentreRequest) => void) | undefined;
  /** Of a centre whose language has no signed orders. */
  readonly onAsked?: ((uplink: UplinkId, asked: CentreAsked) => void) | undefined;
  /** This centre can be reached (again). */
  readonly onReached?: ((uplink: UplinkId) => void) | undefined;
}

export class UplinkWatch {
  readonly id: UplinkId;
  readonly #pump: Pump;
  readonly #passedOver: PassedOver;
  readonly #notTold = new NotToldRows();
  readonly #test: UplinkTestEntry;
  readonly #certificate: CertificateWatch;
  readonly #outage: UplinkOutage;
  /** Null: no receipts are wanted. */
  readonly #receipts: ReceiptWatch | null;
  readonly #path: PathWatch;
  /** Undefined until it was up or down for the first time. */
  #error: UplinkError | null | undefined;
  #refusal: UplinkError | null = null;
  #impairment: UplinkError | null = null;
  /** The newest entry of the fire lane, as long as it is not carried: until it is durable no pump knows of it. */
  #newestFire: EntryId | null = null;
  #fireCarriedMono: number | null = null;
  #carriedMono: number | null = null;
  #ignored = 0;
  #ignoredToldMono = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: UplinkWatchOptions) {
    const { config, site, inUse, uplink, journal, keeper, clock, random, record, mayCarryTelemetry } = options;
    this.id = config.id;
    this.#test = new UplinkTestEntry(config);
    this.#passedOver = new PassedOver({ uplink: config.id, clock, record });
    this.#certificate = new CertificateWatch(config, clock, options.onFault);
    this.#outage = new UplinkOutage(
      clock,
      (error) => options.onFault(uplinkSubject(config), error !== null, toldOf(error)),
      settleMsOf(config),
    );
    this.#receipts =
      config.receipts === 'none'
        ? null
        : new ReceiptWatch(
            config.receiptWithinMs,
            (isOverdue) => this.#tellReceipts(isOverdue),
            (lane) => this.#tellAgain(lane),
          );
    this.#path = new PathWatch({
      ...{ clock, uplink, mustConfirm: config.kind !== 'sms' },
      onFault: (dead) => options.onFault(pathSubject(config), dead !== null, deadPathDetail(dead)),
    });
    this.#pump = new Pump({
      ...{ uplink, journal, clock, random, keeper, inUse, tell: config.tell, pacePerS: config.pacePerS },
      withTelemetry: config.telemetry !== 'none',
      ...(mayCarryTelemetry === undefined ? {} : { mayCarryTelemetry: () => mayCarryTelemetry(config.id) }),
      receipts: receiptRules(config, site),
      events: this.#events(),
    });
  }

  /** How it stands with the fire lane. */
  get fireDebt(): FireDebt {
    return { isOwed: this.#newestFire !== null || this.#pump.owesFire, carriedMono: this.#fireCarriedMono };
  }

  /** Reports go to a centre, and not to people's telephones. */
  get isCentre(): boolean {
    return this.options.config.kind !== 'sms';
  }

  /** The centre can be reached now. */
  get isUp(): boolean {
    return this.#error === null;
  }

  get status(): UplinkStatus {
    const pump = this.#pump;
    const [fire, journal, telemetry] = [pump.lane('fire'), pump.lane('journal'), pump.lane('telemetry')];
    const { fire: firesWaiting, others, oldest } = pump.waiting;
    const lanes = [fire, journal, telemetry].filter((lane) => lane !== null);
    const queued = [...lanes.map(({ rows }) => rows.oldest?.place ?? null), oldest].filter((row) => row !== null);
    const walls = queued.map(({ wall }) => wall);
    return {
      ...{ id: this.id, way: this.options.config.kind, isUp: this.isUp, path: this.#path.state },
      error: this.#error ?? null,
      queued: {
        fire: (fire?.queued ?? 0) + firesWaiting,
        journal: (journal?.queued ?? 0) + others,
        telemetry: telemetry?.queued ?? 0,
      },
      oldestWall: walls.length === 0 ? null : Math.min(...walls),
      oldestAgeMs: this.#oldestAgeMs(queued),
      unkept: lanes.reduce((sum, { unkept }) => sum + unkept.rows, 0),
      modem: this.options.uplink.modem ?? null,
      carriedMono: this.#carriedMono,
      test: this.#test.state(journal?.kept ?? 0),
    };
  }

  start(): void {
    this.#pump.start();
  }

  /** An answer to a command, if the centre can be reached now: the journal tells it anyway. */
  answer(bytes: Uint8Array): void {
    const { uplink, config, log } = this.options;
    void uplink.answer?.(bytes).catch((error: unknown) => {
      log.warn({ uplink: config.id, error: String(error) }, 'an answer to a command was not sent');
    });
  }

  /** Asked every 10 s: what nothing else tells, only the time that passes. */
  look(): void {
    this.#certificate.look(this.options.uplink.certificateEndsWall ?? null);
    if (this.#pump.lane('fire') === null) return;
    this.#path.look(this.#owes && this.#refusal === null);
    const unkept = (lane: CarriedLaneName): number => this.#pump.lane(lane)?.unkept.rows ?? 0;
    this.#receipts?.look(unkept, this.isUp, this.options.clock.mono());
  }

  /** New entries, before they are durable. */
  see(entries: readonly Entry[]): void {
    this.#test.see(entries);
    const { tell } = this.options.config;
    const newest = entries.findLast((entry) => entry.lane === 'fire' && isTold(tell, entry));
    this.#newestFire = newest?.id ?? this.#newestFire;
  }

  async stop(): Promise<void> {
    this.#outage.stop();
    await this.#pump.stop();
    this.#passedOver.tell();
  }

  /** New rows are durable: these, and perhaps packs. */
  wake(entries: readonly StoredEntry[]): void {
    this.#notTold.durable(entries);
    this.#test.durable(entries);
    this.#pump.wake(entries);
  }

  offerFromMemory(entry: Entry): void {
    this.#pump.offerFromMemory(entry);
  }

  /** Tells all faults as they are now. */
  retell(): void {
    const { config, onFault } = this.options;
    this.#outage.retell();
    onFault(refusedSubject(config), this.#refusal !== null, toldOf(this.#refusal));
    onFault(impairedSubject(config), this.#impairment !== null, toldOf(this.#impairment));
    this.#certificate.retell();
    this.#receipts?.retell();
    this.#path.retell();
  }

  /** Of a row: this centre has confirmed it, with a receipt where it sends receipts; by its place, and unless it was passed over. */
  hasConfirmed(entry: StoredEntry): boolean {
    const { tell, receipts } = this.options.config;
    const lane = entry.lane === 'fire' || entry.lane === 'journal' ? this.#pump.lane(entry.lane) : null;
    if (lane === null || !isTold(tell, entry) || this.#notTold.mayHold(entry)) return false;
    return entry.position <= (receipts === 'none' ? lane.position : lane.kept);
  }

  /** Something waits that is no measurement. */
  get #owes(): boolean {
    const { fire, others } = this.#pump.waiting;
    const queued = (lane: 'fire' | 'journal'): number => this.#pump.lane(lane)?.queued ?? 0;
    return fire + others + queued('fire') + queued('journal') > 0;
  }

  #events(): PumpEvents {
    const { config, clock, log, observe, stampedMono, onRequest, ways } = this.options;
    return {
      onCarried: ({ entryId, durable, lane }) => {
        const why = this.options.uplink.whyNotTold?.(entryId) ?? null;
        this.#sawCarried(why === null);
        if (why !== null) this.#noteNotTold(entryId, lane);
        ways.carried(entryId, config.id, why);
        this.#test.carried(entryId, why);
        if (lane === 'fire') this.#settle(entryId, clock.mono());
        const stamped = stampedMono(entryId);
        const tookMs = stamped === null ? null : clock.mono() - stamped;
        observe({ kind: 'report.carried', entryId, uplink: config.id, durable, tookMs });
      },
      onPackCarried: () => this.#sawCarried(true),
      onUp: () => {
        observe({ kind: 'uplink.up', uplink: config.id });
        this.#error = null;
        this.#path.up();
        this.#outage.up();
        this.retell();
        this.options.onReached?.(config.id);
      },
      onDown: (error) => {
        log.warn({ uplink: config.id, code: error.code, error: error.message }, 'uplink down');
        observe({ kind: 'uplink.down', uplink: config.id, code: error.code });
        this.#error = error;
        this.#path.down();
        this.#outage.down(error);
        this.retell();
      },
      onRefused: (error) => {
        this.#refusal = error;
        this.retell();
      },
      onImpaired: (error) => {
        this.#impairment = error;
        this.retell();
      },
      onPassedOver: (passed) => {
        const { entryId, error } = passed;
        if (entryId !== null) {
          this.#settle(entryId, this.#fireCarriedMono);
          this.#noteNotTold(entryId, passed.lane);
          ways.passedOver(entryId, config.id);
          observe({ kind: 'report.passed_over', entryId, uplink: config.id });
        }
        log.error({ uplink: config.id, entryId, code: error.code }, 'report passed over');
        this.#passedOver.see(passed);
      },
      onKept: (lane) => {
        this.#receipts?.kept(lane);
        const position = this.#pump.lane(lane)?.kept;
        if (position === undefined) return;
        ways.receipted(config.id, lane, position);
        observe({ kind: 'report.kept', uplink: config.id, lane, position });
      },
      onReceiptIgnored: (why) => this.#tellIgnored(why),
      onRequest: (request) => onRequest?.(request),
      onAsked: (asked) => this.options.onAsked?.(config.id, asked),
    };
  }

  #noteNotTold(entryId: EntryId, lane: Lane): void {
    this.#notTold.add(entryId, (lane === 'local' ? null : this.#pump.lane(lane))?.position ?? 0);
  }

  #oldestAgeMs(rows: readonly Parameters<typeof ageMs>[0][]): number | null {
    const { clock, journal } = this.options;
    const now = { boot: journal.boot, mono: clock.mono(), wall: clock.wall(), trust: clock.trust() };
    const ages = rows.map((row) => ageMs(row, now));
    return ages.includes(null) ? null : ages.reduce<number | null>((most, age) => Math.max(most ?? 0, age ?? 0), null);
  }

  /** What needs nobody to hear of it moves the path along, and says nothing of the centre. */
  #sawCarried(isTold: boolean): void {
    if (isTold) this.#carriedMono = this.options.clock.mono();
    this.#path.carried();
  }

  #settle(entryId: EntryId, carriedMono: number | null): void {
    if (entryId === this.#newestFire) this.#newestFire = null;
    this.#fireCarriedMono = carriedMono;
  }

  #tellAgain(lane: CarriedLaneName): void {
    this.options.log.warn({ uplink: this.id, lane }, 'no receipt: what is not kept is told again');
    this.#pump.tellAgain(lane);
  }

  #tellReceipts(isOverdue: boolean): void {
    const { config, onFault } = this.options;
    const error = isOverdue ? new UplinkError('UPLINK-010', config.id) : null;
    onFault(receiptSubject(config), isOverdue, toldOf(error));
  }

  #tellIgnored(why: ReceiptFault): void {
    const { clock, config, log } = this.options;
    this.#ignored += 1;
    if (clock.mono() - this.#ignoredToldMono < ignoredEveryMs) return;
    log.warn({ uplink: config.id, why, times: this.#ignored }, 'receipts ignored');
    this.#ignoredToldMono = clock.mono();
    this.#ignored = 0;
  }
}

/** As the detail of a fault; empty for none. Whoever grants rights at the broker has to know on which topic. */
function toldOf(error: UplinkError | null): Parameters<TellFault>[2] {
  if (error === null) return {};
  // The centre reads it too: which file, but not where the box keeps it.
  const file = error.code === 'UPLINK-007' ? (error.got?.replace(/^.*\//, '') ?? null) : error.got;
  const { zh, en } = uplinkErrorWords({ code: error.code, got: file });
  const got = error.got === null || !namingTopics.has(error.code) ? {} : { got: quoteOutside(error.got) };
  return { code: error.code, error_zh: zh, error_en: en, ...got };
}

function receiptRules(
  { receipts: mode }: UplinkConfig,
  { site, commandKeys: keys }: UplinkWatchOptions['site'],
): ReceiptRules | null {
  return mode === 'none' ? null : { mode, district: site.district, site: site.id, keys };
}
