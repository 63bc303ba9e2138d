/**
 * The live state of the panel, from the runtime that watches now and the one after it. What happens in the watch only marks here
 * what has changed; it is looked at afterwards, in a turn of its own: whatever goes wrong with that, the watch never hears of it.
 *
 *   observation ▶ mark ▶ (alarms: at once · points: 250 ms · all else: with the next head) look ▶ tables ▶ patches
 */
import type { PointId } from '../../../config/ids.js';
import type { SiteConfig } from '../../../config/site.js';
import type { Cancel, Clock } from '../../../drivers/clock.js';
import type { Entry } from '../../../sync/journal/entry.js';
import type { Facets } from '../../alarm/facets.js';
import { journalSubject } from '../../alarm/site-subjects.js';
import type { DutyOrders } from '../../duty/duty-orders.js';
import type { Log } from '../../log.js';
import type { Observation } from '../../observation.js';
import type { Runtime } from '../../runtime.js';
import type { Way } from '../../way-book.js';
import type { PanelState, Patch } from '../api/state.js';
import { alarmRow } from './alarm-row.js';
import { bigStateOf, countsOf } from './big-state.js';
import { pointRow, requestRows, serviceRows, soundingRows, uplinkRows, wayRows } from './live-rows.js';
import { OutputBook } from './output-book.js';
import { PanelTables } from './panel-tables.js';
import { type SubjectPlace, subjectPlaces } from './subject-places.js';

/**
 * Points that change are told together, so often at most: nobody reads quicker, and every page draws itself anew for it. What alarms is
 * told at once, and with it what its point reads.
 */
export const pointsEveryMs = 250;
/** Alarms are told in the next turn; in a storm of them so often at most. */
const alarmsEveryMs = 20;
/** The head, and what nothing tells of: whoever hears nothing for longer knows that the panel is lost. */
export const headEveryMs = 2000;
/** Values that stay as they are: when they were last seen is told once in so many heads, a part of them each time. */
const freshEveryHeads = 30;
/** What goes wrong here is logged once in so long. */
const logEveryMs = 60_000;

/** What watches now. */
export interface Watching {
  readonly runtime: Runtime;
  readonly config: SiteConfig;
}

export interface StateFeedOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Asked when a gateway has started. */
  readonly now: () => Watching;
  readonly duty: DutyOrders;
  /** The site has a panel; else nothing is looked at. */
  readonly isWanted: () => boolean;
  /** Somebody takes patches now; else they wait, one for each key. */
  readonly isTaken: () => boolean;
  readonly onPatches: (patches: readonly Patch[]) => void;
  /** Another site file runs: all of it is to be told anew. */
  readonly onSite: () => void;
}

/** What an alarm's row was made of. */
interface RowOf {
  readonly facets: Facets;
  readonly raised: Entry['detail'] | null;
  readonly told: Way;
}

export class StateFeed {
  readonly #outputs = new OutputBook();
  readonly #rows = new Map<string, RowOf>();
  readonly #changedPoints = new Set<PointId>();
  #site: (Watching & { readonly places: ReadonlyMap<string, SubjectPlace> }) | null = null;
  #tables: PanelTables | null = null;
  #isScanned = false;
  /** A gateway has started since the last look: perhaps another one. */
  #isAnother = false;
  #areAlarmsDue = false;
  #freshAt = 0;
  #lookedMono = Number.NEGATIVE_INFINITY;
  #due: { readonly mono: number; readonly cancel: Cancel } | null = null;
  #cancelHead: Cancel | null = null;
  #loggedMono = Number.NEGATIVE_INFINITY;
  #isStopped = false;

  constructor(private readonly options: StateFeedOptions) {}

  /** The first gateway has started. */
  start(): void {
    this.#safely(() => this.#takeOver());
    this.#headLater();
  }

  stop(): void {
    this.#isStopped = true;
    this.#due?.cancel();
    this.#cancelHead?.();
  }

  /** All of it, looked at just now; nothing waits any longer. Null: no gateway has started yet. */
  state(): PanelState | null {
    this.#safely(() => this.#look(true));
    this.#tables?.forget();
    return this.#tables?.state ?? null;
  }

  /** Somebody takes patches again, or the duty book has changed. */
  wake(): void {
    this.#lookBy(0);
  }

  /** Everything that happens in the watch. Never throws, and does nothing but take note of it. */
  see(seen: Observation): void {
    if (!this.#isStopped) this.#safely(() => this.#note(seen));
  }

  #note(seen: Observation): void {
    switch (seen.kind) {
      case 'point.changed':
        this.#changedPoints.add(seen.reading.pointId);
        this.#lookBy(pointsEveryMs);
        return;
      case 'entry':
        if (seen.entry.kind === 'gateway.started') [this.#isAnother, this.#isScanned] = [true, false];
        this.#outputs.see(seen.entry);
        break;
      case 'entry.durable':
        return;
      case 'report.carried':
      case 'report.kept':
        this.#areAlarmsDue = true;
        this.#lookBy(pointsEveryMs);
        return;
      case 'report.passed_over':
        break;
      case 'site.scanned':
        this.#isScanned = true;
        break;
      case 'uplink.up':
      case 'uplink.down':
      case 'alarm.standing':
        break;
      case 'site.file':
        return;
      default: {
        const impossible: never = seen;
        throw new Error(`impossible observation ${String(impossible)}`);
      }
    }
    this.#areAlarmsDue = true;
    this.#lookBy(0);
  }

  /** Looks within this time, ms; in a storm at the pace of `alarmsEveryMs`. */
  #lookBy(inMs: number): void {
    if (this.#isStopped) return;
    const { clock } = this.options;
    const mono = Math.max(clock.mono() + inMs, this.#lookedMono + alarmsEveryMs);
    if (this.#due !== null && this.#due.mono <= mono) return;
    this.#due?.cancel();
    const cancel = clock.after(mono - clock.mono(), () => {
      this.#due = null;
      this.#safely(() => this.#tell(false));
    });
    this.#due = { mono, cancel };
  }

  #headLater(): void {
    if (this.#isStopped) return;
    this.#cancelHead = this.options.clock.after(headEveryMs, () => {
      this.#headLater();
      this.#safely(() => {
        this.#freshen();
        this.#tell(true);
      });
    });
  }

  #tell(isHeadDue: boolean): void {
    const { clock, isWanted, isTaken, onPatches } = this.options;
    this.#lookedMono = clock.mono();
    if ((this.#isAnother && this.#takeOver()) || !isWanted()) return;
    this.#look(isHeadDue);
    if (this.#tables?.isAnyWaiting === true && isTaken()) onPatches(this.#tables.take());
  }

  /** Goes over to the gateway that has started; false: it is the same one. */
  #takeOver(): boolean {
    const { runtime, config } = this.options.now();
    this.#isAnother = false;
    if (this.#site?.runtime === runtime) return false;
    this.#site = { runtime, config, places: subjectPlaces(config) };
    this.#rows.clear();
    this.#changedPoints.clear();
    this.#tables = new PanelTables(this.#head());
    for (const { id } of config.points) this.#changedPoints.add(id);
    this.#look(true);
    this.#tables.forget();
    this.options.onSite();
    return true;
  }

  #look(isAllDue: boolean): void {
    const [site, tables] = [this.#site, this.#tables];
    if (site === null || tables === null) return;
    const { runtime, config } = site;
    const { clock, duty } = this.options;
    if (isAllDue || this.#areAlarmsDue) {
      this.#areAlarmsDue = false;
      this.#lookAtAlarms();
      const { alarms } = runtime;
      tables.replace('services', serviceRows(alarms));
      tables.replace('outputs', this.#outputs.rows(config.outputs, alarms));
      tables.replace('soundings', soundingRows(runtime.orders.status, alarms, config.zones, clock));
      tables.replace('requests', requestRows(runtime.district.requests));
      tables.replace('uplinks', uplinkRows(runtime.uplinks, clock));
      tables.replace('ways', wayRows(runtime.centres.ways.kept));
    }
    tables.head(this.#head(), isAllDue);
    tables.shift(duty.shift);
    tables.replace('incidents', duty.incidents);
    for (const id of this.#changedPoints) tables.put('points', id, pointRow(id, runtime.points.get(id), clock));
    this.#changedPoints.clear();
  }

  #lookAtAlarms(): void {
    const [site, tables] = [this.#site, this.#tables];
    if (site === null || tables === null) return;
    const { alarms, lastRaised, centres } = site.runtime;
    const subjects = new Set<string>();
    for (const facets of alarms.subjects.values()) {
      const { subject, alarm } = facets;
      if (alarm === null) continue;
      subjects.add(subject);
      const row = { facets, raised: lastRaised.detailOf(subject), told: centres.ways.of(alarm.id) };
      const before = this.#rows.get(subject);
      if (before?.facets === facets && before.raised === row.raised && before.told === row.told) continue;
      tables.put('alarms', subject, alarmRow(facets, alarm, row.raised, site.places.get(subject), row.told));
      // Behind it: what could not be made is tried again at the next look.
      this.#rows.set(subject, row);
    }
    for (const subject of this.#rows.keys()) {
      if (subjects.has(subject)) continue;
      this.#rows.delete(subject);
      tables.drop('alarms', subject);
    }
  }

  #head(): PanelState['head'] {
    const { clock, version } = this.options;
    const runtime = this.#site?.runtime ?? this.options.now().runtime;
    const { alarms, orders, journal } = runtime;
    const counts = countsOf([...alarms.subjects.values()].filter(({ alarm }) => alarm !== null));
    const { exercise, isSounding } = orders.status;
    const running = exercise?.is ?? (alarms.walkTests.size > 0 ? 'walk-test' : null);
    return {
      ...{ boot: journal.boot, order: alarms.lastOrder, state: bigStateOf(counts, running, this.#isScanned) },
      ...{ isSounding, counts, wall: clock.wall(), clock: clock.trust(), version, upMs: clock.mono() },
      isRecording: (alarms.subjects.get(journalSubject.key)?.alarm ?? null) === null,
    };
  }

  /** The next part of the points, so that each is looked at once a minute: a value that stays is seen again and again. */
  #freshen(): void {
    const points = this.#site?.config.points ?? [];
    const count = Math.ceil(points.length / freshEveryHeads);
    for (const { id } of points.slice(this.#freshAt, this.#freshAt + count)) this.#changedPoints.add(id);
    this.#freshAt = this.#freshAt + count >= points.length ? 0 : this.#freshAt + count;
  }

  /** The panel may fail; whoever watches goes on. */
  #safely(run: () => void): void {
    try {
      run();
    } catch (error) {
      const { clock, log } = this.options;
      if (clock.mono() - this.#loggedMono < logEveryMs) return;
      this.#loggedMono = clock.mono();
      log.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'panel state');
    }
  }
}
