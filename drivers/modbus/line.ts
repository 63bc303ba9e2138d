/**
 * One Modbus line and its only owner. On a wire one request is under way; before each stands the 3.5-character silence; after
 * a time-out quiet, drain, and the ledger of late answers decides what may be asked. On Modbus TCP several may be under way:
 * their answers carry numbers. See README.md for the order of requests.
 *
 *   closed ──open──▶ idle ──request──▶ waiting ──answer──▶ idle
 *     ▲                ▲                  │ time-out, garbled answer
 *     └──link down──── └──── quarantine ◀─┘
 */
import type { Cancel } from '../clock.js';
import type { ByteLink } from '../driver.js';
import { DriverError, type DriverErrorCode } from '../driver-error.js';
import { LinkKeeper } from '../link-keeper.js';
import { BusyTime } from './busy-time.js';
import { type Answer, type Exchange, type Job, type LineUnit, whereOf, whereOfLink } from './exchange.js';
import type { Found, Framing } from './framing.js';
import { LateAnswers } from './late-answers.js';
import type { LineCounts, LineOptions } from './line-options.js';
import { freeStanding, LineQueue, missesUntilProbe, type Priority, type Standing } from './line-queue.js';
import { charMs, garbledQuietMs, isBeforePair, lateMs, noiseMaxMs, silenceMs } from './line-timing.js';
import { MbapFraming } from './mbap-framing.js';
import { ModbusException, ModbusPdu, type ModbusRequest } from './modbus-pdu.js';
import { ModbusPort } from './modbus-port.js';
import { Questions } from './questions.js';
import { RtuFraming } from './rtu-framing.js';
import { SilentLink } from './silent-link.js';
import { TwoAnswers } from './two-answers.js';
import { type UnitFigures, UnitRecord } from './unit-record.js';

/** A line that timed out or broke a checksum within this time is not trusted blindly (second look, design.md §4). */
const troubledMs = 10_000;
/** Exceptions of a gateway between us and the unit: busy (on the network), no path, no answer (Modbus Application Protocol 1.1b3, 7). */
const gatewayFailures = { serial: [10, 11], rtu_over_tcp: [10, 11], tcp: [6, 10, 11] } as const;
/** An answer after so long a silence of all units says that the line is back. */
const lineBackMs = 2000;
/** A unit that gave so many answers, each once, is not held back for a second one any more. */
const provenAnswers = 200;
interface Life {
  readonly port: ModbusPort;
  readonly pdu: ModbusPdu;
}

export class ModbusLine {
  readonly counts: LineCounts = { requests: 0, answers: 0, timeouts: 0 };
  readonly #charMs: number;
  readonly #silenceMs: number;
  readonly #lateMs: number;
  readonly #keeper: LinkKeeper;
  readonly #queue = new LineQueue<Job>();
  readonly #late = new LateAnswers();
  readonly #units = new Map<number, UnitRecord>();
  /** When each question was last asked to an end, well or not. */
  readonly #asked = new Map<string, number>();
  readonly #questions: Questions;
  readonly #busy = new BusyTime();
  readonly #silent: SilentLink;
  readonly #twoAnswers = new TwoAnswers();
  #lastTroubleMono = Number.NEGATIVE_INFINITY;
  #lastAnswerMono = Number.NEGATIVE_INFINITY;
  #life: Life | null = null;
  readonly #underWay = new Map<number, Exchange>();
  #quietUntilMono = 0;
  /** When the next request may leave. */
  #lineReadyMono = 0;
  #activeMono = 0;
  /** Since when a request has been waiting for a silence that does not come. */
  #noisyMono: number | null = null;
  #wake: Cancel | null = null;
  #cancelGarbled: Cancel | null = null;
  #isStopped = false;
  #hearsItself = false;

  constructor(private readonly options: LineOptions) {
    const { config, open, clock, random } = options;
    this.#charMs = charMs(config.format);
    this.#silenceMs = silenceMs(config);
    this.#questions = new Questions(this.#charMs, (address) => this.#recordOf(address));
    this.#lateMs = lateMs(config);
    this.#silent = new SilentLink(config.transport);
    this.#keeper = new LinkKeeper({
      where: whereOfLink(config),
      ...{ open, clock, random },
      onUp: (link) => this.#begin(link),
      onBytes: (bytes, atMono) => this.#receive(bytes, atMono),
      onDown: (error) => this.#goDown(error),
    });
  }

  get #where(): string {
    return `line ${this.options.config.id}`;
  }

  /** Opens the line, and again whenever it went down, until `stop`. */
  start(): void {
    this.#keeper.start();
  }

  /** Resolves when the link is closed. Waiting requests are answered with BUS-004. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#wake?.();
    this.#endAll(new DriverError('BUS-004', this.#where));
    await this.#keeper.stop();
  }

  /** Asks one unit. Never rejects. On a line that is not open it is answered BUS-003 at once: a stale order to a siren
   * must not leave later. */
  request(unit: LineUnit, priority: Priority, request: ModbusRequest): Promise<Answer> {
    if (this.#isStopped || (this.#life === null && !this.#keeper.isRefreshing)) {
      const code = this.#isStopped ? 'BUS-004' : 'BUS-003';
      return Promise.resolve({ ok: false, error: new DriverError(code, this.#where) });
    }
    const { record, key, wireMs, shape } = this.#questions.of(unit, request);
    const lastMono = request.kind === 'read' ? this.#asked.get(key) : undefined;
    return new Promise((answer) => {
      const job = { unit, record, request, key, wireMs, shape, answer };
      this.#queue.push(priority, lastMono ?? Number.NEGATIVE_INFINITY, job);
      this.#kick();
    });
  }

  /** Counts of the last five minutes; zeros for a unit that was never asked. */
  unitStats(address: number): UnitFigures {
    return this.#recordOf(address).stats(this.options.clock.mono());
  }

  /** How busy the line was in the last minute, 0 to 100. */
  loadPercent(): number {
    return this.#busy.percent(this.options.clock.mono());
  }

  #recordOf(address: number): UnitRecord {
    const known = this.#units.get(address);
    if (known !== undefined) return known;
    const record = new UnitRecord();
    this.#units.set(address, record);
    return record;
  }

  #begin(link: ByteLink): void {
    const { config } = this.options;
    const framing: Framing =
      config.transport === 'tcp' ? new MbapFraming(config.inFlight) : new RtuFraming(this.#hearsItself);
    const failed = (error: unknown): void => {
      if (this.#life?.port === port) this.#fail('LINK-006', String(error), error);
    };
    const { headStart } = this.options.clock;
    const port: ModbusPort = new ModbusPort(link, framing, failed, () => headStart?.until(this.#lineReadyMono));
    this.#life = { port, pdu: new ModbusPdu(port) };
    this.#activeMono = this.options.clock.mono();
    this.#silent.began(this.#activeMono);
    this.options.onUp();
    this.#kick();
  }

  /** Ends this life of the link; another try follows by itself. */
  #fail(code: DriverErrorCode, got: string, cause?: unknown): void {
    this.#keeper.fail(new DriverError(code, whereOfLink(this.options.config), got, cause));
  }

  #goDown(error: DriverError): void {
    if (this.#isStopped) return;
    this.#endAll(error);
    this.options.onDown(error);
  }

  /** Nothing of this life is waited for any more. */
  #endAll(error: DriverError): void {
    this.#forgetLife(error);
    for (const job of this.#queue.remove(() => true)) job.answer({ ok: false, error });
  }

  #forgetLife(error: DriverError): void {
    this.#hearsItself = this.#life?.port.framing.hearsItself ?? this.#hearsItself;
    this.#life = null;
    this.#noisyMono = null;
    this.#cancelGarbled?.();
    for (const { job, sentMono, fullMs, finish } of [...this.#underWay.values()]) {
      // A serial server knows nothing of connections: the unit's answer may still come, over the next one.
      this.#expectLate(job, sentMono, fullMs);
      finish({ ok: false, error });
    }
  }

  #receive(bytes: Uint8Array, atMono: number): void {
    const life = this.#life;
    if (life === null) return;
    this.#activeMono = Math.max(this.#activeMono, atMono);
    this.#silent.heard(atMono);
    this.#cancelGarbled?.();
    life.port.receive(bytes, (found) => this.#seeStray(found, atMono));
    const { framing } = life.port;
    if (framing.isBroken) this.#fail('BUS-007', 'a header that can not be');
    else if (this.options.config.transport === 'tcp' && !framing.isOwed && this.#quietUntilMono > atMono) this.#goOn();
    else if (this.#underWay.size === 0) this.#settle(framing, atMono);
    else this.#watchGarbled(framing);
  }

  /** Bytes in front of an answer: noise, or the late answer to an earlier question. */
  #seeStray({ stray }: Found, atMono: number): void {
    if (stray.length === 0) return;
    this.#lastTroubleMono = atMono;
    this.#tellDouble(this.#late.settle(stray, atMono)?.kind, stray[0] ?? 0, atMono);
  }

  #settle(framing: Framing, atMono: number): void {
    const settled = this.#late.settle(framing.rest, atMono);
    if (settled === null) return;
    framing.drop();
    this.#tellDouble(settled.kind, settled.shape.unit, atMono);
  }

  #tellDouble(kind: 'late' | 'double' | undefined, address: number, atMono: number): void {
    if (kind === undefined) return;
    this.#recordOf(address).sawExtra(kind, atMono);
    if (kind === 'double' && this.#twoAnswers.sawSecond(address, atMono)) this.options.onTwoAnswers?.(address);
  }

  /** An answer's worth of bytes that are no answer, and silence: it will not get better by waiting. */
  #watchGarbled(framing: Framing): void {
    const [exchange] = this.#underWay.values();
    if (exchange === undefined || framing.rest.length < exchange.job.shape.length) return;
    const quietMs = garbledQuietMs[this.options.config.transport];
    this.#cancelGarbled = this.options.clock.after(quietMs, () => exchange.fail('garbled'));
  }

  /** The gateway in front of the pair has given up as well: it serves the others again. */
  #goOn(): void {
    this.#quietUntilMono = 0;
    this.#kick();
  }

  /** Starts the next requests if the line is free, else arranges to look again. */
  #kick(): void {
    const life = this.#life;
    while (life !== null && life === this.#life && this.#underWay.size < life.port.framing.maxInFlight) {
      if (this.#queue.isEmpty) return;
      const nowMono = this.options.clock.mono();
      const headStartMs = this.options.clock.headStart?.ms ?? 0;
      const silentMono = this.#activeMono + this.#silenceMs;
      // A request that is made ready within the head start leaves into a silence, too.
      if (nowMono >= silentMono - headStartMs) this.#noisyMono = null;
      else this.#noisyMono ??= nowMono;
      const isNoisy = this.#noisyMono !== null && nowMono - this.#noisyMono >= noiseMaxMs;
      this.#lineReadyMono = Math.max(this.#quietUntilMono, isNoisy ? 0 : silentMono);
      const startMono = this.#lineReadyMono - headStartMs;
      if (nowMono < startMono) {
        this.#kickAt(startMono);
        return;
      }
      const sentMono = Math.max(nowMono, this.#lineReadyMono);
      const taken = this.#queue.take((job, priority) => this.#standingOf(job, priority, sentMono), sentMono);
      if (taken.kind !== 'job') {
        if (taken.kind === 'wait' && Number.isFinite(taken.untilMono)) this.#kickAt(taken.untilMono);
        return;
      }
      this.#serve(life, taken.job, isNoisy, sentMono);
    }
  }

  #kickAt(mono: number): void {
    this.#wake?.();
    this.#wake = this.options.clock.exactly(mono, () => {
      this.#wake = null;
      this.#kick();
    });
  }

  #standingOf({ unit, record, key, shape }: Job, priority: Priority, nowMono: number): Standing {
    const isProbe = record.timeoutsInRow >= missesUntilProbe(priority);
    if (!isProbe && this.#late.isEmpty && record.readyMono(unit) <= nowMono) return freeStanding;
    const held = this.#late.notBefore(key, shape, nowMono);
    return {
      unit: unit.address,
      readyMono: Math.max(record.readyMono(unit), held.mono),
      isHeld: held.isForDouble,
      isProbe,
      misses: record.timeoutsInRow,
    };
  }

  #serve(life: Life, job: Job, isNoisy: boolean, sentMono: number): void {
    const { clock, config } = this.options;
    const { key, shape, wireMs, record, unit } = job;
    const slot = this.#freeSlot();
    const replyMs = shape.length * this.#charMs;
    const fullMs = Math.min(config.timeoutMs, unit.responseTimeoutMs);
    // The pace is learned from reads; a relay may take longer to switch.
    const timeoutMs = job.request.kind === 'write' ? fullMs : record.turnaround.timeoutMs(fullMs);
    this.counts.requests++;
    record.began(sentMono);
    const finish = (answer: Answer): void => {
      cancelTimeout();
      this.#underWay.delete(slot);
      const nowMono = clock.mono();
      record.ended(job.request.kind, nowMono);
      // Whatever came of it: who refuses or garbles would otherwise always be the one that was answered longest ago.
      if (job.request.kind === 'read') this.#asked.set(key, nowMono);
      this.#busy.add(nowMono - sentMono + (life.port.framing.maxInFlight === 1 ? this.#silenceMs : 0), nowMono);
      job.answer(answer);
      this.#kick();
    };
    const fail = (how: 'time-out' | 'garbled'): void => {
      this.#cancelGarbled?.();
      const nowMono = clock.mono();
      this.#miss(life, job, sentMono, how, fullMs);
      const isStuck = life.port.isWriting;
      life.port.framing.forget(slot);
      const code = how === 'garbled' ? 'BUS-006' : isNoisy ? 'BUS-005' : 'BUS-001';
      finish({ ok: false, error: new DriverError(code, whereOf(job)) });
      // A link that takes no bytes would keep old orders and let them go later, all at once.
      if (isStuck && this.#life === life) this.#fail('LINK-006', 'no byte was taken');
      else if (this.#life === life && this.#silent.isDeaf(nowMono)) this.#refresh();
    };
    const cancelTimeout = clock.after(wireMs + timeoutMs + replyMs, () => fail('time-out'));
    this.#underWay.set(slot, { job, slot, sentMono, fullMs, fail, finish });
    life.pdu.transact(slot, shape, job.request, (error, values) => {
      if (error !== null && !(error instanceof ModbusException)) {
        this.#fail('LINK-006', error.message, error);
        return;
      }
      const receivedMono = clock.mono();
      if (error !== null && this.#isNoAnswer(error, job, receivedMono)) {
        this.#miss(life, job, sentMono, 'time-out', fullMs);
        const got = `exception ${error.exceptionCode}`;
        finish({ ok: false, error: new DriverError('BUS-001', whereOf(job), got, error) });
        return;
      }
      const sampledMono = this.#hit(job, sentMono, receivedMono, receivedMono - sentMono - wireMs - replyMs);
      if (error !== null) {
        const got = `exception ${error.exceptionCode}`;
        finish({ ok: false, error: new DriverError('BUS-002', whereOf(job), got, error) });
        return;
      }
      const troubleMono = Math.max(this.#lastTroubleMono, record.lastTimeoutMono);
      const confirmed = receivedMono - troubleMono > troubledMs;
      finish({ ok: true, values, sampledMono, receivedMono, frame: this.options.nextFrame(), confirmed });
    });
    this.#activeMono = Math.max(this.#activeMono, sentMono + wireMs);
  }

  /** Somebody on the way answers in the unit's place, or the refusal may belong to an earlier question. */
  #isNoAnswer({ exceptionCode }: ModbusException, { key, shape }: Job, nowMono: number): boolean {
    const { transport } = this.options.config;
    if (gatewayFailures[transport].some((code) => code === exceptionCode)) return true;
    return transport !== 'tcp' && this.#late.isAmbiguousRefusal(key, shape, nowMono);
  }

  /** The unit answered. Returns since when it may have held that answer ready. */
  #hit({ key, shape, record, request }: Job, sentMono: number, nowMono: number, turnaroundMs: number): number {
    this.counts.answers++;
    // Nobody had answered for a while: the line itself was gone, and none of its units is to wait for its turn as a dead one.
    if (nowMono - this.#lastAnswerMono >= lineBackMs) for (const each of this.#units.values()) each.forgive();
    this.#lastAnswerMono = nowMono;
    record.answered(request.kind, turnaroundMs, nowMono);
    if (this.options.config.transport === 'tcp') return sentMono;
    const sampledMono = this.#late.answered(key, sentMono, nowMono);
    const untilMono = nowMono + this.options.config.quarantineMs;
    const holds = record.cleanAnswers < provenAnswers;
    this.#late.add({ key, shape, sentMono, untilMono, kind: 'double', holds });
    return sampledMono;
  }

  /** The unit did not answer, or not readably. */
  #miss(life: Life, job: Job, sentMono: number, how: 'time-out' | 'garbled', fullMs: number): void {
    const { clock, config } = this.options;
    const { record, shape } = job;
    const nowMono = clock.mono();
    const isGarbled = how === 'garbled' || life.port.framing.rest.length >= shape.length;
    this.counts.timeouts++;
    // What a dead unit costs is no news about the others; what a sound one misses, or noise, is.
    if (isGarbled || record.timeoutsInRow === 0) this.#lastTroubleMono = nowMono;
    record.missed(how, isGarbled, nowMono);
    this.#silent.missed();
    const tcpMono = isBeforePair(config) ? sentMono + this.#lateMs : 0;
    const quietMono = config.transport === 'tcp' ? tcpMono : nowMono + config.quarantineMs;
    this.#quietUntilMono = Math.max(this.#quietUntilMono, quietMono);
    this.#expectLate(job, sentMono, fullMs);
  }

  /** The answer may still come: the line is quiet until the slowest would have, and the ledger knows of it. */
  #expectLate({ key, shape }: Job, sentMono: number, fullMs: number): void {
    if (this.options.config.transport === 'tcp') return;
    this.#quietUntilMono = Math.max(this.#quietUntilMono, sentMono + fullMs);
    this.#late.add({ key, shape, sentMono, untilMono: sentMono + this.#lateMs, kind: 'late', holds: true });
  }

  /** The link says nothing at all any more, and no error either: a new one in its place, without alarming anybody. */
  #refresh(): void {
    this.#forgetLife(new DriverError('BUS-001', this.#where));
    this.#keeper.refresh();
  }

  #freeSlot(): number {
    let slot = 1;
    while (this.#underWay.has(slot)) slot++;
    return slot;
  }
}
