import { orderLevel } from './exercise-order.js';
import { orderRefusalWords } from './refusal-words.js';
export const nothingGoesOn = { exercise: null, saying: [], isSounding: false };
export function isExerciseRequest(request) {
    return request.ask in orderLevel;
}
export function answerOrder(orders, { user, ...ask }) {
    if (orders === null)
        return { accepted: false, reason: 'not-here', why: orderRefusalWords['not-here'] };
    // Only the owner of the data folder can open the socket: whoever could as well change the site file.
    return orders.submit(ask, { origin: `cli:${user}`, level: 3 });
}
