import type { SiteConfig } from '../../config/site.js';
import type { Entry } from '../../sync/journal/entry.js';
import type { Part } from './afflictions.js';
import type { Accuse, Checker, CheckerKind, Fact, WorldView } from './checker.js';
import { CityIndex, fireBit, keyOf } from './city-index.js';
import { SeemingLink } from './seeming-link.js';

/** Design.md §1: there within this while the link carries 8 kbit/s, also while a backlog drains. */
const toldWithinMs = 10_000;
/** The link, the disk and the gateway must have been well for so long: longest rest 30 s, the phase of a site 5 s, no PUBACK 10 s. */
const soundForMs = 60_000;
/** A dead connection on which nothing is sent shows only by its keepalive: given up after so much of it, and then opened anew. */
const keepalivesToNotice = 1.5;

export const fireTold: CheckerKind = {
  name: 'fire-told',
  promise: 'with a sound link a fire is at each centre within 10 s',
  make(config, accuse) {
    const city = CityIndex.of(config);
    const ways = [
      ...(config.uplinks.some(({ kind }) => kind === 'mqtt') ? [new DistrictWay(noticeMsOf(config))] : []),
      ...(city === null ? [] : [new CityWay(city)]),
    ];
    const judges = ways.map((way) => new FireTold(way, accuse));
    return {
      see(fact, world) {
        for (const judge of judges) judge.see(fact, world);
      },
      look(world) {
        for (const judge of judges) judge.look(world);
      },
    };
  },
};

/** One centre, and how it can be seen that it knows of a fire. */
interface Way {
  readonly name: string;
  readonly part: Part;
  /** What has to be heard of a fire; null: this centre is not told of it. */
  wants(fire: Entry): string | null;
  /** Of what is wanted, what was heard now. */
  hears(fact: Fact): readonly string[];
  /** Not before this can it be known that the connection is a dead one. */
  readonly noticedMono: number;
}

class FireTold implements Checker {
  /** Made and not heard yet: when. */
  readonly #waiting = new Map<string, number>();

  constructor(
    private readonly way: Way,
    private readonly accuse: Accuse,
  ) {}

  see(fact: Fact, world: WorldView): void {
    const heard = this.way.hears(fact);
    if (fact.kind === 'life.ended') this.#waiting.clear();
    else if (fact.kind === 'seen' && fact.seen.kind === 'entry') {
      const { entry } = fact.seen;
      const wanted = entry.class === 'fire' && entry.lane === 'fire' ? this.way.wants(entry) : null;
      if (wanted !== null) this.#waiting.set(wanted, fact.mono);
    }
    for (const key of heard) {
      const madeMono = this.#waiting.get(key);
      if (madeMono === undefined) continue;
      this.#waiting.delete(key);
      this.#judge(key, madeMono, fact.mono, world);
    }
  }

  look(world: WorldView): void {
    for (const [key, madeMono] of this.#waiting) {
      const nowMono = world.mono();
      if (nowMono - madeMono <= toldWithinMs) break;
      if (!this.#judge(key, madeMono, nowMono, world) && !isOver(madeMono, nowMono)) continue;
      this.#waiting.delete(key);
    }
  }

  #judge(key: string, madeMono: number, nowMono: number, { afflictions, gateway }: WorldView): boolean {
    if (nowMono - madeMono <= toldWithinMs) return false;
    const { part, name, noticedMono } = this.way;
    const sinceMono = Math.max(gateway?.beganMono ?? nowMono, afflictions.soundSince([part, 'disk', 'gateway']));
    if (sinceMono > madeMono - soundForMs || madeMono < noticedMono) return false;
    this.accuse(`fire ${key} was not at the ${name} within ${toldWithinMs / 1000} s of a sound link`);
    return true;
  }
}

/** By MQTT: each entry by its id. */
class DistrictWay implements Way {
  readonly name = 'district';
  readonly part = 'uplink';
  noticedMono = Number.NEGATIVE_INFINITY;

  constructor(private readonly noticeMs: number) {}

  wants({ id }: Entry): string {
    return id;
  }

  hears(fact: Fact): readonly string[] {
    // Nothing may get through although the fault itself is over: the ends do not know of each other.
    if (fact.kind === 'fault.began' && fact.fault === 'broker-half-open') this.noticedMono = fact.mono + this.noticeMs;
    return fact.kind === 'centre.heard' ? [fact.heard.id] : [];
  }
}

/** By GB/T 26875.3: a new fire is its component's word with the bit of fire and its own time. */
class CityWay implements Way {
  readonly name = 'city';
  readonly part = 'city';
  readonly #link: SeemingLink;

  constructor(private readonly index: CityIndex) {
    this.#link = new SeemingLink('city-half-open', index.id);
  }

  /** Without a sign of life a dead connection is noticed by what goes into it, and then opened anew. */
  get noticedMono(): number {
    return this.#link.soundMono;
  }

  wants(fire: Entry): string | null {
    const row = fire.kind === 'alarm.raised' ? this.index.rowOf(fire.subject) : null;
    const time = this.index.timeOf(fire);
    return row === null || time === null || (row.bits & fireBit) === 0 ? null : `${row.component} ${time}`;
  }

  hears(fact: Fact): readonly string[] {
    this.#link.see(fact);
    if (fact.kind !== 'city.heard' || fact.heard.type !== 2) return [];
    return fact.heard.objects.flatMap((object) =>
      ((object.state ?? 0) & fireBit) === 0 ? [] : [`${keyOf(object)} ${object.time}`],
    );
  }
}

function noticeMsOf({ uplinks }: SiteConfig): number {
  return (
    Math.max(...uplinks.map((uplink) => (uplink.kind === 'mqtt' ? uplink.keepaliveS * 1000 : 0))) * keepalivesToNotice +
    soundForMs
  );
}

/** It was excused; whoever never tells it has to answer to `all-told` and `board-true`. */
function isOver(madeMono: number, nowMono: number): boolean {
  return nowMono - madeMono > soundForMs;
}
