/**
 * One RS-485 line and its only owner. One request in flight; before each the 3.5-character silence; after a time-out
 * quiet, drain, and the ledger of late answers decides what may be asked. See README.md for the order of requests.
 *
 *   closed ──open──▶ idle ──request──▶ waiting ──answer──▶ idle
 *     ▲                ▲                  │ time-out
 *     └──link down──── └──── quarantine ◀─┘
 */
import type { LineConfig } from '../../config/site.js';
import { Backoff } from '../backoff.js';
import type { Cancel, Clock } from '../clock.js';
import type { ByteLink, OpenByteLink } from '../driver.js';
import { DriverError } from '../driver-error.js';
import { charMs, type ReplyShape, replyShapeOf, silenceMs } from './frame.js';
import { LateAnswers } from './late-answers.js';
import { LineQueue, type Priority, priorities, type Standing } from './line-queue.js';
import { ModbusException, ModbusPdu, type ModbusRequest } from './modbus-pdu.js';
import { encodeRequest } from './request-frame.js';
import { RtuPort } from './rtu-port.js';

/** A line that has not been silent for so long is talked over: a siren's order may be heard all the same. */
const noiseMaxMs = 2000;
/** A unit that missed so many requests in a row is only probed; an order to a siren is worth one more full try. */
const probeAfterTimeouts = { orders: 2, others: 1 } as const;
const reopenFirstMs = 500;
const reopenCapMs = 10_000;
/** A late answer is still expected for this many times (time-out + quarantine) after its request left. */
const lateFactor = 2;
const lateMinMs = 500;
/** A line that timed out or broke a checksum within this time is not trusted blindly (second look, design.md §4). */
const troubledMs = 10_000;

export type Answer =
  | {
      readonly ok: true;
      readonly values: readonly number[];
      /** Monotonic ms before which the unit can not have looked. */
      readonly sampledMono: number;
      readonly receivedMono: number;
      readonly frame: number;
      readonly confirmed: boolean;
    }
  | { readonly ok: false; readonly error: DriverError };

export interface LineOptions {
  readonly config: LineConfig;
  readonly open: OpenByteLink;
  readonly clock: Clock;
  readonly random: () => number;
  /** A number no other frame of this process has. */
  readonly nextFrame: () => number;
  readonly onUp: () => void;
  readonly onDown: (error: DriverError) => void;
}

interface Life {
  readonly link: ByteLink;
  readonly port: RtuPort;
  readonly pdu: ModbusPdu;
}

interface Job {
  readonly unit: number;
  readonly request: ModbusRequest;
  /** The request's bytes: two jobs of one key ask the same thing. */
  readonly key: string;
  /** Time of the request on the wire, ms. */
  readonly wireMs: number;
  readonly shape: ReplyShape;
  readonly interRequestMs: number;
  readonly answer: (answer: Answer) => void;
}

export interface LineCounts {
  requests: number;
  answers: number;
  timeouts: number;
}

export class ModbusLine {
  readonly counts: LineCounts = { requests: 0, answers: 0, timeouts: 0 };
  #lastTroubleMono = Number.NEGATIVE_INFINITY;
  readonly #queue = new LineQueue<Job>();
  readonly #late = new LateAnswers();
  readonly #unitReadyMono = new Map<number, number>();
  readonly #timeoutsInRow = new Map<number, number>();
  readonly #reopen: Backoff;
  #life: Life | null = null;
  #lifeCount = 0;
  #inFlight: ((error: DriverError) => void) | null = null;
  #quietUntilMono = 0;
  #activeMono = 0;
  /** Since when a request has been waiting for a silence that does not come. */
  #noisyMono: number | null = null;
  #wake: Cancel | null = null;
  #isStopped = false;

  constructor(private readonly options: LineOptions) {
    this.#reopen = new Backoff(reopenFirstMs, reopenCapMs, options.random);
  }

  get #where(): string {
    return `line ${this.options.config.id}`;
  }

  /** Opens the line, and again whenever it went down, until `stop`. */
  start(): void {
    void this.#openLife();
  }

  /** Resolves when the link is closed. Waiting requests are answered with BUS-004. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#wake?.();
    await this.#endLife(new DriverError('BUS-004', this.#where));
  }

  /** Asks one unit. Never rejects. On a line that is not open it is answered BUS-003 at once: a stale order to a siren
   * must not leave later. `interRequestMs` = pause this unit wants before it. */
  request(unit: number, priority: Priority, request: ModbusRequest, interRequestMs = 0): Promise<Answer> {
    if (this.#life === null) {
      const code = this.#isStopped ? 'BUS-004' : 'BUS-003';
      return Promise.resolve({ ok: false, error: new DriverError(code, this.#where) });
    }
    const frame = encodeRequest(unit, request);
    const key = Buffer.from(frame).toString('latin1');
    const wireMs = frame.length * charMs(this.options.config);
    return new Promise((answer) => {
      this.#queue.push(priority, { unit, request, key, wireMs, shape: replyShapeOf(frame), interRequestMs, answer });
      this.#kick();
    });
  }

  async #openLife(): Promise<void> {
    const life = ++this.#lifeCount;
    let link: ByteLink;
    try {
      link = await this.options.open({
        onBytes: (bytes, atMono) => {
          if (life === this.#lifeCount) this.#receive(bytes, atMono);
        },
        onDown: (error) => {
          if (life === this.#lifeCount) this.#goDown(error);
        },
      });
    } catch (error) {
      const known = error instanceof DriverError;
      const failure = known ? error : new DriverError('LINK-004', this.options.config.path, String(error), error);
      if (!this.#isStopped && life === this.#lifeCount) this.#goDown(failure);
      return;
    }
    if (this.#isStopped || life !== this.#lifeCount) {
      await link.close();
      return;
    }
    const port = new RtuPort(link, {
      onWriteFailed: (error) => {
        if (life !== this.#lifeCount) return;
        this.#goDown(new DriverError('LINK-006', this.options.config.path, String(error), error));
      },
      onNoise: () => {
        this.#lastTroubleMono = this.options.clock.mono();
      },
    });
    this.#life = { link, port, pdu: new ModbusPdu(port) };
    this.#activeMono = this.options.clock.mono();
    this.#reopen.reset();
    this.options.onUp();
    this.#kick();
  }

  #goDown(error: DriverError): void {
    if (this.#isStopped) return;
    this.#lifeCount++;
    this.#endLife(error).catch(() => undefined);
    this.options.onDown(error);
    this.#wake?.();
    this.#wake = this.options.clock.after(this.#reopen.nextMs(), () => {
      this.#wake = null;
      this.start();
    });
  }

  async #endLife(error: DriverError): Promise<void> {
    const life = this.#life;
    this.#life = null;
    this.#noisyMono = null;
    this.#late.clear();
    this.#inFlight?.(error);
    for (const job of this.#queue.remove(() => true)) job.answer({ ok: false, error });
    await life?.link.close();
  }

  #receive(bytes: Uint8Array, atMono: number): void {
    const life = this.#life;
    if (life === null) return;
    this.#activeMono = Math.max(this.#activeMono, atMono);
    const wasWaiting = life.port.isWaiting;
    life.port.receive(bytes);
    if (!wasWaiting && this.#late.settle(life.port.stray, atMono)) life.port.forget();
  }

  /** Starts the next request if the line is free, else arranges to look again. */
  #kick(): void {
    const life = this.#life;
    if (life === null || this.#inFlight !== null || this.#queue.isEmpty) return;
    const nowMono = this.options.clock.mono();
    const silentMono = this.#activeMono + silenceMs(this.options.config);
    if (nowMono >= silentMono) this.#noisyMono = null;
    else this.#noisyMono ??= nowMono;
    const isNoisy = this.#noisyMono !== null && nowMono - this.#noisyMono >= noiseMaxMs;
    const lineReadyMono = Math.max(this.#quietUntilMono, isNoisy ? 0 : silentMono);
    if (nowMono < lineReadyMono) {
      this.#kickAt(lineReadyMono);
      return;
    }
    const taken = this.#queue.take((job, priority) => this.#standingOf(job, priority, nowMono), nowMono);
    if (taken.kind === 'wait') this.#kickAt(taken.untilMono);
    else if (taken.kind === 'job') this.#serve(life, taken.job, isNoisy);
  }

  #kickAt(mono: number): void {
    this.#wake?.();
    this.#wake = this.options.clock.exactly(mono, () => {
      this.#wake = null;
      this.#kick();
    });
  }

  #standingOf(job: Job, priority: Priority, nowMono: number): Standing {
    const pausedUntilMono = (this.#unitReadyMono.get(job.unit) ?? 0) + job.interRequestMs;
    const settledMono = this.#late.notBefore(job.key, job.shape, nowMono);
    const limit = priority === priorities.annunciator ? probeAfterTimeouts.orders : probeAfterTimeouts.others;
    const isProbe = (this.#timeoutsInRow.get(job.unit) ?? 0) >= limit;
    return { readyMono: Math.max(pausedUntilMono, settledMono), isProbe };
  }

  #serve(life: Life, job: Job, isNoisy: boolean): void {
    const { clock, config } = this.options;
    const { key, shape, wireMs } = job;
    const sentMono = clock.mono();
    this.counts.requests++;
    const finish = (answer: Answer): void => {
      cancelTimeout();
      this.#inFlight = null;
      this.#unitReadyMono.set(job.unit, clock.mono());
      job.answer(answer);
      this.#kick();
    };
    const cancelTimeout = clock.after(wireMs + config.timeoutMs + shape.length * charMs(config), () => {
      this.counts.timeouts++;
      const nowMono = clock.mono();
      this.#lastTroubleMono = nowMono;
      this.#quietUntilMono = nowMono + config.quarantineMs;
      this.#late.add({ key, shape, sentMono, untilMono: sentMono + this.#lateMs(), kind: 'late' });
      const isStuck = life.port.isWriting;
      life.port.forget();
      this.#timeoutsInRow.set(job.unit, (this.#timeoutsInRow.get(job.unit) ?? 0) + 1);
      finish({ ok: false, error: new DriverError(isNoisy ? 'BUS-005' : 'BUS-001', whereOf(job)) });
      // A tty that takes no bytes would keep old orders and let them go later, all at once.
      if (isStuck) this.#goDown(new DriverError('LINK-006', config.path, 'no byte was taken'));
    });
    this.#inFlight = (error) => finish({ ok: false, error });
    life.pdu.transact(job.unit, job.request, (error, values) => {
      if (error !== null && !(error instanceof ModbusException)) {
        this.#goDown(new DriverError('LINK-006', config.path, error.message, error));
        return;
      }
      const receivedMono = clock.mono();
      this.counts.answers++;
      this.#timeoutsInRow.delete(job.unit);
      const sampledMono = this.#late.answered(key, sentMono, receivedMono);
      this.#late.add({
        key,
        shape,
        sentMono,
        untilMono: receivedMono + config.quarantineMs,
        kind: 'double',
      });
      if (error !== null) {
        const got = `exception ${error.exceptionCode}`;
        finish({ ok: false, error: new DriverError('BUS-002', whereOf(job), got, error) });
        return;
      }
      const confirmed = receivedMono - this.#lastTroubleMono > troubledMs;
      finish({ ok: true, values, sampledMono, receivedMono, frame: this.options.nextFrame(), confirmed });
    });
    this.#activeMono = sentMono + wireMs;
  }

  #lateMs(): number {
    return Math.max(lateMinMs, lateFactor * (this.options.config.timeoutMs + this.options.config.quarantineMs));
  }
}

function whereOf(job: Job): string {
  const { request } = job;
  return `unit ${job.unit} ${request.table} ${request.address}${request.kind === 'read' ? `+${request.count}` : ''}`;
}
