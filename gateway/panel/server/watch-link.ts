/** The panel's end of the bridge: what the watch has told, kept up to date, and what the watch is asked. */
import { type Clock, sharedMono } from '../../../drivers/clock.js';
import type { CommissioningView } from '../api/commissioning.js';
import type { PanelAnswer, PanelOrder } from '../api/orders.js';
import { patched } from '../api/patched.js';
import type { Household, SiteInfo } from '../api/site.js';
import type { PanelState, Patch } from '../api/state.js';
import type { FromPanel, PanelOrderer, ToPanel } from '../bridge.js';

/** Longer than any desk takes: a reset waits up to 10 s for its units, a journal 5 s for its disk. */
const orderWaitMs = 20_000;
const doctorWaitMs = 5_000;
/** Questions under way; more are refused at once, so that a flood of orders stays in this thread. */
const asksMax = 32;
/**
 * The watch tells how things stand at least every two seconds (a head); after this long without it, it counts as not heard. Answers and
 * entries say nothing of how things stand: they may come while its state is stuck.
 */
export const heardMaxMs = 3_000;

/** A MessagePort, in the thread. */
export interface PanelBridge {
  post(message: FromPanel): void;
  onMessage(take: (message: ToPanel) => void): void;
}

export interface WatchEvents {
  /** All of it is another now. */
  onState(): void;
  onPatches(patches: readonly Patch[]): void;
  onEntry(entry: Extract<ToPanel, { kind: 'entry' }>): void;
}

/** `late`: whether it was done is not known. */
export type Asked<Value> = { readonly is: 'answered'; readonly value: Value } | { readonly is: 'late' | 'too-many' };

type Reply = Extract<ToPanel, { ask: number }>;

export class WatchLink {
  readonly #asks = new Map<number, (reply: Reply | null) => void>();
  #lastAsk = 0;
  #heardMono: number | null = null;
  #site: SiteInfo | null = null;
  #households: readonly Household[] = [];
  #state: PanelState | null = null;
  #events: WatchEvents | null = null;

  constructor(
    private readonly bridge: PanelBridge,
    private readonly clock: Clock,
  ) {
    bridge.onMessage((message) => this.#take(message));
  }

  /** Null: the watch has not told it yet. */
  get site(): SiteInfo | null {
    return this.#site;
  }

  get state(): PanelState | null {
    return this.#state;
  }

  get households(): readonly Household[] {
    return this.#households;
  }

  /** False: what is known here may be over by now, and must not be shown as the present. */
  isHeard(): boolean {
    return this.#heardMono !== null && this.clock.mono() - this.#heardMono <= heardMaxMs;
  }

  listen(events: WatchEvents): void {
    this.#events = events;
  }

  post(message: FromPanel): void {
    this.bridge.post(message);
  }

  async order(order: PanelOrder, by: PanelOrderer): Promise<Asked<PanelAnswer>> {
    const madeMono = sharedMono(this.clock);
    const asked = await this.#ask((ask) => ({ kind: 'order', ask, order, by, madeMono }), orderWaitMs);
    if (asked.is !== 'answered') return asked;
    return asked.value.kind === 'answer' ? { is: 'answered', value: asked.value.answer } : { is: 'late' };
  }

  async doctor(): Promise<Asked<Readonly<Record<string, unknown>>>> {
    const asked = await this.#ask((ask) => ({ kind: 'doctor', ask }), doctorWaitMs);
    if (asked.is !== 'answered') return asked;
    return asked.value.kind === 'doctor' ? { is: 'answered', value: asked.value.facts } : { is: 'late' };
  }

  /** `view` null: it still is the one of that number. */
  async commissioning(
    after: number | null,
  ): Promise<Asked<{ readonly serial: number; readonly view: CommissioningView | null }>> {
    const asked = await this.#ask((ask) => ({ kind: 'commissioning', ask, after }), doctorWaitMs);
    if (asked.is !== 'answered') return asked;
    const { value } = asked;
    return value.kind === 'commissioning'
      ? { is: 'answered', value: { serial: value.serial, view: value.view } }
      : { is: 'late' };
  }

  #ask(message: (ask: number) => FromPanel, waitMs: number): Promise<Asked<Reply>> {
    if (this.#asks.size >= asksMax) return Promise.resolve({ is: 'too-many' });
    this.#lastAsk += 1;
    const ask = this.#lastAsk;
    return new Promise((resolve) => {
      const cancel = this.clock.after(waitMs, () => done(null));
      const done = (reply: Reply | null): void => {
        cancel();
        this.#asks.delete(ask);
        resolve(reply === null ? { is: 'late' } : { is: 'answered', value: reply });
      };
      this.#asks.set(ask, done);
      this.bridge.post(message(ask));
    });
  }

  #take(message: ToPanel): void {
    switch (message.kind) {
      case 'site':
        this.#site = message.site;
        this.#households = message.households;
        break;
      case 'state':
        this.#heardMono = this.clock.mono();
        this.#state = message.state;
        this.#events?.onState();
        break;
      case 'patches':
        this.#heardMono = this.clock.mono();
        this.#patch(message.patches);
        break;
      case 'entry':
        this.#events?.onEntry(message);
        break;
      case 'answer':
      case 'doctor':
      case 'commissioning':
        this.#asks.get(message.ask)?.(message);
        break;
      case 'stop':
        break;
      default:
        unknownMessage(message);
    }
  }

  /** Patches before the first state change nothing: the state that comes has them. An empty list says that the watch lives. */
  #patch(patches: readonly Patch[]): void {
    if (this.#state === null || patches.length === 0) return;
    this.#state = patched(this.#state, patches);
    this.#events?.onPatches(patches);
  }
}

function unknownMessage(message: never): never {
  throw new Error(`unknown message ${JSON.stringify(message)}`);
}
