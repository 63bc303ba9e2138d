/**
 * Reports to a centre of GB/T 26875.3-2011 over TCP. The machine of session.ts decides; here are the socket, the timers, and what waits.
 *
 *   resting ──delay──▶ connecting ──open──▶ greeting ──▶ up
 *      ▲                   │                    │         │
 *      └── no answer, lost, refused, all resends without a word ┘      stop(), from anywhere ──▶ stopped
 */
import type { EntryId, UplinkId } from '../../config/ids.js';
import type { GbUplinkConfig } from '../../config/site-telling.js';
import { type Cancel, type Clock, localOffsetMin } from '../../drivers/clock.js';
import { isNewFire } from '../pump/carriable.js';
import { ReconnectRest } from '../reconnect-rest.js';
import type { Traffic } from '../traffic.js';
import { Untold } from '../untold.js';
import { type Report, type TelemetryReport, type Uplink, UplinkError, type UplinkEvents } from '../uplink.js';
import { withinMs } from '../within.js';
import { counting } from './centre-asks.js';
import { decodeAdu } from './decode-adu.js';
import { encodeAdu } from './encode-adu.js';
import { mayBegin } from './exchanges.js';
import type { GbAdu, GbTime } from './frame-types.js';
import type { GbFramed } from './framer.js';
import { exchangeFailure, unsayable } from './gb-failures.js';
import type { GbConnection, GbLink } from './gb-link.js';
import type { GbTellings } from './gb-tellings.js';
import { GbWire } from './gb-wire.js';
import { loginAdu, type ReadPassword } from './login.js';
import { GbOutbox, type GbRank } from './outbox.js';
import { readBytes } from './read-bytes.js';
import { asksStates, type GbSite } from './reads.js';
import { dueMono, newSession, step } from './session.js';
import type { GbCounted, GbEffect, GbInput, GbOrder, GbSession } from './session-types.js';
import { shortCodes } from './short-frames.js';
import type { GbTold } from './telling.js';
import { gbTimeOf, wallOfGbTime } from './time-tag.js';
import { allStates, standingStates, statesNow } from './told-states.js';

/** Objects in a frame of type 2, which most reports are: so many of them go together. */
const batchReports = 22;
/** What a pump keeps free for fires. */
const fireReserve = 4;
const windowMaxReports = 104;
/** With so much of ours in the socket's buffer nothing that was asked is answered: a fire would wait behind it. */
const answerBufferMaxBytes = 4_096;
const stopMaxMs = 1_500;
/** States that wait until they are known are looked at so often. */
const knownLookMs = 1_000;
/** What has changed is told when nothing was to be reported for so long: in a drain its own end mostly comes by itself. */
const changedRestMs = 1_000;

export interface GbUplinkOptions {
  readonly config: GbUplinkConfig;
  /** District and site: whose phase of reconnecting it has. */
  readonly siteKey: string;
  readonly tellings: GbTellings;
  readonly site: GbSite;
  readonly link: GbLink;
  readonly clock: Clock;
  readonly random: () => number;
  /** Default: from the disk. */
  readonly readPassword?: ReadPassword;
}

export class GbUplink implements Uplink {
  readonly id: UplinkId;
  readonly #where: string;
  readonly #rest: ReconnectRest;
  readonly #wire: GbWire;
  readonly #outbox: GbOutbox;
  readonly #untold = new Untold();
  #session: GbSession = newSession();
  #events: UplinkEvents | null = null;
  #isStopped = false;
  #upMono = 0;
  #hasToldStanding = false;
  /** When something was to be reported last. */
  #askedMono = 0;
  /** The data unit of handshake `login`. */
  #login: Uint8Array | null = null;
  #timer: { readonly atMono: number; readonly cancel: Cancel } | null = null;
  #flushing: { readonly atMono: number; readonly cancel: Cancel } | null = null;

  constructor(private readonly options: GbUplinkOptions) {
    const { config, siteKey, random, clock, link } = options;
    this.id = config.id;
    this.#where = `uplink ${config.id}`;
    this.#rest = new ReconnectRest({ siteKey, clock, random, onEnd: () => void this.#connect() });
    this.#outbox = new GbOutbox(statesNow(options.site, () => this.#now()));
    this.#wire = new GbWire({
      ...{ config, where: this.#where, link, clock },
      onOpen: () => this.#step({ kind: 'connected', login: this.#login }),
      onFramed: (framed) => this.#came(framed),
      onClosed: (error) => this.#closed(error),
      onFlood: (error) => this.#drop(error),
    });
  }

  /** One batch for each exchange that may be under way: what is asked while it is, goes in the next one. */
  get windowMax(): number {
    return Math.min(windowMaxReports, fireReserve + batchReports * this.options.config.outstandingMax);
  }

  /** When the centre said anything last, monotonic ms; null: not on this link. */
  get lastHeardMono(): number | null {
    const { heardMono } = this.#session;
    return Number.isFinite(heardMono) ? heardMono : null;
  }

  /** Where there is a sign of life it is confirmed, or the link is given up before this. Null: this platform promises nothing. */
  get expectsHeardWithinMs(): number | null {
    const { dialect, timeoutMs, resends } = this.options.config;
    if (dialect.heartbeat === 'none' || this.#session.phase !== 'up') return null;
    return dialect.heartbeatMs + (resends + 2) * timeoutMs;
  }

  /** What came and was not acted on. */
  get counted(): Readonly<Record<GbCounted, number>> {
    return this.#session.counted;
  }

  /** Null: it was said, or it is long ago. */
  whyNotTold(entry: EntryId): 'no-word' | null {
    return this.#untold.has(entry) ? 'no-word' : null;
  }

  traffic(): Traffic {
    return this.#wire.traffic;
  }

  start(events: UplinkEvents): void {
    this.#events = events;
    void this.#connect();
  }

  send(report: Report): Promise<void> {
    const { entry, isHistorical } = report;
    const { lane } = entry;
    const freshFire: GbRank = isHistorical ? 'old-fire' : 'fire';
    const rank: GbRank = isNewFire(entry) ? freshFire : lane === 'fire' ? 'fire-lane' : 'others';
    return this.#ask(() => {
      const all = this.options.tellings.entry(entry, report.durable && report.isOvertaken === true);
      if (all.length === 0) this.#untold.note(entry.id);
      return all;
    }, rank);
  }

  sendTelemetry({ pack }: TelemetryReport): Promise<void> {
    if (this.options.config.telemetry === 'none') return Promise.resolve();
    return this.#ask(() => this.options.tellings.pack(pack), 'others');
  }

  hurry(): void {
    this.#rest.hurry();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#rest.stop();
    const connection = this.#forget(new UplinkError('UPLINK-003', this.#where, 'stopped'));
    if (connection === null) return;
    await withinMs(this.options.clock, stopMaxMs, connection.end());
    connection.drop();
  }

  /** Never rejects: whatever goes wrong ends in #closed. */
  async #connect(): Promise<void> {
    try {
      this.#login = await loginAdu(this.options.config, this.options);
    } catch (error) {
      this.#closed(error instanceof UplinkError ? error : new UplinkError('UPLINK-007', this.#where, null, error));
      return;
    }
    if (!this.#isStopped) this.#wire.open();
  }

  /** Refused when it can not be said; nothing at all to say is said at once. */
  #ask(make: () => readonly GbTold[], rank: GbRank): Promise<void> {
    if (this.#session.phase !== 'up') return Promise.reject(new UplinkError('UPLINK-003', this.#where));
    let all: readonly GbTold[];
    try {
      all = make();
      // What can not be written is found now, and spoils no frame of others.
      for (const told of all) for (const adu of told()) this.#encode(adu);
    } catch (error) {
      return Promise.reject(unsayable(this.#where, error));
    }
    if (all.length === 0) return Promise.resolve();
    if (this.#outbox.isFull) return Promise.reject(new UplinkError('UPLINK-003', this.#where, 'too many wait'));
    this.#askedMono = this.options.clock.mono();
    const asked = this.#outbox.add(all, rank);
    this.#flushLater();
    return asked;
  }

  /** Behind everything that is asked in this turn, so that neighbours go in one frame. */
  #flushLater(afterMs = 0): void {
    const { clock } = this.options;
    const atMono = clock.mono() + afterMs;
    if (this.#flushing !== null && this.#flushing.atMono <= atMono) return;
    this.#flushing?.cancel();
    const cancel = clock.exactly(atMono, () => {
      this.#flushing = null;
      this.#flush();
    });
    this.#flushing = { atMono, cancel };
  }

  #flush(): void {
    const { config, site, clock } = this.options;
    for (;;) {
      const session = this.#session;
      const states = site.isKnown();
      const changed = clock.mono() - this.#askedMono >= changedRestMs;
      const may = { fire: mayBegin(session, config, true), others: mayBegin(session, config, false), states, changed };
      const load = may.fire || may.others ? this.#outbox.next(may) : null;
      if (load === null) {
        if (this.#outbox.hasStates) this.#flushLater(knownLookMs);
        return;
      }
      const { id, isFire } = load;
      let adu: Uint8Array;
      try {
        adu = this.#encode(load.adu);
      } catch (error) {
        this.#outbox.failed(id, unsayable(this.#where, error));
        continue;
      }
      this.#step({ kind: 'send', id, adu, isFire });
    }
  }

  #came(framed: GbFramed): void {
    switch (framed.kind) {
      case 'frame': {
        const decoded = decodeAdu(framed.frame.adu, this.options.config.dialect);
        this.#step({ kind: 'frame', frame: framed.frame, adu: decoded.ok ? decoded.adu : null });
        return;
      }
      case 'short':
        this.#step({ kind: 'short', short: framed.code === shortCodes.keepAlive ? 'alive' : 'reply' });
        return;
      case 'bad':
        this.#step({ kind: 'bad', head: framed.head });
    }
  }

  #step(input: GbInput): void {
    const { config, clock } = this.options;
    const rules = { ...config, ...config.dialect };
    const { state, effects } = step(this.#session, rules, input, clock.mono());
    this.#session = state;
    for (const effect of effects) this.#do(effect);
    this.#arm();
  }

  #do(effect: GbEffect): void {
    switch (effect.kind) {
      case 'send':
        this.#wire.send(effect.frame, this.#now());
        return;
      case 'short':
        this.#wire.sendShort(effect.short);
        return;
      case 'up':
        this.#upMono = this.options.clock.mono();
        if (!this.#hasToldStanding) this.#outbox.tellStanding(standingStates(this.options.site, () => this.#now()));
        this.#hasToldStanding = true;
        this.#events?.onUp();
        // States that the last link did not carry.
        this.#flushLater();
        return;
      case 'confirmed':
        this.#outbox.confirmed(effect.id);
        this.#flushLater();
        return;
      case 'failed':
        this.#outbox.failed(effect.id, exchangeFailure(this.#where, effect.why, this.options.config.resends));
        this.#flushLater();
        return;
      case 'close':
        this.#drop(
          effect.why === 'refused'
            ? new UplinkError('UPLINK-002', this.#where, 'denied at the handshake')
            : new UplinkError('UPLINK-004', this.#where, 'no word for all resends'),
        );
        return;
      case 'order':
        this.#order(effect.order);
        return;
      case 'read':
        this.#read(effect);
    }
  }

  #order(order: GbOrder): void {
    if (order.kind === 'initialise') {
      this.#outbox.tellStates(allStates(this.options.site, () => this.#now()));
      this.#flushLater();
      this.#events?.onAsked?.({ kind: 'initialise' });
    } else if (order.kind === 'clock') this.#events?.onAsked?.({ kind: 'clock', wall: this.#wallOf(order.time) });
    else this.#events?.onAsked?.(order);
  }

  #read({ to, adu }: Extract<GbEffect, { kind: 'read' }>): void {
    if (this.#wire.waitingBytes > answerBufferMaxBytes) return;
    // Nobody knows yet, and "normal" would be wrong: whoever asks asks again.
    if (asksStates(adu) && !this.options.site.isKnown()) return;
    const now = { time: this.#now(), wallOf: (time: GbTime) => this.#wallOf(time) };
    const answer = readBytes(adu, this.options.site, now, this.options.config.dialect);
    if (answer.isBroken) this.#session = counting(this.#session, 'malformed');
    this.#step({ kind: 'answer', to, adu: answer.adu });
  }

  #encode(adu: GbAdu): Uint8Array {
    return encodeAdu(adu, this.options.config.dialect);
  }

  /** Null: this clock shows a year that the language has no room for. */
  #now(): GbTime | null {
    const wall = this.options.clock.wall();
    try {
      return gbTimeOf(wall, localOffsetMin(wall));
    } catch {
      return null;
    }
  }

  #wallOf(time: GbTime): number {
    return wallOfGbTime(time, localOffsetMin(this.options.clock.wall()));
  }

  #arm(): void {
    const { clock } = this.options;
    const atMono = dueMono(this.#session);
    if (this.#timer?.atMono === atMono) return;
    this.#timer?.cancel();
    this.#timer = null;
    if (atMono === Number.POSITIVE_INFINITY) return;
    const cancel = clock.after(Math.max(0, atMono - clock.mono()), () => {
      this.#timer = null;
      this.#step({ kind: 'due' });
      this.#flush();
    });
    this.#timer = { atMono, cancel };
  }

  #drop(error: UplinkError): void {
    this.#closed(error)?.drop();
  }

  /** The connection that is left. */
  #closed(error: UplinkError): GbConnection | null {
    const upForMs = this.#session.phase === 'up' ? this.options.clock.mono() - this.#upMono : null;
    const connection = this.#forget(error);
    if (this.#isStopped) return connection;
    this.#rest.begin(upForMs);
    this.#events?.onDown(error);
    return connection;
  }

  #forget(cause: UplinkError): GbConnection | null {
    const connection = this.#wire.forget();
    this.#flushing?.cancel();
    this.#flushing = null;
    this.#session = step(
      this.#session,
      { ...this.options.config, ...this.options.config.dialect },
      { kind: 'closed' },
      0,
    ).state;
    this.#arm();
    this.#outbox.failAll(new UplinkError('UPLINK-003', this.#where, null, cause));
    return connection;
  }
}
