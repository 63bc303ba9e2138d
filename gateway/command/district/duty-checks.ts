/**
 * Duty checks (查岗): a centre asks whether somebody is there, by a signed order or in a language that signs nothing.
 *
 *   asked ──somebody answers──▶ answered        each of them an entry; what is open is saved, and a restart goes on counting
 *     └──────its time is over─▶ missed          (an order's does not: its district is told that nobody knows, decision 0035)
 */
import type { UplinkId } from '../../../config/ids.js';
import type { EntryKind, Words } from '../../../config/vocabulary.js';
import type { Cancel, Clock } from '../../../drivers/clock.js';
import type { EntryDraft, JsonValue } from '../../../sync/journal/entry.js';
import type { MarkRow } from '../../../sync/journal/store.js';
import { type CheckEnd, type CheckFigures, figuresOf } from './check-figures.js';
import { dutyChecksMark, type SavedCheck, savedChecks } from './duty-checks-mark.js';
import type { Outcome } from './outcome.js';

/** At once: people can not answer more. Beyond, it is refused. */
export const openChecksMax = 8;
/** Of a language that says minutes, 0 to 255: nobody gets to a key in none, and nobody is called for longer than an hour. */
export const withinMinMs = 60_000;
export const withinMaxMs = 3_600_000;
/** Ended ones that are counted: some days of a district that asks every hour. Beyond, the oldest are forgotten. */
const overMax = 200;
const dayMs = 86_400_000;

export interface OpenCheck {
  readonly by: string;
  readonly sinceWall: number;
  readonly untilWall: number;
}

/** For status, daily report and panel. */
export interface CheckReport {
  /** Since somebody took over; `sinceWall` null: nobody has, all that is known. */
  readonly shift: CheckFigures & { readonly sinceWall: number | null };
  readonly day: CheckFigures;
}

interface Check extends SavedCheck {
  readonly sinceMono: number;
  untilMono: number;
  /** Of `untilMono`, when it was set. */
  untilWall: number;
  cancel: Cancel;
  readonly settle: (outcome: Outcome) => void;
}

export type RecordChecks = (drafts: readonly EntryDraft[], marks?: readonly MarkRow[]) => void;

export class DutyChecks {
  #open: readonly Check[] = [];
  #over: readonly CheckEnd[] = [];
  #shiftWall: number | null = null;
  /** What an earlier start had saved is known: until then nothing is put in its place. */
  #isRestored = false;
  #cancelSave: Cancel | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly record: RecordChecks,
  ) {}

  get open(): readonly OpenCheck[] {
    return this.#open.map(({ by, sinceWall, untilWall }) => ({ by, sinceWall, untilWall }));
  }

  get isFull(): boolean {
    return this.#open.length >= openChecksMax;
  }

  get report(): CheckReport {
    const open = this.#open.map(({ sinceWall }) => sinceWall);
    const sinceWall = this.#shiftWall;
    return {
      shift: { sinceWall, ...figuresOf(this.#over, open, sinceWall) },
      day: figuresOf(this.#over, open, this.clock.wall() - dayMs),
    };
  }

  /** By an order; resolves when somebody has answered, or nobody has in time. */
  ask(command: string, by: string, withinMs: number): Promise<Outcome> {
    return new Promise((settle) => {
      this.#begin({ check: command, command, uplink: null, by, withinMs }, settle);
    });
  }

  /**
   * By a centre whose language signs nothing. Asked again while it waits it is the same check, which then waits as long as the longer of
   * both. False: too many are open.
   */
  askFrom(uplink: UplinkId, askedMs: number): boolean {
    const { clock } = this;
    const withinMs = boundedMs(askedMs);
    const same = this.#open.find((each) => each.uplink === uplink);
    if (same !== undefined) {
      const untilMono = Math.min(clock.mono() + withinMs, same.sinceMono + withinMaxMs);
      if (untilMono > same.untilMono) this.#waitUntil(same, untilMono);
      return true;
    }
    if (this.isFull) return false;
    const check = `${uplink}-${Math.round(clock.wall())}`;
    this.#begin({ check, command: null, uplink, by: `centre:${uplink}`, withinMs }, nothing);
    return true;
  }

  /** Somebody is there: all checks are answered. How many there were. */
  answer(origin: string): number {
    const answered = this.#open;
    this.#open = [];
    for (const check of answered) {
      check.cancel();
      const afterS = Math.round((this.clock.mono() - check.sinceMono) / 1000);
      const words = { zh: `查岗已应答（${afterS} 秒）`, en: `duty check answered after ${afterS} s` };
      this.#end(check, 'answered', afterS, draft('duty.answered', words, origin, { ...about(check), afterS }));
      check.settle({ state: 'done', words, detail: { by: origin, afterS } });
    }
    return answered.length;
  }

  /** Somebody has taken over at this moment: his checks are counted from then on. */
  sawShift(wall: number): void {
    this.#shiftWall = wall;
    // Not in the midst of the entry that tells it.
    this.#cancelSave ??= this.clock.after(0, () => {
      this.#cancelSave = null;
      this.record([], this.#marks());
    });
  }

  /** What an earlier start had saved; null: nothing. Once only. */
  restore(mark: MarkRow | null): void {
    if (this.#isRestored) return;
    this.#isRestored = true;
    const saved = savedChecks(mark);
    if (saved === null) {
      if (this.#open.length > 0 || this.#over.length > 0) this.record([], this.#marks());
      return;
    }
    this.#shiftWall ??= saved.shiftWall;
    const forgotten = saved.open.filter(({ command }) => command !== null);
    const lost = forgotten.map(({ sinceWall }): CheckEnd => ({ wall: sinceWall, is: 'unknown', afterS: null }));
    this.#over = [...saved.over, ...lost, ...this.#over].slice(-overMax);
    for (const check of saved.open) {
      const isAskedAgain = this.#open.some(({ uplink }) => uplink === check.uplink);
      // Even beyond the limit: what was taken is answered, or missed.
      if (check.command === null && !isAskedAgain) this.#goOn(check);
    }
    this.record([], this.#marks());
  }

  /** What is not answered stays saved. */
  stop(): void {
    this.#cancelSave?.();
    for (const { cancel } of this.#open) cancel();
  }

  #begin(asked: Omit<SavedCheck, 'sinceWall' | 'isWallSure'>, settle: Check['settle']): void {
    const { clock } = this;
    const [sinceWall, sinceMono] = [clock.wall(), clock.mono()];
    const check: Check = {
      ...{ ...asked, sinceWall, sinceMono, isWallSure: clock.trust() === 'trusted', settle },
      ...{ untilMono: sinceMono + asked.withinMs, untilWall: 0, cancel: nothing },
    };
    this.#open = [...this.#open, check];
    this.#waitUntil(check, check.untilMono);
    const withinS = asked.withinMs / 1000;
    const words = { zh: `平台查岗，请在 ${withinS} 秒内应答`, en: 'the district asks whether somebody is on duty' };
    this.record([draft('duty.asked', words, asked.by, { ...about(check), withinS })], this.#marks());
  }

  /** By a clock that can not be believed, now or then, its time begins anew: rather too long than not at all. */
  #goOn(saved: SavedCheck): void {
    const { clock } = this;
    const isSure = saved.isWallSure && clock.trust() === 'trusted';
    const agoMs = isSure ? Math.max(0, clock.wall() - saved.sinceWall) : 0;
    const sinceMono = clock.mono() - agoMs;
    const untilMono = sinceMono + Math.min(saved.withinMs, withinMaxMs);
    const check: Check = { ...saved, sinceMono, untilMono, untilWall: 0, cancel: nothing, settle: nothing };
    this.#open = [...this.#open, check];
    this.#waitUntil(check, untilMono);
  }

  #waitUntil(check: Check, untilMono: number): void {
    check.cancel();
    check.untilMono = untilMono;
    check.untilWall = Math.round(this.clock.wall() + untilMono - this.clock.mono());
    check.cancel = this.clock.after(Math.max(0, untilMono - this.clock.mono()), () => this.#miss(check));
  }

  #miss(check: Check): void {
    this.#open = this.#open.filter((each) => each !== check);
    const withinS = Math.round((check.untilMono - check.sinceMono) / 1000);
    this.#end(check, 'missed', null, draft('duty.missed', noAnswer, check.by, { ...about(check), withinS }));
    check.settle({ state: 'failed', reason: 'no-answer', words: noAnswer, detail: { withinS } });
  }

  #end({ sinceWall }: Check, is: CheckEnd['is'], afterS: number | null, told: EntryDraft): void {
    this.#over = [...this.#over, { wall: sinceWall, is, afterS }].slice(-overMax);
    this.record([told], this.#marks());
  }

  #marks(): readonly MarkRow[] {
    if (!this.#isRestored) return [];
    const open = this.#open.map(({ sinceMono, untilMono, untilWall, cancel, settle, ...saved }) => ({
      ...saved,
      withinMs: untilMono - sinceMono,
    }));
    return [dutyChecksMark({ open, over: [...this.#over], shiftWall: this.#shiftWall }, this.clock.wall())];
  }
}

const noAnswer: Words = { zh: '查岗无人应答', en: 'nobody answered the duty check' };

const nothing = (): void => undefined;

/** What an outside message says is no number of ours: what is none is five minutes. */
function boundedMs(askedMs: number): number {
  if (!Number.isFinite(askedMs)) return 5 * withinMinMs;
  return Math.min(Math.max(askedMs, withinMinMs), withinMaxMs);
}

function about({ command, check, uplink }: SavedCheck): Readonly<Record<string, JsonValue>> {
  return command === null ? { check, uplink } : { command };
}

function draft(
  kind: Extract<EntryKind, `duty.${string}`>,
  words: Words,
  origin: string,
  detail: EntryDraft['detail'],
): EntryDraft {
  return { kind, class: null, subject: 'gateway', alarm: null, zone: null, words, origin, detail };
}
