/** What the district has asked the people on the box for and is not answered yet: resets, and whether somebody is there (查岗). */
import type { Words } from '../../../config/vocabulary.js';
import type { Cancel, Clock } from '../../../drivers/clock.js';
import type { EntryDraft } from '../../../sync/journal/entry.js';
import type { Outcome } from './outcome.js';

/** Of each kind at once: people can not answer more. Beyond, the order is refused. */
export const openMax = 8;
/** Nobody resets because of what was asked in the morning. */
export const resetAskedMs = 3_600_000;

/** For `gengfu status`. */
export interface OpenRequest {
  readonly is: 'duty-check' | 'reset-request';
  readonly by: string;
  /** Wall times, ms since 1970. */
  readonly sinceWall: number;
  readonly untilWall: number;
  /** What the district has to say about it. */
  readonly note: string | null;
}

interface Asked extends OpenRequest {
  readonly cancel: Cancel;
}

interface DutyAsked extends Asked {
  readonly command: string;
  readonly sinceMono: number;
  readonly settle: (outcome: Outcome) => void;
}

export class OpenRequests {
  #duty: readonly DutyAsked[] = [];
  #resets: readonly Asked[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly record: (drafts: readonly EntryDraft[]) => void,
  ) {}

  get all(): readonly OpenRequest[] {
    return [...this.#duty, ...this.#resets].map(({ is, by, sinceWall, untilWall, note }) => ({
      ...{ is, by, sinceWall, untilWall, note },
    }));
  }

  /** No more of this kind can be asked now. */
  isFull(is: OpenRequest['is']): boolean {
    return (is === 'duty-check' ? this.#duty : this.#resets).length >= openMax;
  }

  /** Resolves when somebody has answered, or nobody has in time. */
  askDuty(command: string, by: string, withinMs: number): Promise<Outcome> {
    const words = {
      zh: `平台查岗，请在 ${withinMs / 1000} 秒内应答`,
      en: `the district asks whether somebody is on duty`,
    };
    this.record([draft('duty.asked', words, by, { command, withinS: withinMs / 1000 })]);
    return new Promise((settle) => {
      const cancel = this.clock.after(withinMs, () => {
        this.#duty = this.#duty.filter((each) => each !== asked);
        settle({ state: 'failed', reason: 'no-answer', words: noAnswer, detail: { withinS: withinMs / 1000 } });
      });
      const asked: DutyAsked = {
        ...this.#request('duty-check', by, withinMs, null),
        ...{ command, cancel, settle, sinceMono: this.clock.mono() },
      };
      this.#duty = [...this.#duty, asked];
    });
  }

  /** Somebody is there: all checks are answered. How many there were. */
  answerDuty(origin: string): number {
    const answered = this.#duty;
    this.#duty = [];
    for (const { command, cancel, settle, sinceMono } of answered) {
      cancel();
      const afterS = Math.round((this.clock.mono() - sinceMono) / 1000);
      const words = { zh: `查岗已应答（${afterS} 秒）`, en: `duty check answered after ${afterS} s` };
      this.record([draft('duty.answered', words, origin, { command, afterS })]);
      settle({ state: 'done', words, detail: { by: origin, afterS } });
    }
    return answered.length;
  }

  askReset(by: string, note: string | null): void {
    const cancel = this.clock.after(resetAskedMs, () => {
      this.#resets = this.#resets.filter((each) => each !== asked);
    });
    const asked: Asked = { ...this.#request('reset-request', by, resetAskedMs, note), cancel };
    this.#resets = [...this.#resets, asked];
  }

  /** Somebody has reset: whoever asked for it has what he wanted. */
  sawReset(): void {
    for (const { cancel } of this.#resets) cancel();
    this.#resets = [];
  }

  /** What is not answered stays so: after a restart nobody can say how it ended. */
  stop(): void {
    for (const { cancel } of [...this.#duty, ...this.#resets]) cancel();
  }

  #request(is: OpenRequest['is'], by: string, forMs: number, note: string | null): OpenRequest {
    const sinceWall = this.clock.wall();
    return { is, by, sinceWall, untilWall: sinceWall + forMs, note };
  }
}

const noAnswer: Words = { zh: '查岗无人应答', en: 'nobody answered the duty check' };

function draft(
  kind: 'duty.asked' | 'duty.answered',
  words: Words,
  origin: string,
  detail: EntryDraft['detail'],
): EntryDraft {
  return { kind, class: null, subject: 'gateway', alarm: null, zone: null, words, origin, detail };
}
