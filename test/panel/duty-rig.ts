/** A duty book beside alarms that a test sets by hand, on a virtual clock; its marks outlive it as those of a journal do. */
import { type BootId, brandId, type EntryId, type ZoneId } from '../../config/ids.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import { type Alarm, type AlarmState, emptyAlarmState, type Facets, fresh } from '../../gateway/alarm/facets.js';
import { DutyBook, type DutySite } from '../../gateway/duty/duty-book.js';
import type { DutyPatch } from '../../gateway/duty/duty-orders.js';
import type { Mark } from '../../gateway/exercise/outlets.js';
import type { DutyOrder, PanelAnswer } from '../../gateway/panel/api/orders.js';
import type { Incident } from '../../gateway/panel/api/state.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import { tellAll } from '../../sync/tell-filter.js';

const hall = brandId<ZoneId>('hall');

export class DutyRig {
  readonly drafts: EntryDraft[] = [];
  readonly patches: DutyPatch[] = [];
  readonly #subjects = new Map<string, Facets>();
  /** Duty checks that wait. */
  asked = 0;
  /** The journal takes entries. */
  isTaking = true;
  site: DutySite = {
    zones: [{ id: hall, name: { zh: '祠堂', en: 'hall' }, code: null }],
    uplinks: [{ tell: tellAll }],
  };
  book: DutyBook;

  constructor(
    readonly clock = new SimClock(),
    readonly marks = new Map<string, Mark>(),
    private readonly boot = 'boot1',
    public isRead = true,
  ) {
    this.book = this.#open();
    this.book.start();
  }

  /** The next process, on the same disk; alarms stand as they did. */
  restarted(): DutyRig {
    this.book.stop();
    const next = new DutyRig(this.clock, this.marks, `${this.boot}x`);
    for (const [key, facets] of this.#subjects) next.#subjects.set(key, facets);
    next.book.stop();
    next.book = next.#open();
    next.book.start();
    return next;
  }

  get alarms(): AlarmState {
    return { ...emptyAlarmState, subjects: new Map(this.#subjects) };
  }

  take(order: DutyOrder, origin = 'panel:wang', level: 1 | 2 | 3 = 2): PanelAnswer {
    return this.book.take(order, origin, level);
  }

  /** Raises an alarm, as the keeper tells it: first the state, then the entry. */
  raise(id: string, alarmClass: AlarmClass = 'fire', subject = `point:${id}`): void {
    const alarm = { id: brandId<EntryId>(id), raisedWall: this.clock.wall() } as Alarm;
    const name = { zh: `${id} 号`, en: `no. ${id}` };
    this.set(subject, { ...fresh({ key: subject, class: alarmClass, zone: hall, name }), condition: 'active', alarm });
    this.#see('alarm.raised', alarmClass, id, subject, null);
  }

  reset(id: string, origin: string | null = 'panel:li'): void {
    const facets = [...this.#subjects.values()].find(({ alarm }) => alarm?.id === id);
    if (facets === undefined) throw new Error(`no alarm ${id}`);
    this.#subjects.delete(facets.subject);
    this.#see('alarm.reset', facets.class, id, facets.subject, origin);
  }

  set(subject: string, facets: Facets | null): void {
    if (facets === null) this.#subjects.delete(subject);
    else this.#subjects.set(subject, facets);
  }

  incident(id: string): Incident | null {
    return this.book.incidents[id] ?? null;
  }

  /** `kind who detail`, in order. */
  get told(): readonly string[] {
    return this.drafts.map(({ kind, origin }) => `${kind} ${origin ?? '-'}`);
  }

  #see(
    kind: 'alarm.raised' | 'alarm.reset',
    alarmClass: AlarmClass,
    id: string,
    subject: string,
    origin: string | null,
  ) {
    this.book.see([{ kind, class: alarmClass, alarm: brandId<EntryId>(id), subject, origin }]);
  }

  #open(): DutyBook {
    const book = new DutyBook({
      clock: this.clock,
      config: () => this.site,
      alarms: () => this.alarms,
      boot: () => brandId<BootId>(this.boot),
      marks: { isRead: () => this.isRead, get: (name) => this.marks.get(name) ?? null },
      record: (drafts, marks) => {
        if (!this.isTaking) return false;
        this.drafts.push(...drafts);
        for (const mark of marks) this.marks.set(mark.name, mark);
        return true;
      },
      answerDuty: () => this.asked,
    });
    book.onChange((patches) => this.patches.push(...patches));
    return book;
  }
}
