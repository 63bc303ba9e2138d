/** Orders of people at the box: they take effect at the product's desks, and the judges are told what was ordered. */
import type { World } from '../world.js';

export type Verb = 'acknowledge' | 'silence' | 'reset';

/** @param behind how many of the newest alarms the person has not seen. */
export function order(world: World, verb: Verb, behind = 0): void {
  const runtime = world.life?.runtime;
  if (runtime === undefined) return;
  const upTo = { boot: runtime.journal.boot, order: Math.max(0, runtime.alarms.lastOrder - behind) };
  const { accepted } = runtime.command({ kind: verb, upTo, origin: 'panel', level: 2 });
  world.tell({ kind: 'ordered', order: { what: verb, origin: 'panel', upTo, isAccepted: accepted } });
}

export function serve(
  world: World,
  to: 'in-service' | 'shelved' | 'out-of-service',
  subjects: readonly string[],
  forMs: number,
): boolean {
  const runtime = world.life?.runtime;
  if (runtime === undefined) return false;
  const { accepted } = runtime.serve({ subjects, to, forMs, origin: 'panel', level: 3 });
  world.tell({
    kind: 'ordered',
    order: { what: `${to} ${subjects.join(' ')}`, origin: 'panel', upTo: null, isAccepted: accepted },
  });
  return accepted;
}

type Ask = Parameters<NonNullable<World['life']>['runtime']['orders']['submit']>[0];

/** The duty staff's, but for walk tests, which are the installer's (design: levels). */
export function submit(world: World, ask: Ask): void {
  const runtime = world.life?.runtime;
  if (runtime === undefined) return;
  const level = ask.ask === 'walk-test-begin' || ask.ask === 'walk-test-end' ? 3 : 2;
  const { accepted } = runtime.orders.submit(ask, { origin: 'panel', level });
  world.tell({ kind: 'ordered', order: { what: ask.ask, origin: 'panel', upTo: null, isAccepted: accepted } });
}
