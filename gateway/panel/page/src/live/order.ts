/**
 * Gives an order, and keeps the last answer for the bar that shows it. Each of the three keys is busy by itself, whatever else is under
 * way; of all other orders there is one at a time. A second touch of the same key is none.
 */
import type { PanelAnswer, PanelOrder } from '../../../api/orders.js';
import type { PanelProblem } from '../../../api/routes.js';
import { ask, deniedAsked } from '../api/client.js';
import { makeStore } from './store.js';

export const keyAsks = ['acknowledge', 'silence', 'reset'] as const;
export type KeyAsk = (typeof keyAsks)[number];

/** What went well and left nothing open is shown so long, ms; everything else until somebody closes it. */
const doneShownMs = 15_000;
/** Given once more when the session's mark was of before: twice they do nothing more than once. */
const safeTwice: readonly PanelOrder['ask'][] = ['acknowledge', 'silence'];

export interface Ordered {
  readonly order: PanelOrder;
  /** Null: it was not answered by the desk, and `problem` says why. */
  readonly answer: PanelAnswer | null;
  readonly problem: PanelProblem | null;
}

export interface Ordering {
  /** Of the three keys. */
  readonly busyKeys: readonly KeyAsk[];
  /** Of all other orders. */
  readonly busy: PanelOrder['ask'] | null;
  readonly last: Ordered | null;
}

const idle: Ordering = { busyKeys: [], busy: null, last: null };

export const ordering = makeStore<Ordering>(idle);

/** Counts whoever looks here: an answer belongs to nobody who comes later. */
let person = 0;

export async function giveOrder(order: PanelOrder): Promise<Ordered | null> {
  const key = keyOf(order);
  const { busy, busyKeys } = ordering.get();
  if (key === null ? busy !== null : busyKeys.includes(key)) return null;
  ordering.set(
    key === null ? { busyKeys, busy: order.ask, last: null } : { busyKeys: [...busyKeys, key], busy, last: null },
  );
  let own = person;
  let outcome = await ask('order', { body: order });
  if (!outcome.isOk && outcome.problem.code === 'csrf' && safeTwice.includes(order.ask)) {
    await deniedAsked();
    own = person;
    outcome = await ask('order', { body: order });
  }
  const last: Ordered = outcome.isOk
    ? { order, answer: outcome.value, problem: null }
    : { order, answer: null, problem: outcome.problem };
  if (own !== person) return last;
  const now = ordering.get();
  ordering.set(
    key === null
      ? { ...now, busy: null, last }
      : { ...now, busyKeys: now.busyKeys.filter((each) => each !== key), last },
  );
  if (isDone(last)) {
    setTimeout(() => {
      if (ordering.get().last === last) closeAnswer();
    }, doneShownMs);
  }
  return last;
}

/** What somebody has ordered and was told is nothing for whoever comes after. */
export function forgetOrders(): void {
  person += 1;
  ordering.set(idle);
}

export function keyOf({ ask: asked }: PanelOrder): KeyAsk | null {
  return keyAsks.find((each) => each === asked) ?? null;
}

function isDone({ answer }: Ordered): boolean {
  return answer?.accepted === true && answer.still.length === 0 && answer.warnings.length === 0;
}

export function closeAnswer(): void {
  ordering.set({ ...ordering.get(), last: null });
}
