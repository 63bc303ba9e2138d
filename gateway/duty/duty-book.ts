/**
 * The duty book: who is on duty, what people have seen and said about a fire or warning, and calls that came by phone. Everything is
 * an entry of the journal; what is shown now is kept in one mark, so that a restart forgets nothing.
 *
 * It decides nothing about alarms: it is told of entries after the outputs were ordered, and reads how alarms stand.
 */
import type { BootId } from '../../config/ids.js';
import type { SiteConfig, UplinkConfig } from '../../config/site.js';
import type { AlarmClass, Words } from '../../config/vocabulary.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import { type Entry, type EntryDraft, laneOf } from '../../sync/journal/entry.js';
import type { MarkRow } from '../../sync/journal/store.js';
import { isTold } from '../../sync/tell-filter.js';
import type { AlarmState, Facets } from '../alarm/facets.js';
import type { Level } from '../command/command.js';
import { refusedDraft } from '../command/refused-draft.js';
import type { Marks } from '../exercise/outlets.js';
import type { DutyOrder, PanelAnswer } from '../panel/api/orders.js';
import type { Incident, PanelState } from '../panel/api/state.js';
import * as entries from './duty-entries.js';
import { dutyMark, dutyMarkName, savedDuty } from './duty-mark.js';
import type { DutyOrders, DutyPatch } from './duty-orders.js';
import {
  calledWords,
  type DutyRefusal,
  doneWords,
  droppedWords,
  dutyRefusalWords,
  openCallsMax,
  otherShiftWords,
  shortenedWords,
} from './duty-words.js';
import { reopened, withNote, withVerdict } from './incident-changes.js';
import { IncidentList, type KeptIncident, notesMax } from './incident-list.js';
import { openItems } from './open-items.js';

/** A closed incident is shown so long: the next shift still sees it. */
const closedKeptMs = 24 * 3_600_000;
/** What alarms begin is saved within this time, all of it at once: one that stands is begun anew anyway. What people say, at once. */
const saveWithinMs = 10_000;
/** What ends: nothing but the mark knows of it after a kill. */
const saveEndWithinMs = 500;
/** Incidents are compared with the alarms, and old ones leave. */
const lookEveryMs = 60_000;

export interface DutySite extends Pick<SiteConfig, 'zones'> {
  readonly uplinks: readonly Pick<UplinkConfig, 'tell'>[];
}

export interface DutyBookOptions {
  readonly clock: Clock;
  /** Of the site that runs now. */
  readonly config: () => DutySite;
  /** As they stand now. */
  readonly alarms: () => AlarmState;
  readonly boot: () => BootId;
  readonly marks: Marks;
  /** Entries and marks, in one transaction; false: they were not taken. */
  readonly record: (drafts: readonly EntryDraft[], marks: readonly MarkRow[]) => boolean;
  /** Somebody on the box says that he is there; how many duty checks that answers. */
  readonly answerDuty: (origin: string) => number;
}

type Note = Incident['notes'][number];
type Outcome = { readonly drafts: readonly EntryDraft[] } | { readonly refused: DutyRefusal };
type OrderAbout = Extract<DutyOrder, { incident: string }>;

export class DutyBook implements DutyOrders {
  readonly #incidents = new IncidentList();
  readonly #listeners = new Set<(patches: readonly DutyPatch[]) => void>();
  #shift: PanelState['shift'] = { person: null, sinceWall: null, note: null };
  #patches: DutyPatch[] = [];
  #isRestored = false;
  /** Incidents that had to leave, or found no place, and were not told of yet. */
  #dropped = 0;
  #saveDue: { readonly mono: number; readonly cancel: Cancel } | null = null;
  #cancelLook: Cancel | null = null;

  constructor(private readonly options: DutyBookOptions) {}

  get shift(): PanelState['shift'] {
    return this.#shift;
  }

  get incidents(): PanelState['incidents'] {
    return Object.fromEntries(this.#incidents.all.map(({ shown }) => [shown.id, shown]));
  }

  onChange(listener: (patches: readonly DutyPatch[]) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** After the runtime has started; the disk may answer later. */
  start(): void {
    this.#look();
  }

  /** While entries are still taken. */
  stop(): void {
    this.#cancelLook?.();
    if (this.#saveDue !== null) this.#save([]);
  }

  /** The journal has told what it had saved; until then, and after the first time, it changes nothing. */
  restore(): void {
    const { clock, marks } = this.options;
    if (this.#isRestored || !marks.isRead()) return;
    this.#isRestored = true;
    const saved = savedDuty(marks.get(dutyMarkName));
    if (saved === null) return;
    if (this.#shift.person === null) this.#setShift(saved.shift);
    for (const { closedWall, isWallSure, ...each } of saved.incidents) {
      if (this.#incidents.get(each.shown.id) !== null) continue;
      // By a clock that can not be believed, now or then, its day begins anew: rather too long than not at all.
      const isSure = isWallSure && clock.trust() === 'trusted';
      const agoMs = isSure && closedWall !== null ? Math.max(0, clock.wall() - closedWall) : 0;
      const closed = closedWall === null ? null : { wall: closedWall, isWallSure, mono: clock.mono() - agoMs };
      this.#put({ ...each, closed });
    }
    this.#trim();
  }

  /** Every entry as it is stamped. */
  see(seen: readonly Pick<Entry, 'kind' | 'class' | 'alarm' | 'subject' | 'origin'>[]): void {
    for (const { kind, class: alarmClass, alarm, subject, origin } of seen) {
      if (alarm === null) continue;
      if (kind === 'alarm.raised' && beginsOne(alarmClass)) {
        const facets = this.options.alarms().subjects.get(subject);
        if (facets?.alarm?.id === alarm && !this.#begin(facets)) this.#countDropped(1);
      } else if (kind === 'alarm.reset') this.#close(this.#incidents.get(alarm), origin ?? '');
    }
    this.#tell();
  }

  take(order: DutyOrder, origin: string, level: Level): PanelAnswer {
    this.restore();
    const still = order.ask === 'shift' ? openItems(this.options.alarms(), this.#incidents.all) : [];
    const barred = mayTake(order, origin, level);
    if (barred !== null) this.options.record([refusedDraft({ kind: order.ask, origin }, barred, words(barred))], []);
    const undo = this.#undo();
    const outcome: Outcome = barred === null ? this.#obey(order, origin) : { refused: barred };
    if ('refused' in outcome) {
      const isOther = outcome.refused === 'other-shift';
      return this.#answer(isOther ? otherShiftWords(this.#shift.person) : words(outcome.refused), outcome.refused);
    }
    const warnings = this.#trim();
    if (outcome.drafts.length > 0 && !this.#save(outcome.drafts)) {
      undo();
      return this.#answer(words('not-recorded'), 'not-recorded');
    }
    this.#tell();
    const done = order.ask === 'call' ? calledWords(this.#isTold(outcome.drafts)) : doneWords[order.ask];
    return {
      ...this.#answer(done),
      still: still.map(({ is, subject, zh, en }) => ({ subject, class: is, zh, en })),
      warnings,
    };
  }

  #obey(order: DutyOrder, origin: string): Outcome {
    switch (order.ask) {
      case 'duty-answer':
        return this.options.answerDuty(origin) === 0 ? { refused: 'nothing-asked' } : { drafts: [] };
      case 'shift':
        return this.#takeShift(order, origin);
      case 'call':
        return this.#takeCall(order, origin);
      default:
        return this.#takeWord(order, origin);
    }
  }

  /** Everything as it is now: what is not in the journal is not shown either. */
  #undo(): () => void {
    const [incidents, shift, patches, dropped] = [this.#incidents.all, this.#shift, this.#patches, this.#dropped];
    this.#patches = [...patches];
    return () => {
      this.#incidents.replace(incidents);
      [this.#shift, this.#patches, this.#dropped] = [shift, patches, dropped];
    };
  }

  /** Some centre is to hear of it. */
  #isTold(drafts: readonly EntryDraft[]): boolean {
    const { uplinks } = this.options.config();
    return uplinks.some(({ tell }) => drafts.some((draft) => isTold(tell, { ...draft, lane: laneOf(draft) })));
  }

  #takeShift({ person, note, sinceWall }: Extract<DutyOrder, { ask: 'shift' }>, origin: string): Outcome {
    if (sinceWall !== this.#shift.sinceWall) return { refused: 'other-shift' };
    const items = openItems(this.options.alarms(), this.#incidents.all);
    const draft = entries.shiftDraft({ person, note }, this.#shift, items, origin);
    this.#setShift({ person, note, sinceWall: this.options.clock.wall() });
    return { drafts: [draft] };
  }

  #takeCall({ place, zone, what }: Extract<DutyOrder, { ask: 'call' }>, origin: string): Outcome {
    if (zone !== null && !this.options.config().zones.some(({ id }) => id === zone)) return { refused: 'no-zone' };
    const open = this.#incidents.all.filter(({ shown }) => shown.kind === 'call' && !shown.isClosed);
    if (open.length >= openCallsMax) return { refused: 'too-many-calls' };
    const call: KeptIncident = {
      shown: {
        ...{ id: this.#newCallId(), kind: 'call', name: { zh: what, en: what }, place, zone },
        ...{ beganWall: this.options.clock.wall(), verdict: null, isClosed: false, notes: [] },
      },
      ...{ class: 'fire', subject: 'gateway', closed: null },
    };
    this.#put(call);
    return { drafts: [entries.callDraft(call, what, origin)] };
  }

  /** What somebody says about an incident. */
  #takeWord(order: OrderAbout, origin: string): Outcome {
    const kept = this.#incidents.get(order.incident);
    if (order.ask === 'close-call') {
      if (kept === null || kept.shown.kind !== 'call' || kept.closed !== null) return { refused: 'no-call' };
      this.#close(kept, origin);
      return { drafts: [entries.callClosedDraft(kept, origin)] };
    }
    if (kept === null) return { refused: 'no-incident' };
    if (order.ask !== 'verdict' && kept.shown.notes.length >= notesMax) return { refused: 'too-many-notes' };
    switch (order.ask) {
      case 'verdict':
        this.#put(withVerdict(kept, this.#note('verdict', origin, order.verdict), order.verdict));
        return { drafts: [entries.verdictDraft(kept, order.verdict, origin)] };
      case 'note':
        this.#put(withNote(kept, this.#note('note', origin, order.text)));
        return { drafts: [entries.notedDraft(kept, order.text, origin)] };
      case 'arrived':
        this.#put(withNote(kept, this.#note('arrived', origin, order.who)));
        return { drafts: [entries.arrivedDraft(kept, order.who, origin)] };
    }
  }

  /** False: all places are held by others that are open, and none of them has to leave for it. */
  #begin({ subject, class: alarmClass, zone, name, alarm }: Facets): boolean {
    const known = alarm === null ? null : this.#incidents.get(alarm.id);
    if (alarm === null || (known !== null && known.closed === null)) return true;
    if (known !== null) {
      // Its alarm was out of sight while the site file changed.
      this.#put(reopened(known));
      this.#saveSoon();
      return true;
    }
    const begun: KeptIncident = {
      shown: {
        ...{ id: alarm.id, kind: 'alarm', name, place: null, zone },
        ...{ beganWall: alarm.raisedWall, verdict: null, isClosed: false, notes: [] },
      },
      ...{ class: alarmClass, subject, closed: null },
    };
    if (!this.#incidents.hasRoomFor(begun)) return false;
    this.#put(begun);
    this.#trim();
    this.#saveSoon();
    return true;
  }

  #close(kept: KeptIncident | null, by: string): void {
    if (kept === null || kept.closed !== null) return;
    const { clock } = this.options;
    const { shown } = withNote(kept, this.#note('closed', by, ''));
    const closed = { wall: clock.wall(), isWallSure: clock.trust() === 'trusted', mono: clock.mono() };
    this.#put({ ...kept, shown: { ...shown, isClosed: true }, closed });
    this.#saveSoon(saveEndWithinMs);
  }

  /** Alarms that were restored, or are gone without a reset, and incidents whose day is over. */
  #look(): void {
    const { alarms, clock } = this.options;
    this.restore();
    const standing = new Set<string>();
    for (const facets of alarms().subjects.values()) {
      if (facets.alarm === null || !beginsOne(facets.class)) continue;
      standing.add(facets.alarm.id);
      this.#begin(facets);
    }
    for (const kept of this.#incidents.all) {
      const { id, kind } = kept.shown;
      if (kind === 'alarm' && !standing.has(id)) this.#close(kept, '');
      if (kept.closed === null || clock.mono() - kept.closed.mono < closedKeptMs) continue;
      this.#remove(id);
      this.#saveSoon();
    }
    this.#tell();
    this.#cancelLook = clock.after(lookEveryMs, () => this.#look());
  }

  #newCallId(): string {
    let nr = Math.floor(this.options.clock.mono());
    while (this.#incidents.get(`${this.options.boot()}-c${nr}`) !== null) nr += 1;
    return `${this.options.boot()}-c${nr}`;
  }

  #note(what: Note['what'], by: string, text: string): Note {
    return { wall: this.options.clock.wall(), by, what, text };
  }

  #setShift(value: PanelState['shift']): void {
    this.#shift = value;
    this.#patches.push({ topic: 'shift', value });
  }

  #put(kept: KeptIncident): void {
    this.#incidents.put(kept);
    this.#patches.push({ topic: 'incidents', key: kept.shown.id, value: kept.shown });
  }

  #remove(key: string): void {
    this.#incidents.remove(key);
    this.#patches.push({ topic: 'incidents', key, value: null });
  }

  /** What had to leave, in words; how many incidents did is journaled with whatever is saved next. */
  #trim(): Words[] {
    const { gone, shortened } = this.#incidents.trim();
    for (const key of gone) this.#patches.push({ topic: 'incidents', key, value: null });
    for (const key of new Set(shortened)) {
      const kept = this.#incidents.get(key);
      if (kept !== null) this.#patches.push({ topic: 'incidents', key, value: kept.shown });
    }
    if (gone.length > 0) this.#countDropped(gone.length);
    return [
      ...(gone.length === 0 ? [] : [droppedWords(gone.length)]),
      ...(shortened.length === 0 ? [] : [shortenedWords(shortened.length)]),
    ];
  }

  #countDropped(count: number): void {
    this.#dropped += count;
    this.#saveSoon();
  }

  #tell(): void {
    if (this.#patches.length === 0) return;
    const patches = this.#patches;
    this.#patches = [];
    for (const listener of this.#listeners) listener(patches);
  }

  #saveSoon(withinMs = saveWithinMs): void {
    const { clock } = this.options;
    const mono = clock.mono() + withinMs;
    if (this.#saveDue !== null && this.#saveDue.mono <= mono) return;
    this.#saveDue?.cancel();
    this.#saveDue = { mono, cancel: clock.after(withinMs, () => void this.#save([])) };
  }

  /** Until the disk has told what it had, nothing is put in its place. False: nothing was taken; what waits is tried again. */
  #save(drafts: readonly EntryDraft[]): boolean {
    const { clock, record } = this.options;
    this.#saveDue?.cancel();
    this.#saveDue = null;
    const dropped = this.#dropped === 0 ? [] : [entries.droppedDraft(this.#dropped)];
    this.restore();
    const saved = this.#isRestored ? [dutyMark(this.#shift, this.#incidents.all, clock.wall())] : [];
    const isAny = drafts.length + dropped.length + saved.length > 0;
    const isTaken = !isAny || record([...drafts, ...dropped], saved);
    if (isTaken) this.#dropped = 0;
    if (!isTaken || !this.#isRestored) this.#saveSoon();
    return isTaken;
  }

  #answer(said: Words, reason: DutyRefusal | null = null): PanelAnswer {
    const atWall = this.options.clock.wall();
    return { accepted: reason === null, reason, words: said, concerned: [], still: [], warnings: [], atWall };
  }
}

/** The own screen, where nobody has signed in, takes what can not wait; a handover needs an account. */
function mayTake(order: DutyOrder, origin: string, level: Level): DutyRefusal | null {
  if (order.ask === 'duty-answer') return null;
  const isOwnScreen = origin === 'panel';
  if (order.ask === 'shift' && isOwnScreen) return 'not-signed-in';
  return level >= 2 || isOwnScreen ? null : 'level-too-low';
}

function words(refusal: DutyRefusal): Words {
  return dutyRefusalWords[refusal];
}

function beginsOne(alarmClass: AlarmClass | null): boolean {
  return alarmClass === 'fire' || alarmClass === 'warning';
}
