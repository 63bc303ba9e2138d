/** A session machine and a centre that is a hand: bytes in, what it does out, at moments that the test names. */
import type { GbDialect } from '../../../config/site-telling.js';
import { gbPresetDialects } from '../../../config/uplinks/gb-presets.js';
import { decodeAdu } from '../../../sync/gb26875/decode-adu.js';
import { encodeAdu } from '../../../sync/gb26875/encode-adu.js';
import { encodeFrame } from '../../../sync/gb26875/encode-frame.js';
import { mayBegin } from '../../../sync/gb26875/exchanges.js';
import type { GbAdu, GbFrame } from '../../../sync/gb26875/frame-types.js';
import { GbFramer } from '../../../sync/gb26875/framer.js';
import { dueMono, newSession, step } from '../../../sync/gb26875/session.js';
import type { GbEffect, GbInput, GbSession, GbSessionRules } from '../../../sync/gb26875/session-types.js';
import { shortCodes } from '../../../sync/gb26875/short-frames.js';

export const box = [0xb9, 0x0b, 0, 0, 0, 0];
export const centre = [0x38, 0x5b, 1, 0, 0, 0];
export const report = Uint8Array.of(21, 1, 1, 0, 0, 0, 1, 1, 26);
export const noAdu = new Uint8Array(0);

export class HandLink {
  readonly rules: GbSessionRules;
  readonly dialect: GbDialect;
  state: GbSession = newSession();
  mono = 0;
  /** Of the last deed. */
  effects: readonly GbEffect[] = [];
  /** Of all deeds since the last `begin`. */
  all: GbEffect[] = [];
  readonly #framer: GbFramer;
  #nextId = 1;

  constructor(preset: keyof typeof gbPresetDialects = 'standard', over: Partial<GbSessionRules> = {}) {
    this.dialect = { ...gbPresetDialects[preset], readUnknown: 'deny' };
    this.rules = {
      ...{ address: box, centreAddress: centre, timeoutMs: 10_000, resends: 3, outstandingMax: 1 },
      ...{ takesDutyChecks: true, maySetClock: false, mayInitialise: false },
      ...this.dialect,
      ...over,
    };
    this.#framer = new GbFramer(this.dialect);
  }

  do(input: GbInput): readonly GbEffect[] {
    const { state, effects } = step(this.state, this.rules, input, this.mono);
    this.state = state;
    this.effects = effects;
    this.all.push(...effects);
    return effects;
  }

  connect(login: Uint8Array | null = null): this {
    this.do({ kind: 'connected', login });
    return this;
  }

  /** A report; its number. */
  send(isFire = false): number {
    const id = this.#nextId++;
    this.do({ kind: 'send', id, adu: report, isFire });
    return id;
  }

  mayBegin(isFire = false): boolean {
    return mayBegin(this.state, this.rules, isFire);
  }

  /** As bytes, so that the framer has its say. */
  bytes(bytes: Uint8Array): readonly GbEffect[] {
    const effects: GbEffect[] = [];
    for (const framed of this.#framer.push(bytes)) {
      if (framed.kind === 'bad') effects.push(...this.do({ kind: 'bad', head: framed.head }));
      else if (framed.kind === 'short') {
        const short = framed.code === shortCodes.keepAlive ? 'alive' : 'reply';
        effects.push(...this.do({ kind: 'short', short }));
      } else {
        const decoded = decodeAdu(framed.frame.adu, this.dialect);
        effects.push(...this.do({ kind: 'frame', frame: framed.frame, adu: decoded.ok ? decoded.adu : null }));
      }
    }
    this.effects = effects;
    return effects;
  }

  frame(command: number, serial: number, adu: GbAdu | Uint8Array = noAdu, over: Partial<GbFrame> = {}): Uint8Array {
    const time = { second: 30, minute: 15, hour: 8, day: 1, month: 10, year: 26 };
    return encodeFrame(
      {
        ...{ serial, version: this.dialect.version, time, source: centre, destination: box, command },
        adu: adu instanceof Uint8Array ? adu : encodeAdu(adu, this.dialect),
        ...over,
      },
      this.dialect,
    );
  }

  centre(...frame: Parameters<HandLink['frame']>): readonly GbEffect[] {
    return this.bytes(this.frame(...frame));
  }

  /** Time passes; what falls due in between is done. */
  wait(ms: number): void {
    const endMono = this.mono + ms;
    for (let atMono = dueMono(this.state); atMono <= endMono; atMono = dueMono(this.state)) {
      this.mono = atMono;
      this.do({ kind: 'due' });
      if (this.effects.some(({ kind }) => kind === 'close')) {
        this.do({ kind: 'closed' });
        return;
      }
    }
    this.mono = endMono;
  }

  /** Serials, commands and data units of what went out in all. */
  get sent(): readonly (readonly [command: number, serial: number])[] {
    return this.all.flatMap((each) => (each.kind === 'send' ? [[each.frame.command, each.frame.serial] as const] : []));
  }
}

/** In few words. */
export function inShort(effects: readonly GbEffect[]): readonly string[] {
  return effects.map((each) => {
    switch (each.kind) {
      case 'send':
        return `${['', 'control', 'data', 'confirm', 'request', 'answer', 'deny'][each.frame.command]} ${each.frame.serial}`;
      case 'short':
        return `short ${each.short}`;
      case 'confirmed':
        return `confirmed ${each.id}`;
      case 'failed':
        return `failed ${each.id} ${each.why}`;
      case 'close':
        return `close ${each.why}`;
      case 'order':
        return `order ${each.order.kind}`;
      case 'read':
        return `read ${each.adu.type}`;
      default:
        return each.kind;
    }
  });
}
