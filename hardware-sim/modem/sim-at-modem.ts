/**
 * A 4G module at its AT port, with a network behind it that takes messages, reports on them and brings new ones. It hangs at the end of a
 * wire (audio/uart-wire.ts), of a mock serial port (modem-port.ts) or of a pseudo-terminal, and understands one command at a time: what
 * comes before the final result is lost, and counted.
 *
 *   off ──power──▶ booting ──▶ idle ──command──▶ answering ──▶ idle
 *                     ▲          │ CMGS            ▲
 *                     │          └──▶ waiting for a PDU
 *                     └── AT+CFUN=1,1, also out of a soft hang
 */
import type { Cancel, Clock } from '../../drivers/clock.js';
import { localText } from '../centre26875/wire-time.js';
import { type AtAnswer, type AtWorld, answerTo, freshSettings, type ModemSettings, networkLine } from './at-orders.js';
import { MessageStore } from './message-store.js';
import { type CellNetwork, type ModemKnobs, restingModem, type SimCard } from './modem-knobs.js';
import { readSubmit } from './read-submit.js';
import { type SentMessage, SentMessages, type SentPart } from './sent-messages.js';
import { type LocalStamp, type WrittenPdu, writeDeliver, writeReport } from './write-incoming.js';

export interface SimAtModemOptions {
  readonly clock: Clock;
  readonly knobs?: Partial<ModemKnobs>;
  /** How far the network's time is ahead of UTC, minutes. Default 480. */
  readonly zoneMin?: number;
}

/** What it heard and said, for whoever watches it. */
export type ModemEvent =
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'sent'; readonly part: SentPart }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'boot' };

type Mode = 'off' | 'booting' | 'idle' | 'answering' | 'pdu';

const china = 480;
const endOfPdu = 0x1a;
const escapeKey = 0x1b;
const invalidPdu = 304;
const noNetwork = 331;
/** Of a command or a PDU; what is longer is lost. */
const inputMax = 1_024;
const failedStatus = 0x46;
const references = 256;

export class SimAtModem {
  readonly knobs: ModemKnobs;
  readonly store = new MessageStore();
  /** `overlapped`: commands that came while it was still answering another. */
  readonly counts = { commands: 0, overlapped: 0, badPdus: 0, boots: 0, lostMessages: 0 };
  readonly #clock: Clock;
  readonly #zoneMin: number;
  readonly #sent = new SentMessages();
  readonly #watchers = new Set<(event: ModemEvent) => void>();
  #settings: ModemSettings = freshSettings();
  #say: (bytes: Uint8Array) => void = () => undefined;
  #mode: Mode = 'off';
  /** What runs until the next reset. */
  #timers = new Set<Cancel>();
  #input: number[] = [];
  #tpduBytes = 0;
  #reference = 0;
  #isRegistered = false;
  #saidUntilMono = 0;

  constructor({ clock, knobs, zoneMin }: SimAtModemOptions) {
    this.#clock = clock;
    this.#zoneMin = zoneMin ?? china;
    this.knobs = { ...restingModem(), ...knobs };
  }

  /** Messages that the network took, parts put together. */
  get sent(): readonly SentMessage[] {
    return this.#sent.messages;
  }

  get sentParts(): readonly SentPart[] {
    return this.#sent.parts;
  }

  get isUp(): boolean {
    return this.#mode !== 'off' && this.#mode !== 'booting';
  }

  onEvent(listener: (event: ModemEvent) => void): Cancel {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  /** Plugged in and running already: the gateway starts later than its modem. */
  start(say: (bytes: Uint8Array) => void): void {
    this.#say = say;
    this.#settings = freshSettings();
    this.#isRegistered = true;
    this.#mode = 'idle';
  }

  setPower(isOn: boolean): void {
    this.#reset();
    this.#mode = 'off';
    if (isOn) this.#boot();
  }

  /** The card is taken out or put in, or wants something; told as modems do. */
  setSim(sim: SimCard): void {
    this.knobs.sim = sim;
    this.#settings.isUnlocked = false;
    if (this.isUp)
      this.#urc(sim === 'missing' ? '+CPIN: NOT INSERTED' : sim === 'ready' ? '+CPIN: READY' : '+CPIN: SIM PIN');
  }

  setNetwork(network: CellNetwork): void {
    this.knobs.network = network;
    this.#tellNetwork();
  }

  /** Something that the modem says by itself, now: `RING`. */
  urc(line: string): void {
    if (this.isUp) this.#urc(line);
  }

  /** Any bytes, now. */
  garble(bytes: Uint8Array): void {
    if (this.#mode !== 'off') this.#emit(bytes);
  }

  /** A message from outside; false: there is no network or no room for it. */
  receive(from: string, text: string): boolean {
    if (!this.#hasService()) return false;
    return this.#bring(writeDeliver(from, text, this.#stamp()), 'message');
  }

  hear(bytes: Uint8Array): void {
    if (this.#mode === 'off' || this.#mode === 'booting') return;
    for (const byte of bytes) this.#hearByte(byte);
  }

  #hearByte(byte: number): void {
    if (this.#mode === 'pdu') {
      if (byte === endOfPdu) this.#takePdu();
      else if (byte === escapeKey) this.#finish([], 'OK');
      else if (this.#input.length < inputMax) this.#input.push(byte);
      return;
    }
    if (byte === 0x0d) {
      const text = Buffer.from(this.#input).toString('latin1').trim();
      this.#input = [];
      if (text !== '') this.#command(text);
    } else if (byte !== 0x0a && byte !== escapeKey && byte !== endOfPdu && this.#input.length < inputMax) {
      this.#input.push(byte);
    }
  }

  #command(text: string): void {
    const { knobs } = this;
    this.#tell({ kind: 'command', text });
    this.counts.commands++;
    const isReset = /^AT\+CFUN=1,1$/i.test(text);
    if (knobs.hang === 'hard' || (knobs.hang === 'soft' && !isReset)) return;
    if (isReset) this.#boot();
    else if (this.#mode === 'answering') this.counts.overlapped++;
    else this.#obey(text);
  }

  #obey(text: string): void {
    const { knobs } = this;
    if (this.#settings.isEchoing || knobs.alwaysEchoes) this.#emit(Buffer.from(`${text}\r`, 'latin1'));
    this.#mode = 'answering';
    if (/^AT\+CMGS/i.test(text) && this.#hangsAt('prompt')) return;
    const wasReady = this.#simNow() === 'ready';
    const isCommand = /^AT/i.test(text);
    const answer: AtAnswer = isCommand ? answerTo(text, this.#world()) : { kind: 'final', lines: [], final: 'ERROR' };
    this.#after(knobs.answerMs, () => this.#give(answer));
    if (!wasReady && this.#simNow() === 'ready') this.#after(knobs.answerMs + 1, () => this.#urc('+CPIN: READY'));
  }

  #give(answer: AtAnswer): void {
    if (answer.kind === 'final') this.#finish(answer.lines, answer.final);
    if (answer.kind !== 'prompt') return;
    for (const line of this.knobs.mixesBeforePrompt) this.#urc(line);
    this.#tpduBytes = answer.tpduBytes;
    this.#input = [];
    this.#mode = 'pdu';
    this.#emit(Buffer.from('\r\n> ', 'latin1'));
  }

  #takePdu(): void {
    const { knobs } = this;
    const hex = Buffer.from(this.#input).toString('latin1').trim();
    this.#input = [];
    this.#mode = 'answering';
    if (this.#settings.isEchoing || knobs.alwaysEchoes) this.#emit(Buffer.from(`${hex}\u001a`, 'latin1'));
    if (knobs.hang !== 'none' || this.#hangsAt('payload')) return;
    const pdu = readSubmit(hex, this.#tpduBytes);
    this.#after(knobs.sendMs, () => {
      const code = knobs.cmsErrors.shift() ?? (pdu === null ? invalidPdu : this.#hasService() ? null : noNetwork);
      if (pdu === null) this.counts.badPdus++;
      if (code !== null || pdu === null) {
        this.#tell({ kind: 'refused', code: `CMS ${code}` });
        this.#finish([], `+CMS ERROR: ${code}`);
        return;
      }
      const reference = this.#reference;
      this.#reference = (reference + 1) % references;
      const part = { pdu, reference, atMono: this.#clock.mono() };
      this.#sent.keep(part);
      this.#tell({ kind: 'sent', part });
      if (pdu.wantsReport && knobs.reports !== 'none') this.#planReport(part);
      if (this.#hangsAt('result')) return;
      this.#after(knobs.lateMs, () => this.#finish([`+CMGS: ${reference}`], 'OK'));
    });
  }

  /** Reports come from the network: a modem that was reset in between gets them too. */
  #planReport({ pdu, reference }: SentPart): void {
    const sent = this.#stamp();
    const status = this.knobs.reports === 'failed' ? failedStatus : 0;
    this.#clock.after(this.knobs.reportMs, () => {
      if (this.#hasService()) this.#bring(writeReport(reference, pdu.to, sent, this.#stamp(), status), 'report');
    });
  }

  #bring(pdu: WrittenPdu, what: 'message' | 'report'): boolean {
    const { mt, ds } = this.#settings.newMessages;
    const isDirect = what === 'message' ? mt === 2 : ds === 1;
    if (isDirect) {
      this.#urc(`${what === 'message' ? '+CMT: ,' : '+CDS: '}${pdu.tpduBytes}`, pdu.hex);
      return true;
    }
    // Without ds nobody keeps a report.
    if (what === 'report' && ds === 0) return false;
    const stored = this.store.add(pdu, this.knobs.storeMax);
    if (stored === null) {
      this.counts.lostMessages++;
      return false;
    }
    if (what === 'report') this.#urc(`+CDSI: "${this.#settings.memory}",${stored.index}`);
    else if (mt === 1) this.#urc(`+CMTI: "${this.#settings.memory}",${stored.index}`);
    return true;
  }

  #finish(lines: readonly string[], final: string): void {
    const [first, ...rest] = lines;
    const all = first === undefined ? [...this.knobs.mixes] : [first, ...rest, ...this.knobs.mixes];
    const { garbage } = this.knobs;
    if (garbage !== null) this.#emit(garbage);
    // A PDU follows its line without an empty one between them.
    const text = `${all.length > 0 ? `\r\n${all.join('\r\n')}\r\n` : ''}\r\n${final}\r\n`;
    this.#mode = 'idle';
    this.#input = [];
    this.#emit(Buffer.from(text, 'latin1'));
  }

  #urc(...lines: readonly string[]): void {
    this.#emit(Buffer.from(`\r\n${lines.join('\r\n')}\r\n`, 'latin1'));
  }

  #emit(bytes: Uint8Array): void {
    if (this.knobs.hang !== 'none') return;
    this.#tell({ kind: 'said', text: Buffer.from(bytes).toString('latin1') });
    const { pieceBytes, pieceGapMs } = this.knobs;
    const size = pieceBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += size) {
      const piece = Uint8Array.from(bytes.subarray(at, at + size));
      const now = this.#clock.mono();
      if (pieceBytes === null && this.#saidUntilMono <= now) {
        this.#say(piece);
        continue;
      }
      this.#saidUntilMono = Math.max(now, this.#saidUntilMono) + pieceGapMs;
      this.#clock.exactly(this.#saidUntilMono, () => this.#say(piece));
    }
  }

  #hangsAt(moment: NonNullable<ModemKnobs['hangAt']>): boolean {
    if (this.knobs.hangAt !== moment) return false;
    this.knobs.hangAt = null;
    this.knobs.hang = 'soft';
    return true;
  }

  #boot(): void {
    this.#reset();
    this.counts.boots++;
    this.#mode = 'booting';
    this.#tell({ kind: 'boot' });
    this.#after(this.knobs.bootMs, () => {
      this.#mode = 'idle';
      this.#urc('RDY');
      if (this.#simNow() === 'ready') this.#urc('+CPIN: READY');
      this.#after(this.knobs.registerMs, () => {
        this.#isRegistered = true;
        this.#tellNetwork();
        if (this.#simNow() === 'ready') this.#urc('SMS DONE');
      });
    });
  }

  #reset(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    this.#settings = freshSettings();
    this.#input = [];
    this.#isRegistered = false;
    this.knobs.hang = 'none';
  }

  #after(delayMs: number, run: () => void): void {
    const cancel = this.#clock.after(delayMs, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
  }

  #tellNetwork(): void {
    const { creg, cereg } = this.#settings.tellsNetwork;
    if (!this.isUp) return;
    if (creg > 0) this.#urc(networkLine('CREG', this.#networkNow()));
    if (cereg > 0) this.#urc(networkLine('CEREG', this.#networkNow()));
  }

  #simNow(): SimCard {
    return this.knobs.sim === 'pin' && this.#settings.isUnlocked ? 'ready' : this.knobs.sim;
  }

  #networkNow(): CellNetwork {
    if (!this.#settings.isRadioOn || this.#simNow() !== 'ready') return 'none';
    return this.#isRegistered ? this.knobs.network : 'searching';
  }

  #hasService(): boolean {
    const network = this.#networkNow();
    return this.isUp && (network === 'home' || network === 'roaming');
  }

  #world(): AtWorld {
    const { text } = this.#stamp();
    const quarters = String(Math.abs(this.#zoneMin) / 15).padStart(2, '0');
    const localTime = `${text.replaceAll('-', '/').replace(' ', ',')}${this.#zoneMin < 0 ? '-' : '+'}${quarters}`;
    return {
      ...{ knobs: this.knobs, settings: this.#settings, store: this.store, sim: this.#simNow() },
      network: this.#networkNow(),
      localTime: this.knobs.hasTime ? localTime : '80/01/06,00:00:12+00',
    };
  }

  #stamp(): LocalStamp {
    return { text: localText(this.#clock.wall(), this.#zoneMin).slice(2), zoneMin: this.#zoneMin };
  }

  #tell(event: ModemEvent): void {
    for (const watcher of [...this.#watchers]) watcher(event);
  }
}
