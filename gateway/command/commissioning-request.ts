/** Requests about a commissioning on the control socket: the panel's orders, and who gives them. */
import { z } from 'zod';
import type { CommissioningOrders } from '../commissioning/commissioning-orders.js';
import { commissioningAsks } from '../panel/api/commissioning.js';
import { userName } from './exercise-order.js';

const [begin, press, probe, judge, photo, freeze, excuse, reopen, abandon, sign] = commissioningAsks;
const by = { user: userName };

export const commissioningRequests = [
  z.strictObject({ ask: z.literal('commissioning') }),
  begin.extend(by),
  press.extend(by),
  probe.extend(by),
  judge.extend(by),
  photo.extend(by),
  freeze.extend(by),
  excuse.extend(by),
  reopen.extend(by),
  abandon.extend(by),
  sign.extend(by),
] as const;
export type CommissioningRequest = z.infer<(typeof commissioningRequests)[number]>;

export function isCommissioningRequest(request: { readonly ask: string }): request is CommissioningRequest {
  return request.ask.startsWith('commissioning');
}

/** Only the owner of the data folder can open the socket: whoever could as well change the site file. */
export function answerCommissioning(orders: CommissioningOrders, request: CommissioningRequest) {
  if (request.ask === 'commissioning') return orders.view(null);
  const { user, ...ask } = request;
  return orders.take(ask, `cli:${user}`, 3);
}
