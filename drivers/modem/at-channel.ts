/**
 * One AT port: one command at a time until its final result, and what the modem says by itself told apart from answers. After a time-out
 * nobody knows whose the next result is: what comes late belongs to nobody, and the channel asks until an answer can only be its own.
 *
 *   free ──ask──▶ [prompt ──▶ PDU ──▶] lines ──final──▶ free
 *                        │ time-out
 *                        ▼
 *                     doubtful ──next ask: three different questions, one after the other──▶ free, or dead
 */
import type { Cancel, Clock } from '../clock.js';
import type { ByteLink } from '../driver.js';
import { AtLines } from './at-lines.js';

const commandMs = 5_000;
/** standards say 3 s; a module that is just searching takes longer. */
const promptMs = 8_000;
const payloadMs = 60_000;
const syncMs = commandMs;
/** Of one answer; the rest is dropped. */
const linesMax = 256;
const lateMax = 16;

const endOfPdu = '\u001a';
const escapeKey = '\u001b';

export interface AtCommand {
  readonly text: string;
  /** How the lines of its answer begin; left out: it has none. */
  readonly prefix?: RegExp;
  /** Goes out at the prompt. */
  readonly payload?: string;
  readonly timeoutMs?: number;
}

export type AtAnswer =
  | { readonly kind: 'ok'; readonly lines: readonly string[] }
  /** `ERROR`, `CME 10`, `CMS 515`. */
  | { readonly kind: 'refused'; readonly code: string }
  /** No final result in time. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'down' };

export interface AtChannelOptions {
  readonly link: ByteLink;
  readonly clock: Clock;
  /** Said by itself; with the line behind it where that belongs to it. */
  readonly onSaid: (line: string, pdu: string | null) => void;
}

interface Asked {
  readonly command: AtCommand;
  /** Finals count only after a line of the answer. */
  readonly isSync: boolean;
  readonly lines: string[];
  wantsPrompt: boolean;
  wantsPdu: boolean;
  cancel: Cancel;
  readonly resolve: (answer: AtAnswer) => void;
}

/** Each has an answer of its own, so that the late answer to one is not taken for the next. */
const questions: readonly AtCommand[] = [
  { text: 'AT+CFUN?', prefix: /^\+CFUN:/ },
  { text: 'AT+CMEE?', prefix: /^\+CMEE:/ },
  { text: 'AT+CSQ', prefix: /^\+CSQ:/ },
];

const finalError = /^\+(CM[ES]) ERROR: *(.*)$/;
/** Said by itself with a PDU behind it. */
const saidWithPdu = /^\+(?:CMT|CDS|CBM):/;
const answerWithPdu = /^\+CMG[RL]:/;
const hexLine = /^[0-9A-Fa-f]+$/;

export class AtChannel {
  readonly #lines = new AtLines();
  #asked: Asked | null = null;
  #tail: Promise<unknown> = Promise.resolve();
  #isDoubtful = false;
  #isPduDoubtful = false;
  #isDown = false;
  /** Said by itself, and its PDU is still to come. */
  #said: string | null = null;
  #late: string[] = [];

  constructor(private readonly options: AtChannelOptions) {}

  get isDown(): boolean {
    return this.#isDown;
  }

  /** One after the other; never rejects. */
  ask(command: AtCommand): Promise<AtAnswer> {
    const asking = this.#tail.then(async (): Promise<AtAnswer> => {
      if (this.#isDoubtful && !(await this.#isSure())) return { kind: this.#isDown ? 'down' : 'silent' };
      return this.#ask(command, false);
    });
    this.#tail = asking;
    return asking;
  }

  /** Whether the modem answers, and nothing late can come any more. */
  settle(): Promise<boolean> {
    const settling = this.#tail.then(() => this.#isSure());
    this.#tail = settling;
    return settling;
  }

  /** Lines that came after a time-out, the oldest first; they are told once. */
  takeLate(): readonly string[] {
    return this.#late.splice(0);
  }

  take(bytes: Uint8Array): void {
    for (const line of this.#lines.take(bytes)) this.#hear(line);
    if (!this.#lines.takePrompt()) return;
    const asked = this.#asked;
    if (asked?.wantsPrompt === true) this.#sendPayload(asked);
    else this.#write(escapeKey);
  }

  /** The link is gone; whoever waits is told. */
  close(): void {
    this.#isDown = true;
    this.#end({ kind: 'down' });
  }

  /** Without waiting for anything. */
  shout(text: string): void {
    this.#write(`${escapeKey}\r${text}\r`);
  }

  #ask(command: AtCommand, isSync: boolean): Promise<AtAnswer> {
    if (this.#isDown) return Promise.resolve({ kind: 'down' });
    return new Promise((resolve) => {
      const wantsPrompt = command.payload !== undefined;
      const asked: Asked = {
        ...{ command, isSync, lines: [], wantsPrompt, wantsPdu: false, resolve },
        cancel: () => undefined,
      };
      this.#asked = asked;
      this.#wait(asked, command.timeoutMs ?? (wantsPrompt ? promptMs : commandMs));
      this.#write(`${command.text}\r`);
    });
  }

  #wait(asked: Asked, ms: number): void {
    asked.cancel();
    asked.cancel = this.options.clock.after(ms, () => {
      if (this.#asked !== asked) return;
      this.#isDoubtful = true;
      this.#isPduDoubtful ||= asked.command.payload !== undefined;
      this.#end({ kind: 'silent' });
    });
  }

  #sendPayload(asked: Asked): void {
    asked.wantsPrompt = false;
    this.#wait(asked, payloadMs);
    this.#write(`${asked.command.payload ?? ''}${endOfPdu}`);
  }

  async #isSure(): Promise<boolean> {
    for (const question of questions) {
      // A modem that still waits for a PDU would take the question for one.
      if (this.#isPduDoubtful) this.#write(`${escapeKey}\r`);
      const answer = await this.#ask({ ...question, timeoutMs: syncMs }, true);
      if (answer.kind === 'down') return false;
      if (answer.kind === 'silent') continue;
      this.#isDoubtful = false;
      this.#isPduDoubtful = false;
      return true;
    }
    this.#isDoubtful = true;
    return false;
  }

  #hear(line: string): void {
    const { onSaid } = this.options;
    const said = this.#said;
    if (said !== null) {
      this.#said = null;
      onSaid(said, hexLine.test(line) ? line : null);
      if (hexLine.test(line)) return;
    }
    const asked = this.#asked;
    if (asked !== null && this.#isAnswer(asked, line)) return;
    if (isFinal(line)) this.#keepLate(line);
    else if (saidWithPdu.test(line)) this.#said = line;
    else if (this.#isDoubtful && line.startsWith('+CMGS:')) this.#keepLate(line);
    else onSaid(line, null);
  }

  #isAnswer(asked: Asked, line: string): boolean {
    const { command, lines, isSync } = asked;
    const isEcho = line === command.text || (command.payload ?? '').startsWith(line.replace(endOfPdu, '') || ' ');
    if (isEcho) return true;
    if (isFinal(line)) {
      // What only has to come late belongs to nobody: a question, and a message, is answered by more than OK.
      const needsLine = isSync || (line === 'OK' && command.payload !== undefined);
      if (needsLine && lines.length === 0) return false;
      const [, family, code] = finalError.exec(line) ?? [];
      if (line === 'OK') this.#end({ kind: 'ok', lines });
      else this.#end({ kind: 'refused', code: family === undefined ? 'ERROR' : `${family} ${code}` });
      return true;
    }
    const isPdu = asked.wantsPdu && hexLine.test(line);
    if (!isPdu && command.prefix?.test(line) !== true) return false;
    asked.wantsPdu = answerWithPdu.test(line);
    if (lines.length < linesMax) lines.push(line);
    return true;
  }

  #end(answer: AtAnswer): void {
    const asked = this.#asked;
    if (asked === null) return;
    this.#asked = null;
    asked.cancel();
    asked.resolve(answer);
  }

  #keepLate(line: string): void {
    if (this.#late.length < lateMax) this.#late.push(line);
  }

  #write(text: string): void {
    // A link that can not be written to says so by going down.
    this.options.link.write(Buffer.from(text, 'latin1')).catch(() => undefined);
  }
}

function isFinal(line: string): boolean {
  return line === 'OK' || line === 'ERROR' || line === 'COMMAND NOT SUPPORT' || finalError.test(line);
}
