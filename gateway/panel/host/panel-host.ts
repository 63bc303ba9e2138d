/** The duty panel as the watch sees it: what it is told, what it orders, and that it lives. */
import { isDeepStrictEqual } from 'node:util';
import type { Cancel, Clock } from '../../../drivers/clock.js';
import { panelSubject } from '../../alarm/site-subjects.js';
import type { CommissioningOrders } from '../../commissioning/commissioning-orders.js';
import type { DutyBook } from '../../duty/duty-book.js';
import { dutyBookOf } from '../../duty/duty-of-runtime.js';
import type { Log } from '../../log.js';
import type { Observation } from '../../observation.js';
import type { FromPanel, PanelSettings, ToPanel } from '../bridge.js';
import { panelFaultDetail } from './panel-fault.js';
import { PanelOrders } from './panel-orders.js';
import { type OpenPanelPort, PanelThread } from './panel-thread.js';
import { panelSite } from './site-info.js';
import { StateFeed, type Watching } from './state-feed.js';
import { UserNotes } from './user-notes.js';

/** Entries are told to the panel's metrics together, so often. */
const entriesEveryMs = 250;
/** So many of them at once; above it the metrics count too few. */
const entriesMax = 1000;

export interface PanelHostOptions {
  readonly clock: Clock;
  /** 0 ≤ r < 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly version: string;
  /** IANA name of the zone that this machine's local time is. */
  readonly timeZone: string;
  /** Only after the first gateway has started. */
  readonly now: () => Watching;
  /** Where it is served, by the site file that runs now; null: there is no panel. */
  readonly settings: () => PanelSettings | null;
  readonly open: OpenPanelPort;
  /** Left out: there is none. */
  readonly commissioning?: CommissioningOrders;
}

type EntrySeen = Extract<ToPanel, { kind: 'entry' }>;

export class PanelHost {
  readonly #feed: StateFeed;
  readonly #orders: PanelOrders;
  readonly #thread: PanelThread;
  readonly #notes: UserNotes;
  readonly #duty: DutyBook;
  /** From the first site file with a panel on: the shift goes on while a site file without one is tried. */
  #isOnDuty = false;
  #settings: PanelSettings | null = null;
  #isStopped = false;
  #entries: EntrySeen[] = [];
  #cancelEntries: Cancel | null = null;

  constructor(private readonly options: PanelHostOptions) {
    const { clock, random, log, version, now, open, commissioning = null } = options;
    this.#duty = dutyBookOf(
      clock,
      () => now().config,
      () => now().runtime,
      // By its own timer too: nothing of it may throw into the watch.
      (run) => this.#safely(run),
    );
    this.#duty.onChange(() => this.#feed.wake());
    this.#notes = new UserNotes(clock.mono());
    this.#orders = new PanelOrders({ clock, log, duty: this.#duty, commissioning, runtime: () => now().runtime });
    this.#thread = new PanelThread({
      ...{ clock, random, log, open },
      onOpen: () => this.#safely(() => this.#tellAll()),
      onMessage: (message) => this.#safely(() => this.#hear(message)),
      onTrouble: (trouble) =>
        this.#safely(() =>
          now().runtime.tellFault(panelSubject, trouble !== null, trouble === null ? {} : panelFaultDetail(trouble)),
        ),
    });
    this.#feed = new StateFeed({
      ...{ clock, log, version, now, duty: this.#duty },
      isWanted: () => this.#settings !== null,
      isTaken: () => this.#thread.isTaking,
      onPatches: (patches) => this.#post({ kind: 'patches', patches }),
      onSite: () => this.#begin(),
    });
  }

  /** Everything that happens in the watch. Never throws. */
  see(seen: Observation): void {
    this.#feed.see(seen);
    if (seen.kind !== 'entry' || !this.#isOnDuty || this.#isStopped) return;
    this.#safely(() => this.#duty.see([seen.entry]));
    this.#safely(() => this.#count(seen.entry));
  }

  /** The first gateway has started. */
  start(): void {
    this.#feed.start();
  }

  /** In order, within a second. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#feed.stop();
    this.#cancelEntries?.();
    if (this.#isOnDuty) this.#safely(() => this.#duty.stop());
    await this.#thread.stop();
  }

  /** A site file begins to run: the panel is where it says. */
  #begin(): void {
    if (this.#isStopped) return;
    const settings = this.options.settings();
    if (settings !== null && !this.#isOnDuty) {
      this.#isOnDuty = true;
      this.#duty.start();
    }
    if (isDeepStrictEqual(this.#settings, settings)) {
      if (settings !== null) this.#tellAll();
    } else {
      this.#settings = settings;
      this.#thread.use(settings);
    }
  }

  #tellAll(): void {
    const { config } = this.options.now();
    this.#post({ kind: 'site', ...panelSite(config, this.options.timeZone) });
    const state = this.#feed.state();
    if (state !== null) this.#post({ kind: 'state', state });
  }

  #hear(message: FromPanel): void {
    const { clock, now } = this.options;
    switch (message.kind) {
      case 'order':
        this.#post({
          kind: 'answer',
          ask: message.ask,
          answer: this.#orders.take(message.order, message.by, message.madeMono),
        });
        return;
      case 'doctor':
        this.#post({ kind: 'doctor', ask: message.ask, facts: { ...now().runtime.doctor.facts } });
        return;
      case 'commissioning': {
        const { ask, after } = message;
        const told = this.options.commissioning?.view(after) ?? { serial: 0, view: null };
        this.#post({ kind: 'commissioning', ask, ...told });
        return;
      }
      case 'state':
        this.#tellAll();
        return;
      case 'note': {
        const draft = this.#notes.draft(message.what, clock.mono());
        if (draft !== null) now().runtime.record([draft]);
        return;
      }
      case 'listening':
      case 'beat':
        this.#feed.wake();
        return;
      case 'refused':
        return;
      default: {
        const impossible: never = message;
        throw new Error(`impossible message ${String(impossible)}`);
      }
    }
  }

  #count({ kind: entryKind, class: alarmClass }: Extract<Observation, { kind: 'entry' }>['entry']): void {
    if (this.#entries.length < entriesMax) this.#entries.push({ kind: 'entry', entryKind, class: alarmClass });
    this.#cancelEntries ??= this.options.clock.after(entriesEveryMs, () => {
      this.#cancelEntries = null;
      const entries = this.#entries;
      this.#entries = [];
      if (this.#thread.isTaking) for (const entry of entries) this.#post(entry);
    });
  }

  #post(message: ToPanel): void {
    this.#safely(() => this.#thread.post(message));
  }

  /** The panel may fail; whoever watches goes on. False: it has. */
  #safely(run: () => void): boolean {
    try {
      run();
      return true;
    } catch (error) {
      this.options.log.error({ error: String(error) }, 'panel');
      return false;
    }
  }
}
