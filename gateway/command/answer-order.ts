/** What the control socket answers to orders for drills, tests and loudspeakers. */
import type { ControlRequest } from './control-socket.js';
import type { ExerciseOrders, ExerciseRequest, OrderAnswer, OrdersStatus } from './exercise-order.js';
import { orderLevel } from './exercise-order.js';
import { orderRefusalWords } from './refusal-words.js';

export const nothingGoesOn: OrdersStatus = { exercise: null, saying: [], isSounding: false };

export function isExerciseRequest(request: ControlRequest): request is ExerciseRequest {
  return request.ask in orderLevel;
}

export function answerOrder(orders: ExerciseOrders | null, { user, ...ask }: ExerciseRequest): OrderAnswer {
  if (orders === null) return { accepted: false, reason: 'not-here', why: orderRefusalWords['not-here'] };
  // Only the owner of the data folder can open the socket: whoever could as well change the site file.
  return orders.submit(ask, { origin: `cli:${user}`, level: 3 });
}
