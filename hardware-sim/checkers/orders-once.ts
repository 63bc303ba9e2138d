import type { SiteConfig } from '../../config/site.js';
import type { Entry } from '../../sync/journal/entry.js';
import type { Accuse, CentreOrder, Checker, CheckerKind, Fact, WorldView } from './checker.js';
import { cityUplink } from './city-index.js';
import { SeemingLink } from './seeming-link.js';

/** Clocks are read a moment apart. */
const clockSlackMs = 2_000;
/** Of a start the desk has looked at the clock by then (60 s while it can not be believed). */
const clockKnownAfterMs = 65_000;
/** A good order that finds everything sound has an answer, whatever it is, within this. */
const answerWithinMs = 20_000;
const soundForMs = 120_000;
/** Orders that come close to others may be too many to be answered. */
const aloneMs = 3_000;
/** Half an hour of a duty check and whatever it waits for. */
const endsWithinMs = 3_700_000;

/** A sender's clock may be so far ahead. */
const aheadMaxMs = 5 * 60_000;
/** Hostile by the clock only: judged by it, because it may be another when they arrive. */
const ofItsTime: ReadonlySet<string> = new Set(['expired', 'not-yet-valid']);

interface Order {
  readonly sent: CentreOrder[];
  /** Ids of the entries that say it was accepted; those of them that are durable. */
  accepted: { readonly entry: string; readonly life: number; readonly mono: number; isDurable: boolean }[];
  ends: { readonly kind: string; readonly isUnknown: boolean; readonly life: number }[];
  isAnswered: boolean;
}

export const ordersOnce: CheckerKind = {
  name: 'orders-once',
  promise: 'no order of the district takes effect twice, after its expiry, unsigned or unrecorded; each has one end',
  make: (config, accuse) =>
    config.commandKeys.length === 0 ? {} : new OrdersOnce(accuse, cityOf(config), districtOf(config)),
};

const lateRefusals: ReadonlySet<string> = new Set(['cannot-record', 'expired']);

/** What a centre of a language that signs nothing may bring about: it asks whether somebody is there. */
const cityMay: ReadonlySet<string> = new Set(['duty.asked', 'duty.missed']);

/** Null: there is none. */
function cityOf(config: SiteConfig): string | null {
  const city = cityUplink(config);
  return city === null ? null : `centre:${city.id}`;
}

function districtOf({ uplinks }: SiteConfig): string | null {
  return uplinks.find(({ kind }) => kind !== 'gb26875')?.id ?? null;
}

class OrdersOnce implements Checker {
  readonly #orders = new Map<string, Order>();
  /** Entries that say that an order was accepted, and are not durable: whose they are. */
  readonly #recording = new Map<string, Order>();
  /** Good ones that came alone into a sound world: when. */
  readonly #waiting = new Map<string, { readonly mono: number; readonly life: number }>();
  /** The clock of this start as it was believed first. */
  #believed: { readonly wall: number; readonly mono: number } | null = null;
  #refusedAt: { second: number; count: number } = { second: 0, count: 0 };
  readonly #answers = new Set<string>();
  #testsOrdered = 0;
  #sentMono = Number.NEGATIVE_INFINITY;
  readonly #link: SeemingLink;

  constructor(
    private readonly accuse: Accuse,
    private readonly city: string | null,
    district: string | null,
  ) {
    this.#link = new SeemingLink('broker-half-open', district);
  }

  see(fact: Fact, world: WorldView): void {
    this.#link.see(fact);
    switch (fact.kind) {
      case 'centre.sent':
        this.#sent(fact.order, fact.mono, world);
        break;
      case 'centre.result':
        this.#heard(fact);
        break;
      case 'life.began':
      case 'life.ended':
        this.#believed = null;
        this.#recording.clear();
        this.#waiting.clear();
        break;
      case 'seen':
        if (fact.seen.kind === 'entry') this.#see(fact.seen.entry, fact.life, fact.mono);
        else if (fact.seen.kind === 'entry.durable') this.#durable(fact.seen.entryId);
        break;
      default:
    }
  }

  look(world: WorldView): void {
    for (const [id, { mono, life }] of this.#waiting) {
      if (world.mono() - mono <= answerWithinMs) break;
      this.#waiting.delete(id);
      const isSound = soundSince(world) <= mono && world.gateway?.life === life;
      if (isSound) this.accuse(`order ${id} was never answered, and nothing was in its way`);
    }
  }

  conclude(world: WorldView): void {
    const life = world.gateway?.life ?? 0;
    for (const [id, { accepted, ends }] of this.#orders) {
      const durable = accepted.find(({ isDurable }) => isDurable);
      if (durable === undefined || ends.length > 0) continue;
      // Of an earlier start it must be known as unknown by now; of this one it may still go on.
      if (durable.life === life && world.mono() - durable.mono < endsWithinMs) continue;
      this.accuse(`order ${id} was accepted and has no end`);
    }
  }

  #of(id: string): Order {
    const known = this.#orders.get(id);
    if (known !== undefined) return known;
    const made: Order = { sent: [], accepted: [], ends: [], isAnswered: false };
    this.#orders.set(id, made);
    return made;
  }

  #sent(order: CentreOrder, nowMono: number, world: WorldView): void {
    const known = this.#of(order.id);
    const isFirst = known.sent.length === 0;
    known.sent.push(order);
    const isAlone = nowMono - this.#sentMono >= aloneMs;
    this.#sentMono = nowMono;
    if (!isAlone) this.#waiting.clear();
    const { gateway } = world;
    if (order.hostile !== null || !isAlone || gateway === null || !isFirst || this.#link.seemsToStand) return;
    const sinceMono = Math.max(gateway.watchingMono ?? nowMono, soundSince(world));
    if (nowMono - sinceMono >= soundForMs) this.#waiting.set(order.id, { mono: nowMono, life: gateway.life });
  }

  #see(entry: Entry, life: number, nowMono: number): void {
    const { kind, wall, clock, origin, detail } = entry;
    if (clock === 'trusted') this.#believed ??= { wall, mono: nowMono };
    const id = typeof detail['command'] === 'string' ? detail['command'] : null;
    switch (kind) {
      case 'command.accepted':
        if (this.city !== null && origin === this.city && detail['order'] !== 'initialise') {
          this.accuse(`an order ${String(detail['order'])} was accepted of a city that can only ask`);
        }
        if (id !== null) this.#accepted(id, entry, life, nowMono);
        break;
      case 'command.done':
      case 'command.failed':
        if (id !== null) this.#ended(id, entry, life);
        break;
      case 'command.refused':
        // Accepted, and not recorded in time or expired while it waited: refused for good, whatever the disk says later.
        if (id !== null && lateRefusals.has(String(detail['reason']))) this.#refusedLate(id, life);
        break;
      case 'siren_test.begun':
        if (origin?.startsWith('centre:') === true && --this.#testsOrdered < 0) {
          this.accuse('the sirens are tested for a district that did not order it');
        }
        break;
      default:
        this.#checkEffect(entry, nowMono);
    }
  }

  #accepted(id: string, entry: Entry, life: number, nowMono: number): void {
    const order = this.#of(id);
    const [first] = order.sent;
    if (first === undefined) this.accuse(`order ${id} was accepted and never sent`);
    else if (order.sent.every(({ hostile }) => hostile !== null && !ofItsTime.has(hostile))) {
      this.accuse(`order ${id} was accepted: ${first.hostile}`);
    }
    const aheadMs = Math.min(...order.sent.map(({ issuedWall }) => issuedWall)) - entry.wall;
    if (entry.clock === 'trusted' && aheadMs > aheadMaxMs + clockSlackMs) {
      this.accuse(`order ${id} was accepted ${Math.round(aheadMs / 1000)} s before it was issued`);
    }
    if (order.accepted.some(({ isDurable }) => isDurable)) this.accuse(`order ${id} was accepted twice`);
    const expiresWall = Math.max(...order.sent.map((sent) => sent.expiresWall));
    const byMs = this.#atLeastWall(entry, nowMono) - expiresWall;
    if (byMs > clockSlackMs) this.accuse(`order ${id} was accepted ${Math.round(byMs / 1000)} s after its expiry`);
    order.accepted.push({ entry: entry.id, life, mono: nowMono, isDurable: false });
    this.#recording.set(entry.id, order);
    if (entry.detail['order'] === 'siren_test') this.#testsOrdered += 1;
  }

  /** Never earlier than a moment of this start at which the clock could be believed, and the time since. */
  #atLeastWall({ wall, clock }: Entry, nowMono: number): number {
    const believed = this.#believed;
    const isKnown = believed !== null && nowMono - believed.mono >= clockKnownAfterMs;
    const since = isKnown ? believed.wall + nowMono - believed.mono : Number.NEGATIVE_INFINITY;
    return clock === 'trusted' ? Math.max(wall, since) : since;
  }

  #durable(entryId: string): void {
    const order = this.#recording.get(entryId);
    this.#recording.delete(entryId);
    for (const each of order?.accepted ?? []) if (each.entry === entryId) each.isDurable = true;
  }

  #ended(id: string, { kind, detail }: Entry, life: number): void {
    const order = this.#of(id);
    const isUnknown = detail['state'] === 'unknown';
    const inThisLife = order.accepted.find((each) => each.life === life);
    if (!isUnknown && inThisLife?.isDurable !== true) this.accuse(`order ${id} took effect before it was durable`);
    const before = order.ends.find((end) => end.life === life || !isUnknown);
    if (before !== undefined) this.accuse(`order ${id} has two ends: ${before.kind} and ${kind}`);
    order.ends.push({ kind, isUnknown, life });
  }

  #refusedLate(id: string, life: number): void {
    const order = this.#of(id);
    if (order.accepted.some((each) => each.life === life))
      order.ends.push({ kind: 'command.refused', isUnknown: false, life });
  }

  /** Whatever is done in the name of the district needs an order that is durable. */
  #checkEffect({ id, kind, origin }: Entry, nowMono: number): void {
    if (origin?.startsWith('centre:') !== true || kind === 'command.refused') return;
    if (origin === this.city) {
      if (!cityMay.has(kind)) this.accuse(`${kind} ${id} was done for a city that can only ask`);
      return;
    }
    const isOrdered = [...this.#orders.values()].some(({ accepted }) =>
      accepted.some(({ isDurable, mono }) => isDurable && mono <= nowMono),
    );
    if (!isOrdered) this.accuse(`${kind} ${id} was done for ${origin}, and no order was durable`);
  }

  #heard({ id, state, reason, atWall }: Extract<Fact, { kind: 'centre.result' }>): void {
    const answer = `${id} ${state} ${reason} ${atWall}`;
    if (id !== null) {
      this.#waiting.delete(id);
      this.#of(id).isAnswered = true;
    }
    // One of an order that came again is given again.
    if (this.#answers.has(answer)) return;
    this.#answers.add(answer);
    if (id !== null && (state === 'done' || state === 'failed') && this.#of(id).accepted.length === 0) {
      this.accuse(`order ${id} is answered with ${state}, and was never accepted`);
    }
    // What could not be recorded, or expired while it waited, was accepted first and is answered apart.
    const isCounted =
      (state === 'refused' || state === 'expired') && (id === null || this.#of(id).accepted.length === 0);
    if (isCounted) this.#countRefused(atWall);
  }

  #countRefused(atWall: number): void {
    const second = Math.floor(atWall / 1000);
    this.#refusedAt = { second, count: second === this.#refusedAt.second ? this.#refusedAt.count + 1 : 1 };
    // Two may fall into one second of a clock that is stepped or drifts.
    if (this.#refusedAt.count === 3) this.accuse('more than one refusal was answered in a second');
  }
}

function soundSince({ afflictions }: WorldView): number {
  return afflictions.soundSince(['uplink', 'disk', 'gateway', 'clock']);
}
