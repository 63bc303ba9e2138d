/**
 * A modem for short messages on an AT port, and the port's only owner.
 *
 *   opening ──▶ starting ──▶ ready ◀──network──▶ not registered
 *      ▲            │ no SIM, PIN │ gone, hangs, has started by itself
 *      └── pause ◀──┴─────────────┘     what hangs is told to start anew (AT+CFUN=1,1) before the port is closed
 */
import type { ModemFigures, NetworkState } from '../../config/modem-states.js';
import { Backoff } from '../backoff.js';
import { type Cancel, type Clock, pause } from '../clock.js';
import type { ByteLink, OpenByteLink } from '../driver.js';
import { DriverError } from '../driver-error.js';
import { AtChannel, type AtCommand } from './at-channel.js';
import type { ModemEvents, SmsJob, SmsModem } from './modem-contract.js';
import {
  isBusy,
  isSimMissing,
  isWithoutNetwork,
  networkOf,
  networkTime,
  signalOf,
  simOf,
  unknownFigures,
} from './modem-facts.js';
import { startModem } from './modem-start.js';
import { readPdu, submitPdus } from './pdu.js';
import type { PinSource } from './sim-pin.js';

const openMaxMs = 6_000;
const superviseMs = 60_000;
/** While it is not registered. */
const searchMs = 10_000;
const reopenFirstMs = 2_000;
const reopenCapMs = 60_000;
/** A module needs some seconds until it obeys an order to start anew. */
const restartMs = 3_000;
/** A refusal that may be over soon: pauses between tries. */
const busyFirstMs = 2_000;
const busyTries = 5;
/** Messages that wait to be read; more are found when the store is looked through. */
const indicesMax = 64;
/** What the modem says by itself is looked into at most so often: one that says it all the time must not keep us busy. */
const eagerMs = 5_000;
const readEveryMs = 500;
const hurryEveryMs = 10_000;
/** How often the store is looked through for what nothing was said of. */
const storeEveryMs = 60 * 60_000;

export interface AtModemOptions {
  /** What it is called in errors: the path of the port. */
  readonly where: string;
  readonly open: OpenByteLink;
  readonly clock: Clock;
  /** 0 ≤ r < 1. */
  readonly random: () => number;
  readonly pin: PinSource;
}

interface Stored {
  readonly store: string;
  readonly index: string;
}

interface Sending {
  readonly job: SmsJob;
  readonly resolve: () => void;
  readonly reject: (error: DriverError) => void;
}

export class AtModem implements SmsModem {
  #events: ModemEvents | null = null;
  #figures: ModemFigures = unknownFigures;
  #channel: AtChannel | null = null;
  #isStopped = false;
  #isReady = false;
  #trouble: DriverError | null = null;
  #sending: Sending | null = null;
  #inbox: Stored[] = [];
  #store = 'ME';
  #isToBeSupervised = false;
  /** It says that it has just started: all that it was told is forgotten. */
  #hasRestarted = false;
  #isResting = false;
  #hurriedMono = Number.NEGATIVE_INFINITY;
  #wake: (() => void) | null = null;
  #ended: Promise<void> = Promise.resolve();
  readonly #pauses: Backoff;

  constructor(private readonly options: AtModemOptions) {
    this.#pauses = new Backoff(reopenFirstMs, reopenCapMs, options.random);
  }

  get figures(): ModemFigures {
    return this.#figures;
  }

  start(events: ModemEvents): void {
    this.#events = events;
    this.#ended = this.#run();
  }

  send(job: SmsJob): Promise<void> {
    if (!this.#isReady || this.#sending !== null) {
      const busy = new DriverError('MODEM-007', this.options.where, 'another message is under way');
      return Promise.reject(this.#isReady ? busy : (this.#trouble ?? new DriverError('MODEM-001', this.options.where)));
    }
    return new Promise((resolve, reject) => {
      this.#sending = { job, resolve, reject };
      this.#wake?.();
    });
  }

  hurry(): void {
    const nowMono = this.options.clock.mono();
    if (!this.#isResting || nowMono - this.#hurriedMono < hurryEveryMs) return;
    this.#hurriedMono = nowMono;
    this.#wake?.();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#channel?.close();
    this.#wake?.();
    await Promise.race([this.#ended, pause(this.options.clock, 1_500)]);
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const error = await this.#life();
      if (this.#isStopped) break;
      this.#tell(error);
      this.#isResting = true;
      await this.#sleep(this.#pauses.nextMs());
      this.#isResting = false;
    }
    this.#settle(new DriverError('LINK-005', this.options.where, 'stopped'));
  }

  /** One opening of the port, until something ends it. */
  async #life(): Promise<DriverError> {
    const { where, clock } = this.options;
    let link: ByteLink | null = null;
    let channel: AtChannel | null = null;
    try {
      let down: DriverError | null = null;
      const opened = await this.#open((error) => {
        down = error;
        channel?.close();
        this.#wake?.();
      });
      link = opened.link;
      channel = opened.channel;
      this.#channel = channel;
      if (down !== null) throw down;
      for (;;) await this.#serve(channel);
    } catch (cause) {
      const error = cause instanceof DriverError ? cause : new DriverError('MODEM-001', where, String(cause), cause);
      if (error.code === 'MODEM-001' && link?.isOpen === true && !this.#isStopped) {
        channel?.shout('AT+CFUN=1,1');
        await pause(clock, restartMs);
      }
      return error;
    } finally {
      this.#channel = null;
      channel?.close();
      await link?.close().catch(() => undefined);
    }
  }

  async #open(onDown: (error: DriverError) => void): Promise<{ link: ByteLink; channel: AtChannel }> {
    const { open, clock, where } = this.options;
    let channel: AtChannel | null = null;
    let isLate = false;
    const opening = open({ onBytes: (bytes) => channel?.take(bytes), onDown });
    // One that opens after its time is let go at once.
    void opening.then(
      (link) => (isLate ? link.close() : undefined),
      () => undefined,
    );
    const link = await Promise.race([opening, pause(clock, openMaxMs).then(() => null)]);
    if (link === null) {
      isLate = true;
      throw new DriverError('LINK-004', where, `not open after ${openMaxMs} ms`);
    }
    channel = new AtChannel({ link, clock, onSaid: (line, pdu) => this.#hear(line, pdu) });
    return { link, channel };
  }

  /** From the first command until it has started by itself; rejects when this life is over. */
  async #serve(channel: AtChannel): Promise<void> {
    const { where, clock, pin } = this.options;
    this.#hasRestarted = false;
    this.#figures = unknownFigures;
    await startModem({ where, channel, clock, pin, onSim: (sim) => this.#learn({ sim }) });
    let lookAtMono = clock.mono();
    let eagerAtMono = lookAtMono;
    let readAtMono = lookAtMono;
    let storeAtMono = lookAtMono;
    while (!this.#hasRestarted) {
      if (this.#isStopped || channel.isDown) throw new DriverError('LINK-005', where);
      const nowMono = clock.mono();
      if (this.#sending !== null && this.#isReady) await this.#sendJob(channel, this.#sending);
      else if (nowMono >= (this.#isToBeSupervised ? eagerAtMono : lookAtMono)) {
        await this.#supervise(channel);
        eagerAtMono = clock.mono() + eagerMs;
        lookAtMono = clock.mono() + (this.#isReady ? superviseMs : searchMs);
      } else if (this.#inbox.length > 0 && nowMono >= readAtMono) {
        await this.#readOne(channel, this.#inbox.shift());
        readAtMono = clock.mono() + readEveryMs;
      } else if (nowMono >= storeAtMono) {
        storeAtMono = nowMono + storeEveryMs;
        await this.#lookThrough(channel);
      } else {
        const eager = this.#isToBeSupervised ? eagerAtMono : Infinity;
        const read = this.#inbox.length > 0 ? readAtMono : Infinity;
        await this.#sleep(Math.min(lookAtMono, storeAtMono, eager, read) - nowMono);
      }
    }
    this.#tell(new DriverError('MODEM-001', where, 'it has started by itself'));
  }

  async #supervise(channel: AtChannel): Promise<void> {
    const { where } = this.options;
    this.#isToBeSupervised = false;
    const [sim] = await this.#lines(channel, { text: 'AT+CPIN?', prefix: /^\+CPIN:/ });
    const [signal] = await this.#lines(channel, { text: 'AT+CSQ', prefix: /^\+CSQ:/ });
    // With two figures it is the answer; with one the modem says it by itself.
    const circuit = await this.#lines(channel, { text: 'AT+CREG?', prefix: /^\+CREG: *\d+ *,/ });
    const packet = await this.#lines(channel, { text: 'AT+CEREG?', prefix: /^\+CEREG: *\d+ *,/ });
    const network = networkOf([...circuit, ...packet]);
    const simState = simOf(sim);
    this.#learn({ sim: simState, signalDbm: signalOf(signal), network });
    if (simState === 'missing') throw new DriverError('MODEM-002', where);
    if (simState === 'pin' || simState === 'puk') this.#hasRestarted = true;
    if (isRegistered(network)) this.#ready();
    else this.#tell(new DriverError('MODEM-006', where, network));
    const [time] = await this.#lines(channel, { text: 'AT+CCLK?', prefix: /^\+CCLK:/ });
    const wall = networkTime(time);
    if (wall !== null) this.#events?.onTime(wall);
  }

  async #sendJob(channel: AtChannel, sending: Sending): Promise<void> {
    const { where } = this.options;
    const { job } = sending;
    const pdus = submitPdus({ ...job, wantsReport: true });
    for (let tries = 1; job.sent.length < pdus.length; ) {
      const pdu = pdus[job.sent.length];
      if (pdu === undefined) break;
      channel.takeLate();
      const command = { text: `AT+CMGS=${pdu.length}`, prefix: /^\+CMGS:/, payload: pdu.hex };
      const answer = await channel.ask(command);
      if (answer.kind === 'down') throw new DriverError('LINK-005', where);
      // It does not know any more how it was told to send: what it refuses says nothing of the message.
      if (this.#hasRestarted && answer.kind !== 'ok') return;
      if (answer.kind === 'ok') {
        job.sent.push(referenceIn(answer.lines) ?? 0);
        tries = 1;
      } else if (answer.kind === 'silent') {
        if (!(await channel.settle())) throw new DriverError('MODEM-001', where, 'AT+CMGS');
        // Only this one message was under way: its number can belong to nothing else.
        const reference = referenceIn(channel.takeLate());
        if (reference !== null) job.sent.push(reference);
        else if (this.#hasRestarted) return;
        // Whoever sends chooses again: a fire may have come while nothing was heard for a minute.
        else return this.#refuse(sending, 'no answer');
      } else if (isSimMissing(answer.code)) {
        throw new DriverError('MODEM-002', where, answer.code);
      } else if (isWithoutNetwork(answer.code)) {
        this.#isToBeSupervised = true;
        this.#tell(new DriverError('MODEM-006', where, answer.code));
        return;
      } else {
        if (!isBusy(answer.code) || ++tries > busyTries) return this.#refuse(sending, answer.code);
        await pause(this.options.clock, busyFirstMs * 2 ** (tries - 2));
        if (this.#isStopped) return;
      }
    }
    this.#sending = null;
    sending.resolve();
  }

  #refuse(sending: Sending, got: string): void {
    this.#sending = null;
    sending.reject(new DriverError('MODEM-007', this.options.where, got));
  }

  async #readOne(channel: AtChannel, stored: Stored | undefined): Promise<void> {
    if (stored === undefined) return;
    const { store, index } = stored;
    if (store !== this.#store) {
      this.#store = store;
      await this.#lines(channel, { text: `AT+CPMS="${store}"`, prefix: /^\+CPMS:/ });
    }
    const lines = await this.#lines(channel, { text: `AT+CMGR=${index}`, prefix: /^\+CMGR:/ });
    const pdu = lines[1];
    if (pdu !== undefined) this.#take(pdu);
    await this.#lines(channel, { text: `AT+CMGD=${index}` });
  }

  /** What came while nobody listened; a full store takes no more reports. */
  async #lookThrough(channel: AtChannel): Promise<void> {
    const lines = await this.#lines(channel, { text: 'AT+CMGL=4', prefix: /^\+CMGL:/, timeoutMs: 20_000 });
    for (const line of lines) {
      const index = /^\+CMGL: *(\d+),/.exec(line)?.[1];
      if (index !== undefined) this.#note({ store: this.#store, index });
    }
  }

  #hear(line: string, pdu: string | null): void {
    if (pdu !== null) this.#take(pdu);
    const [, store, index] = /^\+(?:CMTI|CDSI): *"(\w\w)", *(\d{1,5})$/.exec(line) ?? [];
    if (store !== undefined && index !== undefined) this.#note({ store, index });
    if (/^\+CPIN:|^\+CE?REG:|^\+CTZ[VE]:|^NO CARRIER$/.test(line)) this.#isToBeSupervised = true;
    if (/^RDY$|^\^SYSSTART|^\+CFUN: *1$|^START$/.test(line)) this.#hasRestarted = true;
    this.#wake?.();
  }

  #note(stored: Stored): void {
    const isKnown = this.#inbox.some(({ store, index }) => store === stored.store && index === stored.index);
    if (!isKnown && this.#inbox.length < indicesMax) this.#inbox.push(stored);
  }

  #take(hex: string): void {
    const pdu = readPdu(hex);
    if (pdu?.kind === 'status-report') {
      const { reference, to, outcome } = pdu;
      this.#events?.onReport({ reference, to, outcome });
    }
    if (pdu?.kind === 'deliver') this.#events?.onMessage({ from: pdu.from, text: pdu.text });
  }

  /** Refused: none. Rejects when nobody answers. */
  async #lines(channel: AtChannel, command: AtCommand): Promise<readonly string[]> {
    const { where } = this.options;
    const answer = await channel.ask(command);
    if (answer.kind === 'down') throw new DriverError('LINK-005', where);
    if (answer.kind === 'ok') return answer.lines;
    if (answer.kind === 'silent' && !(await channel.settle())) {
      throw new DriverError('MODEM-001', where, command.text);
    }
    if (answer.kind === 'refused' && isSimMissing(answer.code)) throw new DriverError('MODEM-002', where, answer.code);
    return [];
  }

  #learn(figures: Partial<ModemFigures>): void {
    this.#figures = { ...this.#figures, ...figures };
  }

  #ready(): void {
    this.#pauses.reset();
    if (this.#isReady) return;
    this.#isReady = true;
    this.#trouble = null;
    this.#events?.onReady();
  }

  #tell(error: DriverError): void {
    const isNew = this.#isReady || this.#trouble?.code !== error.code;
    this.#isReady = false;
    this.#trouble = error;
    if (error.code === 'MODEM-002') this.#learn({ sim: 'missing', network: null });
    if (error.code === 'MODEM-001' || error.code.startsWith('LINK-')) this.#figures = unknownFigures;
    this.#settle(error);
    if (isNew) this.#events?.onTrouble(error);
  }

  #settle(error: DriverError): void {
    this.#sending?.reject(error);
    this.#sending = null;
  }

  /** Ends early when there is something to do. */
  async #sleep(ms: number): Promise<void> {
    let cancel: Cancel = () => undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      cancel = this.options.clock.after(Math.max(1, ms), resolve);
    });
    this.#wake = null;
    cancel();
  }
}

function referenceIn(lines: readonly string[]): number | null {
  const found = lines.map((line) => /^\+CMGS: *(\d{1,3})/.exec(line)?.[1]).find((each) => each !== undefined);
  return found === undefined ? null : Number(found);
}

function isRegistered(network: NetworkState | null): boolean {
  return network === 'home' || network === 'roaming';
}
