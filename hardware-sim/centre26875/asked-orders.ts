/** What a centre has asked and ordered, and what became of it. */
import type { Clock } from '../../drivers/clock.js';
import type { Adu } from './adu.js';
import type { Frame } from './frame.js';
import { answerTypeOf } from './tables.js';

export type OrderOutcome = 'waiting' | 'confirmed' | 'answered' | 'denied';

export interface AskedOrder {
  readonly type: number;
  readonly frame: Frame;
  readonly sentMono: number;
  outcome: OrderOutcome;
  outcomeMono: number | null;
  /** The data unit of the answer; of a read. */
  answer: Adu | null;
  /** Type 91: when a person has answered by an upload of type 24, bit 5. */
  dutyMono: number | null;
  /** Type 91: whether that was in time; null: not yet. */
  isDutyInTime: boolean | null;
}

/** The oldest go. */
const ordersMax = 10_000;
const dutyBit = 1 << 5;
const minuteMs = 60_000;

export class AskedOrders {
  readonly all: AskedOrder[] = [];
  readonly #minutes = new Map<AskedOrder, number>();

  constructor(private readonly clock: Clock) {}

  /** `minutes`: of a duty check. */
  add(type: number, frame: Frame, minutes: number | null): AskedOrder {
    const order: AskedOrder = {
      ...{ type, frame, sentMono: this.clock.mono(), outcome: 'waiting', outcomeMono: null },
      ...{ answer: null, dutyMono: null, isDutyInTime: null },
    };
    this.all.push(order);
    if (minutes !== null) this.#minutes.set(order, minutes);
    if (this.all.length > ordersMax) {
      const oldest = this.all.shift();
      if (oldest !== undefined) this.#minutes.delete(oldest);
    }
    return order;
  }

  settle(kind: 'confirm' | 'answer' | 'deny', serial: number, adu: Adu | null): void {
    const order = this.all.findLast(({ frame, outcome }) => outcome === 'waiting' && frame.serial === serial);
    if (order === undefined) return;
    const wanted = answerTypeOf(order.type);
    if (kind === 'confirm' && wanted !== null) return;
    if (kind === 'answer' && (wanted === null || adu?.type !== wanted)) return;
    order.outcome = kind === 'confirm' ? 'confirmed' : kind === 'answer' ? 'answered' : 'denied';
    order.outcomeMono = this.clock.mono();
    if (kind === 'answer') order.answer = adu;
  }

  /** An upload may be the answer of a person to the oldest duty check that waits. */
  noteDuty({ type, objects }: Adu): void {
    if (type !== 24 || !objects.some(({ operation = 0 }) => (operation & dutyBit) !== 0)) return;
    const waiting = [...this.#minutes].find(([order]) => order.dutyMono === null);
    if (waiting === undefined) return;
    const [order, minutes] = waiting;
    order.dutyMono = this.clock.mono();
    order.isDutyInTime = order.dutyMono - order.sentMono <= minutes * minuteMs;
  }
}
