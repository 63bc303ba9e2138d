/**
 * Reports to a platform over HTTP: one connection, one request at a time.
 *
 *   resting ──delay, Retry-After──▶ trying ──2xx, or a refusal of one message──▶ up
 *      ▲                              │                                         │
 *      └── not reached, no answer in time, 3xx, 401, 403, 404, 429, 5xx ◀───────┘        stop(), from anywhere ──▶ stopped
 *
 * A try is the request that failed, under the same key; else a sign of life. With https and a clock that can not be believed it rests
 * and looks again every 5 s.
 */
import type { EntryId, UplinkId } from '../../config/ids.js';
import type { HttpUplinkConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import { ExternalCodes } from '../mqtt/external-codes.js';
import type { ReadSecretFile } from '../mqtt/secrets.js';
import { isNewFire } from '../pump/carriable.js';
import { ReconnectRest } from '../reconnect-rest.js';
import type { Traffic } from '../traffic.js';
import { Untold } from '../untold.js';
import {
  type Report,
  type TelemetryReport,
  type Uplink,
  UplinkError,
  type UplinkEvents,
  type WhyNotTold,
} from '../uplink.js';
import { withinMs } from '../within.js';
import type { SiteFacts } from './device-facts.js';
import { Exchanges } from './exchanges.js';
import type { HttpAnswer, HttpLink, HttpRequest } from './http-link.js';
import type { HttpPart, HttpPreset, PresetOptions } from './http-preset.js';
import { Installs } from './installs.js';
import { bodyMaxBytes, type Group, Outbox, type OutboxItem } from './outbox.js';
import { presetOf } from './presets/preset-of.js';
import { RefusedBook } from './refused-book.js';
import { headRequest, plainRequest, requestOf } from './request-of.js';
import { SessionKeeper } from './session-keeper.js';
import { Stumbles } from './stumbles.js';
import { Unanswered } from './unanswered.js';
import { isAlive, ownFault, type Verdict, verdictOf } from './verdict.js';

/** Of the pump's window so many places are kept for the fire lane (sync/pump/send-window.ts). */
const fireReserve = 4;
/** Where each message is a request of its own, so many wait here besides. */
const singleWindow = 4;
/** A new fire waits no longer than this for a request that is under way: that is broken off, and made again behind it. */
const fireWaitMs = 1_000;
const clockLookMs = 5_000;
/** A 2xx that says no inside. */
const refusedInBody = 'success: 0';
const lastAnswerMaxMs = 1_000;
const goodbyeMaxMs = 700;

export interface HttpUplinkOptions {
  readonly config: HttpUplinkConfig;
  readonly site: SiteFacts;
  readonly link: HttpLink;
  readonly clock: Clock;
  readonly random: () => number;
  readonly standing?: PresetOptions['standing'];
  readonly readingOf?: PresetOptions['readingOf'];
  /** Default: from the disk. */
  readonly readSecretFile?: ReadSecretFile;
}

/** `group`: on its way. `again`: a request that failed, made again to find out whether the platform is back. */
interface Carrying {
  readonly kind: 'group' | 'again';
  readonly group: Group;
}
type Purpose = Carrying | { readonly kind: 'sign' | 'install' };

export class HttpUplink implements Uplink {
  readonly id: UplinkId;
  readonly windowMax: number;
  readonly #where: string;
  readonly #basePath: string;
  readonly #preset: HttpPreset;
  readonly #outbox: Outbox;
  readonly #refused = new RefusedBook();
  readonly #keeper: SessionKeeper;
  readonly #rest: ReconnectRest;
  #events: UplinkEvents | null = null;
  #isStopped = false;
  #isUp = false;
  #isClockTold = false;
  #upMono = 0;
  readonly #exchanges: Exchanges<Purpose>;
  readonly #installs: Installs;
  readonly #stumbles = new Stumbles();
  readonly #unanswered = new Unanswered();
  /** Taken while the pump had them back: they need not go again. */
  readonly #delivered = new Set<string>();
  readonly #untold = new Untold();
  #isTurning = false;
  #cancelHeartbeat: Cancel | null = null;

  constructor(private readonly options: HttpUplinkOptions) {
    const { config, site, link, clock, random, standing, readingOf, readSecretFile } = options;
    const address = { district: site.site.district, site: site.site.id };
    this.id = config.id;
    this.#where = `uplink ${config.id}`;
    this.#basePath = new URL(config.url).pathname.replace(/\/$/, '');
    const codes = new ExternalCodes(site);
    this.#preset = presetOf({ config, site, address, uplink: config.id, codes, standing, readingOf });
    const isList = config.preset === 'gengfu' && config.templates.report === null;
    this.windowMax = fireReserve + (isList ? config.batchMax : singleWindow);
    this.#outbox = new Outbox(config.batchMax);
    this.#keeper = new SessionKeeper({
      ...{ where: this.#where, config, link, clock },
      ...(readSecretFile === undefined ? {} : { readSecretFile }),
    });
    this.#exchanges = new Exchanges<Purpose>({
      ...{ where: this.#where, clock, timeoutMs: config.timeoutMs },
      ask: (request, signal) => this.#keeper.request(request, signal),
      onAnswer: (purpose, request, answer) => this.#answered(purpose, request, answer),
      onError: (purpose, error) => {
        this.#noteSent(purpose);
        this.#down(purpose, { kind: 'down', error, waitMs: null, status: null, isLoad: false });
      },
      onBroken: (purpose) => {
        this.#noteSent(purpose);
        if (purpose.kind === 'group') this.#outbox.putBack([purpose.group]);
      },
      onIdle: () => this.#turnSoon(),
    });
    this.#rest = new ReconnectRest({
      ...{ siteKey: `${address.district}/${address.site}`, clock, random },
      onEnd: (isHurried) => void this.#try(isHurried),
    });
    this.#installs = new Installs(this.#preset.installs(), clock, (error) => this.#events?.onImpaired?.(error));
  }

  /** When our own certificate ends, ms since 1970; null: there is none, or it was not read yet. */
  get certificateEndsWall(): number | null {
    return this.#keeper.certificate?.endsWall ?? null;
  }

  traffic(): Traffic {
    return this.#keeper.traffic;
  }

  start(events: UplinkEvents): void {
    this.#events = events;
    void this.#try(false);
  }

  send(report: Report): Promise<void> {
    const { entry } = report;
    const rank = isNewFire(entry) ? 'new-fire' : entry.lane === 'fire' ? 'fire' : 'other';
    return this.#post(entry.id, rank, () => this.#preset.report(report, this.#refused.isTooLarge(entry.id)));
  }

  sendTelemetry(report: TelemetryReport): Promise<void> {
    const { epoch, sequence } = report.pack;
    return this.#post(`${epoch}-pack-${sequence}`, 'other', () => this.#preset.telemetry(report));
  }

  /** Its language has no words for it. */
  whyNotTold(entry: EntryId): WhyNotTold | null {
    return this.#untold.has(entry) ? 'no-word' : null;
  }

  hurry(): void {
    this.#rest.hurry();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#rest.stop();
    this.#cancelHeartbeat?.();
    const { clock } = this.options;
    await withinMs(clock, lastAnswerMaxMs, this.#exchanges.ended);
    const goodbye = this.#isUp ? this.#preset.status({ state: 'offline', reason: 'stopped' }) : null;
    if (goodbye !== null && this.#exchanges.purpose === null) {
      const abort = new AbortController();
      const asked = this.#keeper.request(plainRequest(this.#basePath, goodbye), abort.signal);
      await withinMs(clock, goodbyeMaxMs, asked);
      abort.abort();
    }
    const stopped = new UplinkError('UPLINK-003', this.#where, 'stopped');
    const { purpose } = this.#exchanges;
    this.#exchanges.breakOff();
    if (purpose?.kind === 'group') for (const { reject } of purpose.group) reject(stopped);
    this.#letGo(stopped);
    this.#keeper.close();
  }

  #post(id: string, rank: OutboxItem['rank'], make: () => HttpPart | null): Promise<void> {
    if (!this.#isUp || this.#isStopped) return Promise.reject(new UplinkError('UPLINK-003', this.#where));
    if (this.#delivered.delete(id)) return Promise.resolve();
    let part: HttpPart | null;
    try {
      part = make();
    } catch (error) {
      return Promise.reject(error);
    }
    if (part === null) {
      this.#untold.note(id);
      return Promise.resolve();
    }
    const kept = part;
    const bytes = Buffer.byteLength(kept.json);
    if (bytes + 2 > bodyMaxBytes) {
      return Promise.reject(new UplinkError('UPLINK-006', this.#where, `${bytes} of ${bodyMaxBytes} bytes`));
    }
    return new Promise((resolve, reject) => {
      this.#outbox.add({ id, part: kept, bytes, rank, resolve, reject });
      this.#turnSoon();
    });
  }

  /** Never rejects: whatever goes wrong ends in #goDown. */
  async #try(isHurried: boolean): Promise<void> {
    if (this.#waitsForClock()) return;
    try {
      await this.#keeper.renew();
    } catch (error) {
      this.#goDown(
        error instanceof UplinkError ? error : new UplinkError('UPLINK-007', this.#where, null, error),
        null,
      );
      return;
    }
    if (this.#isStopped) return;
    const group = isHurried ? null : this.#stumbles.again;
    const again = group === null ? null : requestOf(this.#basePath, group);
    if (group !== null && again !== null) this.#begin(again, { kind: 'again', group });
    else this.#signOfLife();
  }

  /** Told once; a new look at the clock is no news. */
  #waitsForClock(): boolean {
    const { clock, config } = this.options;
    const isWaiting = config.url.startsWith('https:') && clock.trust() === 'untrusted';
    if (isWaiting) {
      this.#rest.until(clock.mono() + clockLookMs);
      if (!this.#isClockTold) this.#events?.onDown(new UplinkError('UPLINK-009', this.#where));
    }
    this.#isClockTold = isWaiting;
    return isWaiting;
  }

  #signOfLife(): void {
    const { clock } = this.options;
    const part = this.#preset.status({ state: 'online', wall: clock.wall(), clock: clock.trust() });
    this.#begin(part === null ? headRequest(this.#basePath) : plainRequest(this.#basePath, part), { kind: 'sign' });
  }

  /** All that is handed over in one go shares a request. */
  #turnSoon(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    queueMicrotask(() => {
      this.#isTurning = false;
      this.#turn();
    });
  }

  #turn(): void {
    if (!this.#isUp || this.#isStopped) return;
    const { purpose } = this.#exchanges;
    if (purpose !== null) {
      this.#watchFire(purpose);
      return;
    }
    this.#keeper.refreshIfOld();
    const group = this.#outbox.next(({ id }) => this.#stumbles.isSuspect(id) || this.#refused.has(id));
    const request = group === null ? null : requestOf(this.#basePath, group);
    const install = group === null ? this.#installs.next : null;
    if (group !== null && request !== null) this.#begin(request, { kind: 'group', group });
    else if (install !== null) this.#begin(plainRequest(this.#basePath, install), { kind: 'install' });
    else this.#armHeartbeat();
  }

  #armHeartbeat(): void {
    const { clock, config } = this.options;
    this.#cancelHeartbeat?.();
    this.#cancelHeartbeat = clock.after(config.heartbeatMs, () => {
      if (this.#isUp && this.#exchanges.purpose === null && !this.#isStopped) this.#signOfLife();
    });
  }

  #begin(request: HttpRequest, purpose: Purpose): void {
    this.#cancelHeartbeat?.();
    this.#exchanges.begin(request, purpose);
    this.#watchFire(purpose);
  }

  /** A new fire does not wait behind something slow: on a thin link the bytes of a batch lie in buffers that nothing overtakes. */
  #watchFire(purpose: Purpose): void {
    const isFire = 'group' in purpose && purpose.group.some(({ rank }) => rank === 'new-fire');
    if (this.#outbox.hasNewFire && !isFire) this.#exchanges.breakAfter(fireWaitMs);
  }

  #answered(purpose: Purpose, { method }: HttpRequest, answer: HttpAnswer): void {
    const verdict = verdictOf(this.#where, answer, this.options.clock.wall());
    if (purpose.kind === 'sign') {
      if (isAlive(method === 'HEAD' ? 'HEAD' : 'POST', answer, verdict)) this.#signed(answer.status);
      else if (verdict.kind === 'down') this.#goDown(verdict.error, verdict.waitMs);
    } else if (!('group' in purpose)) this.#installed(verdict, answer);
    else if (this.#unanswered.isThere(purpose.group, answer.status, this.options.clock.mono())) this.#took(purpose);
    else if (verdict.kind === 'down') this.#down(purpose, verdict);
    else if (verdict.kind === 'refused') this.#refuse(purpose, verdict.isTooLarge, verdict.got);
    else if (this.#preset.accepts(answer.body)) this.#took(purpose);
    else this.#refuse(purpose, false, refusedInBody);
  }

  #noteSent(purpose: Purpose): void {
    if ('group' in purpose && this.#keeper.hasSent) this.#unanswered.lost(purpose.group);
  }

  /** A platform that lacks the interface, or has trouble with it, takes reports all the same. */
  #installed(verdict: Verdict, answer: HttpAnswer): void {
    if (verdict.kind === 'down' && verdict.error.code === 'UPLINK-030') this.#goDown(verdict.error, null);
    else if (verdict.kind === 'down') this.#installs.postponed(verdict.error, verdict.waitMs);
    else if (verdict.kind === 'ok' && this.#preset.accepts(answer.body)) this.#installs.took();
    else {
      const got = verdict.kind === 'ok' ? refusedInBody : verdict.got;
      this.#installs.refused(new UplinkError('UPLINK-005', this.#where, got));
    }
  }

  #took({ kind, group }: Carrying): void {
    this.#rest.succeeded();
    this.#stumbles.passed(group, true);
    this.#unanswered.taken(group);
    this.#refused.took(group.map(({ id }) => id));
    for (const { id, resolve } of group) {
      if (kind === 'again') this.#delivered.add(id);
      resolve();
    }
    this.#goUp();
  }

  /** Of several the one is looked for; alone, it is held by the pump and tried again, and given up at last unless it belongs to a fire. */
  #refuse({ kind, group }: Carrying, isTooLarge: boolean, got: string): void {
    this.#stumbles.passed(group, false);
    const [first] = group;
    if (kind === 'group' && group.length > 1) {
      const middle = Math.ceil(group.length / 2);
      this.#outbox.putBack([group.slice(0, middle), group.slice(middle)]);
    } else if (kind === 'group' && first !== undefined) {
      const isRefused = !this.#unanswered.isOpen(first.id) && this.#refused.refuse(first.id, isTooLarge);
      const isGivenUp = isRefused && first.rank === 'other';
      if (isGivenUp) this.#refused.forget(first.id);
      first.reject(new UplinkError(isGivenUp ? 'UPLINK-035' : 'UPLINK-005', this.#where, got));
    }
    this.#goUp();
  }

  #down(purpose: Purpose, { error, waitMs, status, isLoad }: Verdict & { readonly kind: 'down' }): void {
    if (!('group' in purpose)) {
      this.#goDown(error, waitMs);
      return;
    }
    const { kind, group } = purpose;
    if ((status !== null || kind === 'group') && this.#stumbles.isFound({ group, isLoad })) {
      this.#refuse(purpose, false, error.got ?? '');
      // Without an answer nobody knows whether the path is still there.
      if (status === null) this.#goDown(error, waitMs);
      return;
    }
    this.#stumbles.failed({ group, error, status, isLoad });
    if (kind === 'group')
      for (const { reject } of group) reject(new UplinkError('UPLINK-003', this.#where, null, error));
    this.#goDown(error, waitMs);
  }

  #signed(status: number): void {
    const still = this.#stumbles.alive(status);
    if (still === null) this.#goUp();
    else this.#goDown(still, null);
  }

  #goUp(): void {
    if (this.#isUp || this.#isStopped) return;
    this.#isUp = true;
    this.#upMono = this.options.clock.mono();
    this.#events?.onUp();
    this.#turnSoon();
  }

  #goDown(error: UplinkError, waitMs: number | null): void {
    const { clock } = this.options;
    const upForMs = this.#isUp ? clock.mono() - this.#upMono : null;
    this.#isUp = false;
    this.#cancelHeartbeat?.();
    this.#delivered.clear();
    this.#letGo(error);
    if (this.#isStopped) return;
    this.#rest.begin(upForMs, waitMs);
    this.#events?.onDown(ownFault(this.#where, error, this.#keeper.certificate, clock.wall()));
  }

  #letGo(cause: UplinkError): void {
    for (const { reject } of this.#outbox.empty()) reject(new UplinkError('UPLINK-003', this.#where, null, cause));
  }
}
