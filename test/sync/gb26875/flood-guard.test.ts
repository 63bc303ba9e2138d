/** How much a centre may send before its link is given up. */
import { expect, it } from 'vitest';
import { FloodGuard } from '../../../sync/gb26875/flood-guard.js';

const confirmationBytes = 30;

/** Two thousand confirmations a second, for ten seconds. */
function confirms(isAsked: boolean): boolean {
  const guard = new FloodGuard(0);
  return Array.from({ length: 20_000 }).every((_, n) => {
    if (isAsked) guard.sent();
    return guard.allows(confirmationBytes, n / 2);
  });
}

it('a drain without a pace that is confirmed frame by frame is no flood; as many frames that nobody wants are one', () => {
  expect([confirms(true), confirms(false)]).toEqual([true, false]);
});
