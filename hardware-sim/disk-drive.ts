/**
 * One arm and one head: operations of all handles one after the other, each begun when the one before has ended.
 *
 *   waiting ──▶ works for its latency ──▶ done, answered
 *                 └──▶ hangs ◀── (the mode) ──▶ begins anew in the mode that ended it
 */
import type { Cancel, Clock } from '../drivers/clock.js';
import type { StoreErrorCode } from '../sync/journal/store.js';
import type { DiskTrouble } from './disk-trouble.js';
import type { DiskCall } from './store-front.js';

/** Something that a handle wants of the drive. */
export interface Operation {
  readonly owner: object;
  readonly call: DiskCall;
  /** Does it at once, or only answers with the refusal. Resolves, and never rejects, when it is over. */
  end(refusal: StoreErrorCode | null): Promise<void>;
}

interface UnderWay {
  readonly operation: Operation;
  /** It was the n-th. */
  readonly counted: StoreErrorCode | null;
  /** `ends`: it is being done, or has been refused; nothing can stop it any more. */
  stage: 'works' | 'hangs' | 'ends';
  cancel: Cancel;
}

const nothing = (): void => undefined;

export class DiskDrive {
  /** Operations begun. */
  operations = 0;
  #waiting: Operation[] = [];
  #underWay: UnderWay | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly trouble: DiskTrouble,
    private readonly isMade: () => boolean,
  ) {}

  push(operation: Operation): void {
    this.#waiting.push(operation);
    this.#next();
  }

  /** What has not begun is never done. */
  forgetWaiting(owner: object): void {
    this.#waiting = this.#waiting.filter((operation) => operation.owner !== owner);
  }

  /** The mode is another one. */
  wake(): void {
    if (this.#underWay?.stage === 'hangs') this.#begin(this.#underWay);
  }

  /** Nothing waits any more; what was under way has wholly happened when `hasHappened()` says so, or not at all. */
  cutPower(hasHappened: () => boolean): void {
    this.#waiting = [];
    const underWay = this.#underWay;
    if (underWay === null || underWay.stage === 'ends') return;
    underWay.cancel();
    const { operation, counted } = underWay;
    const isRefused = counted !== null || this.trouble.refusalOf(operation.call, this.isMade()) !== null;
    if (hasHappened() && !isRefused) this.#end(underWay, null);
    else this.#underWay = null;
  }

  #next(): void {
    if (this.#underWay !== null) return;
    const operation = this.#waiting.shift();
    if (operation === undefined) return;
    this.operations++;
    const underWay: UnderWay = { operation, counted: this.trouble.count(), stage: 'works', cancel: nothing };
    this.#underWay = underWay;
    this.#begin(underWay);
  }

  #begin(underWay: UnderWay): void {
    underWay.stage = this.trouble.hangs ? 'hangs' : 'works';
    if (underWay.stage === 'hangs') return;
    const ms = this.trouble.drawMs();
    if (ms <= 0) this.#reach(underWay);
    else underWay.cancel = this.clock.after(ms, () => this.#reach(underWay));
  }

  /** The head is there. */
  #reach(underWay: UnderWay): void {
    if (this.trouble.hangs) underWay.stage = 'hangs';
    else this.#end(underWay, underWay.counted ?? this.trouble.refusalOf(underWay.operation.call, this.isMade()));
  }

  #end(underWay: UnderWay, refusal: StoreErrorCode | null): void {
    underWay.stage = 'ends';
    void underWay.operation.end(refusal).then(() => {
      this.#underWay = null;
      this.#next();
    });
  }
}
