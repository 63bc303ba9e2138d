/**
 * The life of the panel's thread. Whatever becomes of it, the watch goes on: it is started again, and that it fails is a fault.
 *
 *   nowhere ──settings──▶ starting ──first word──▶ live ──dies, is silent for 10 s, can not listen──▶ waiting ──back-off──▶ starting
 *   any ──other settings──▶ starting, or nowhere; any ──stop──▶ stopped
 */
import { Backoff } from '../../../drivers/backoff.js';
import { type Cancel, type Clock, pause } from '../../../drivers/clock.js';
import type { Log } from '../../log.js';
import type { FromPanel, PanelSettings, ToPanel } from '../bridge.js';
import type { PanelTrouble } from './panel-fault.js';

/** Without any word for so long, ms, it is ended; it beats every 2 s. */
const silentMaxMs = 10_000;
/** The same before its first word: a slow box reads 10 MB of JavaScript for it. */
const startMaxMs = 40_000;
/** Without any word for so long nothing more is posted to it: what waits stays small here. */
const quietMaxMs = 5000;
const lookMs = 2000;
const retryFirstMs = 1000;
const retryCapMs = 60_000;
/** A fault is over when it has listened for so long. */
const steadyMs = 30_000;
/** It is asked to end, and then ended: together within 1 s. */
const endAskedMs = 700;
const endForcedMs = 300;

/** The thread, or what stands for it in a test. */
export interface PanelPort {
  post(message: ToPanel): void;
  /** Ends it by force. */
  end(): Promise<unknown>;
}

export interface PanelPortEvents {
  onMessage(message: FromPanel): void;
  /** Once, whatever ended it. */
  onEnd(why: string): void;
}

export type OpenPanelPort = (settings: PanelSettings, events: PanelPortEvents) => PanelPort;

export interface PanelThreadOptions {
  readonly clock: Clock;
  /** 0 ≤ r < 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly open: OpenPanelPort;
  /** It has begun: it is to be told everything. */
  readonly onOpen: () => void;
  readonly onMessage: (message: FromPanel) => void;
  /** How it stands, told again and again; null: well. */
  readonly onTrouble: (trouble: PanelTrouble | null) => void;
}

interface Life {
  readonly port: PanelPort;
  heardMono: number;
  isHeard: boolean;
  listensMono: number | null;
}

export class PanelThread {
  readonly #backoff: Backoff;
  #settings: PanelSettings | null = null;
  #life: Life | null = null;
  /** Undefined: it has neither listened nor failed yet, and a saved fault stands. */
  #trouble: PanelTrouble | null | undefined;
  #isStopped = false;
  #cancelLook: Cancel | null = null;
  #cancelRetry: Cancel | null = null;

  constructor(private readonly options: PanelThreadOptions) {
    this.#backoff = new Backoff(retryFirstMs, retryCapMs, options.random);
  }

  /** Where it is served from now on; null: nowhere. */
  use(settings: PanelSettings | null): void {
    if (this.#isStopped) return;
    if (this.#cancelLook === null) this.#lookLater();
    this.#settings = settings;
    this.#cancelRetry?.();
    this.#letGo();
    this.#backoff.reset();
    if (settings === null) this.#say(null);
    else this.#open();
  }

  /** It listens to what it is told. */
  get isTaking(): boolean {
    const life = this.#life;
    return life?.isHeard === true && this.options.clock.mono() - life.heardMono < quietMaxMs;
  }

  /** Told to nobody while there is none. */
  post(message: ToPanel): void {
    this.#life?.port.post(message);
  }

  /** In order, within a second. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelLook?.();
    this.#cancelRetry?.();
    const { clock } = this.options;
    const life = this.#life;
    if (life === null) return;
    const ended = new Promise<void>((resolve) => {
      this.#onEnded = resolve;
    });
    this.post({ kind: 'stop' });
    await Promise.race([ended, pause(clock, endAskedMs)]);
    if (this.#life === null) return;
    this.#life = null;
    await Promise.race([life.port.end().catch(() => undefined), pause(clock, endForcedMs)]);
  }

  /** While it stops. */
  #onEnded: () => void = () => undefined;

  #open(): void {
    const settings = this.#settings;
    if (this.#isStopped || settings === null) return;
    const { clock, open, onOpen } = this.options;
    const isOwn = (): boolean => this.#life === life;
    try {
      const port = open(settings, {
        onMessage: (message) => (isOwn() ? this.#hear(message) : undefined),
        onEnd: (why) => (isOwn() ? this.#ended(why) : undefined),
      });
      this.#life = { port, heardMono: clock.mono(), isHeard: false, listensMono: null };
    } catch (error) {
      this.#life = null;
      this.#fail({ kind: 'died', got: String(error) });
      return;
    }
    const life = this.#life;
    onOpen();
  }

  #hear(message: FromPanel): void {
    const { clock, log, onMessage } = this.options;
    const life = this.#life;
    if (life === null) return;
    life.heardMono = clock.mono();
    life.isHeard = true;
    if (message.kind === 'listening') {
      log.info({ url: message.url }, 'the panel listens');
      life.listensMono = clock.mono();
      if (this.#trouble === undefined) this.#say(null);
    }
    if (message.kind !== 'refused') onMessage(message);
    else if (message.isServedHere) {
      // Ended for it, it would be lost to the box's own screen too.
      life.listensMono = null;
      this.#say({ kind: 'refused', error: message.error });
    } else this.#fail({ kind: 'refused', error: message.error });
  }

  #ended(why: string): void {
    if (this.#isStopped) {
      this.#life = null;
      this.#onEnded();
    } else this.#fail({ kind: 'died', got: why });
  }

  #fail(trouble: PanelTrouble): void {
    if (this.#isStopped) return;
    const waitMs = this.#backoff.nextMs();
    this.options.log.error({ trouble: trouble.kind, got: 'got' in trouble ? trouble.got : null, waitMs }, 'panel');
    this.#letGo();
    this.#say(trouble);
    this.#cancelRetry?.();
    this.#cancelRetry = this.options.clock.after(waitMs, () => this.#open());
  }

  #letGo(): void {
    const life = this.#life;
    this.#life = null;
    void life?.port.end().catch(() => undefined);
  }

  #say(trouble: PanelTrouble | null): void {
    this.#trouble = trouble;
    this.options.onTrouble(trouble);
  }

  #lookLater(): void {
    this.#cancelLook = this.options.clock.after(lookMs, () => {
      this.#lookLater();
      this.#look();
    });
  }

  #look(): void {
    const life = this.#life;
    const nowMono = this.options.clock.mono();
    if (life !== null && nowMono - life.heardMono >= (life.isHeard ? silentMaxMs : startMaxMs)) {
      this.#fail({ kind: 'silent', got: null });
      return;
    }
    const isSteady = life !== null && life.listensMono !== null && nowMono - life.listensMono >= steadyMs;
    if (isSteady) this.#backoff.reset();
    // The listener may be another one by now, or have restored what was saved: it is told anew.
    if (this.#trouble !== undefined) this.#say(isSteady ? null : this.#trouble);
  }
}
