/** What one step of the engine does about what flickers: asks, notes, tells (chatter.ts). */
import type { EntryId } from '../../config/ids.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { AlarmIndex } from './alarm-index.js';
import {
  type Change,
  type Chatter,
  type ChatterState,
  count,
  floodWith,
  isFlood,
  isWritten,
  nextTellMono,
  wrote,
} from './chatter.js';
import type { Facets } from './facets.js';
import type { Subject } from './subject.js';
import { VersionedMap } from './versioned-map.js';

/** What is to be told of a subject. */
export interface Told {
  readonly of: Subject;
  readonly alarm: EntryId;
  readonly detail: EntryDraft['detail'];
}

export class ChatterBook {
  #state: ChatterState;
  readonly #untoldBefore = new Map<string, EntryId | null>();

  constructor(
    before: ChatterState,
    private readonly now: { readonly mono: number; readonly wall: number },
    private readonly index: AlarmIndex,
  ) {
    this.#state = before;
  }

  get state(): ChatterState {
    return this.#state;
  }

  /** Null: the change is to be written. Else it is counted, and the alarm goes by this id, which an entry has. */
  countedAs(change: Change, facets: Facets): EntryId | null {
    const chatter = this.#of(facets.subject);
    const { mono } = this.now;
    const limits = { mono, isFlood: facets.class !== 'fire' && isFlood(this.#state, mono) };
    return chatter === undefined || isWritten(chatter, change, limits) ? null : chatter.alarm;
  }

  note(change: Change, facets: Facets, alarm: EntryId, isNews: boolean, detail: EntryDraft['detail']): void {
    const { subject: key, class: alarmClass, zone, name } = facets;
    const before = this.#of(key);
    if (isNews || before === undefined) {
      const of = { key, class: alarmClass, zone, name };
      this.#set(key, wrote(before, of, alarm, change, this.now.mono));
      if (alarmClass !== 'fire') this.#state = { ...this.#state, flood: floodWith(this.#state, this.now.mono) };
    } else this.#set(key, count(before, change, change === 'raised' ? detail : null, this.now));
  }

  /** Takes what is to be told; null: nothing. */
  tell(key: string): Told | null {
    const chatter = this.#of(key);
    if (chatter === undefined || chatter.counted === null) return null;
    const { raised, returned, sinceMono, sinceWall, last } = chatter.counted;
    this.#set(key, { ...chatter, counted: null });
    const forS = Math.round((this.now.mono - sinceMono) / 1000);
    const detail = { raised, returned, since_wall: sinceWall, for_s: forS, ...(last === null ? {} : { last }) };
    return { of: chatter.of, alarm: chatter.alarm, detail };
  }

  dealWith(key: string): void {
    const chatter = this.#of(key);
    if (chatter !== undefined) this.#set(key, { ...chatter, isDealtWith: true });
  }

  /** Whatever comes next is new. */
  forget(key: string): void {
    this.#set(key, undefined);
  }

  /** The alarm with changes that are not told yet, now and before this step; null: all is told. */
  untold(key: string): EntryId | null {
    const chatter = this.#of(key);
    return chatter === undefined || chatter.counted === null ? null : chatter.alarm;
  }

  untoldBefore(key: string): EntryId | null {
    return this.#untoldBefore.has(key) ? (this.#untoldBefore.get(key) ?? null) : this.untold(key);
  }

  #of(key: string): Chatter | undefined {
    return this.#state.subjects.get(key);
  }

  #set(key: string, chatter: Chatter | undefined): void {
    if (!this.#untoldBefore.has(key)) this.#untoldBefore.set(key, this.untold(key));
    const subjects = VersionedMap.of(this.#state.subjects);
    const next = chatter === undefined ? subjects.without(key) : subjects.with(key, chatter);
    if (next === this.#state.subjects) return;
    this.#state = { ...this.#state, subjects: next };
    this.index.counted.set(key, chatter === undefined ? null : nextTellMono(chatter));
  }
}
