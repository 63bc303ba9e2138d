import type { Entry } from '../../sync/journal/entry.js';
import { AlarmBook, type Standing } from './alarm-book.js';
import type { BoxOrder, CheckerKind } from './checker.js';
import { OutputBook } from './output-book.js';
import { SirenDuty } from './siren-duty.js';
import { SiteIndex } from './site-index.js';

/** So long after a silence or an acknowledgement a new fire is held against it. */
const watchedMs = 1_800_000;
/** An order takes effect within this: a reset waits for units that latch themselves. */
const takesEffectMs = 15_000;
/** A wired key means what stood one second before; a fraction for the moments between world and gateway. */
const keyMeansBeforeMs = 1_000 - 100;
const ordersMax = 200;

interface Effect {
  readonly mono: number;
  readonly entry: Entry;
  readonly raisedMono: number;
  readonly order: number | null;
}

const effects: ReadonlySet<string> = new Set(['alarm.silenced', 'alarm.acknowledged', 'alarm.reset']);

export const silenceHidesNothing: CheckerKind = {
  name: 'silence-hides-nothing',
  promise: 'no order touches an alarm that its giver had not seen, and a fire raised after a silence sounds',
  make(config, accuse) {
    const book = new AlarmBook();
    const outputs = new OutputBook();
    const duty = new SirenDuty(new SiteIndex(config), book, outputs);
    const orders: { readonly mono: number; readonly order: BoxOrder }[] = [];
    const centreMonos: number[] = [];
    let effectsToJudge: Effect[] = [];
    let silencedMono = Number.NEGATIVE_INFINITY;
    return {
      see(fact, world) {
        if (fact.kind === 'ordered') push(orders, { mono: fact.mono, order: fact.order });
        if (fact.kind === 'centre.sent' && fact.order.hostile === null) push(centreMonos, fact.mono);
        if (fact.kind === 'seen' && fact.seen.kind === 'entry' && effects.has(fact.seen.entry.kind)) {
          const { entry } = fact.seen;
          const standing = book.standing.get(entry.subject);
          if (entry.kind !== 'alarm.reset') silencedMono = fact.mono;
          if (standing !== undefined) effectsToJudge.push(effectOn(standing, entry, fact.mono));
        }
        book.see(fact, world);
        outputs.see(fact);
        duty.see(fact, world);
      },
      look(world) {
        for (const effect of effectsToJudge) {
          const why = judge(effect, orders, centreMonos);
          if (why !== null) accuse(`${effect.entry.kind} of ${effect.entry.subject} by ${effect.entry.origin}: ${why}`);
        }
        effectsToJudge = [];
        for (const standing of book.standing.values()) {
          const isAfter = standing.sinceMono > silencedMono && standing.sinceMono < silencedMono + watchedMs;
          if (standing.class !== 'fire' || !isAfter) continue;
          for (const output of duty.silent(standing, world))
            accuse(`${output} does not sound for ${standing.subject}, raised after a silence`);
        }
      },
    };
  },
};

function effectOn({ raisedMono, order }: Standing, entry: Entry, mono: number): Effect {
  return { mono, entry, raisedMono, order };
}

/** Why the order can not have meant this alarm; null: it could. */
function judge(
  { mono, entry: { origin, boot }, raisedMono, order }: Effect,
  orders: readonly { readonly mono: number; readonly order: BoxOrder }[],
  centreMonos: readonly number[],
): string | null {
  if (origin === null) return 'nobody ordered it';
  if (origin.startsWith('key:')) {
    return raisedMono > mono - keyMeansBeforeMs ? `raised ${Math.round(mono - raisedMono)} ms before the key` : null;
  }
  if (origin.startsWith('centre:')) {
    return centreMonos.some((sentMono) => sentMono >= raisedMono) ? null : 'raised after the last order of the centre';
  }
  const near = orders.filter((each) => each.order.origin === origin && each.mono >= mono - takesEffectMs);
  // Whoever plays the people may not tell of every order.
  if (near.length === 0) return null;
  const isMeant = near.some(
    ({ order: { upTo } }) => upTo === null || (upTo.boot === boot && (order ?? 0) <= upTo.order),
  );
  return isMeant
    ? null
    : `its raising is number ${order}, and the newest that was seen ${near.map(({ order: { upTo } }) => upTo?.order).join(', ')}`;
}

function push<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > ordersMax) list.shift();
}
