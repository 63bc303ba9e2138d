/** What the district has asked the people on the box for and is not answered yet: resets, and whether somebody is there (查岗). */
import type { UplinkId } from '../../../config/ids.js';
import type { Cancel, Clock } from '../../../drivers/clock.js';
import type { MarkRow } from '../../../sync/journal/store.js';
import { type CheckReport, DutyChecks, type RecordChecks } from './duty-checks.js';
import type { Outcome } from './outcome.js';

/** Resets at once: people can not answer more. Beyond, the order is refused. */
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

export class OpenRequests {
  readonly #duty: DutyChecks;
  #resets: readonly Asked[] = [];

  constructor(
    private readonly clock: Clock,
    record: RecordChecks,
  ) {
    this.#duty = new DutyChecks(clock, record);
  }

  get all(): readonly OpenRequest[] {
    const checks = this.#duty.open.map((check) => ({ is: 'duty-check' as const, ...check, note: null }));
    const resets = this.#resets.map(({ is, by, sinceWall, untilWall, note }) => ({
      ...{ is, by, sinceWall, untilWall, note },
    }));
    return [...checks, ...resets];
  }

  /** Somebody is asked for now. */
  get isDutyAsked(): boolean {
    return this.#duty.open.length > 0;
  }

  get checks(): CheckReport {
    return this.#duty.report;
  }

  /** No more of this kind can be asked now. */
  isFull(is: OpenRequest['is']): boolean {
    return is === 'duty-check' ? this.#duty.isFull : this.#resets.length >= openMax;
  }

  /** Resolves when somebody has answered, or nobody has in time. */
  askDuty(command: string, by: string, withinMs: number): Promise<Outcome> {
    return this.#duty.ask(command, by, withinMs);
  }

  /** False: too many are open. */
  askDutyFrom(uplink: UplinkId, withinMs: number): boolean {
    return this.#duty.askFrom(uplink, withinMs);
  }

  /** Somebody is there: all checks are answered. How many there were. */
  answerDuty(origin: string): number {
    return this.#duty.answer(origin);
  }

  /** What an earlier start had saved of the checks; null: nothing. */
  restore(mark: MarkRow | null): void {
    this.#duty.restore(mark);
  }

  /** Somebody has taken over. */
  sawShift(wall: number): void {
    this.#duty.sawShift(wall);
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

  /** What is not answered stays so. */
  stop(): void {
    this.#duty.stop();
    for (const { cancel } of this.#resets) cancel();
  }

  #request(is: OpenRequest['is'], by: string, forMs: number, note: string | null): OpenRequest {
    const sinceWall = this.clock.wall();
    return { is, by, sinceWall, untilWall: sinceWall + forMs, note };
  }
}
