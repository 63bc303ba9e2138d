/** Gives an order, and keeps the last answer for the bar that shows it. One order at a time: a second touch of the same key is none. */
import type { PanelAnswer, PanelOrder } from '../../../api/orders.js';
import type { PanelProblem } from '../../../api/routes.js';
import { ask } from '../api/client.js';
import { makeStore } from './store.js';

/** What went well and left nothing open is shown so long, ms; everything else until somebody closes it. */
const doneShownMs = 15_000;

export interface Ordered {
  readonly order: PanelOrder;
  /** Null: it was not answered by the desk, and `problem` says why. */
  readonly answer: PanelAnswer | null;
  readonly problem: PanelProblem | null;
}

export interface Ordering {
  readonly busy: PanelOrder['ask'] | null;
  readonly last: Ordered | null;
}

export const ordering = makeStore<Ordering>({ busy: null, last: null });

export async function giveOrder(order: PanelOrder): Promise<Ordered | null> {
  if (ordering.get().busy !== null) return null;
  ordering.set({ busy: order.ask, last: null });
  const outcome = await ask('order', { body: order });
  const last: Ordered = outcome.isOk
    ? { order, answer: outcome.value, problem: null }
    : { order, answer: null, problem: outcome.problem };
  ordering.set({ busy: null, last });
  if (isDone(last)) {
    setTimeout(() => {
      if (ordering.get().last === last) closeAnswer();
    }, doneShownMs);
  }
  return last;
}

function isDone({ answer }: Ordered): boolean {
  return answer?.accepted === true && answer.still.length === 0 && answer.warnings.length === 0;
}

export function closeAnswer(): void {
  ordering.set({ ...ordering.get(), last: null });
}
