import type { SiteConfig } from '../../config/site.js';
import type { Accuse, Checker, CheckerKind, Fact, WorldView } from './checker.js';

/** Design.md §1: there within this while the link carries 8 kbit/s, also while a backlog drains. */
const toldWithinMs = 10_000;
/** The link, the disk and the gateway must have been well for so long: longest rest 30 s, the phase of a site 5 s, no PUBACK 10 s. */
const soundForMs = 60_000;
/** A dead connection on which nothing is sent shows only by its keepalive: given up after so much of it, and then opened anew. */
const keepalivesToNotice = 1.5;
const halfOpen = 'broker-half-open';

export const fireTold: CheckerKind = {
  name: 'fire-told',
  promise: 'with a sound link a fire is at the centre within 10 s',
  make: (config, accuse) => (config.uplinks.length === 0 ? {} : new FireTold(accuse, noticeMsOf(config))),
};

class FireTold implements Checker {
  /** Made and not heard yet: when. */
  readonly #waiting = new Map<string, number>();

  /** Since when nothing may get through although the fault itself is over: the ends do not know of each other. */
  #halfOpenMono = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly accuse: Accuse,
    private readonly noticeMs: number,
  ) {}

  see(fact: Fact, world: WorldView): void {
    if (fact.kind === 'life.ended') this.#waiting.clear();
    else if (fact.kind === 'fault.began' && fact.fault === halfOpen) this.#halfOpenMono = fact.mono;
    else if (fact.kind === 'seen' && fact.seen.kind === 'entry') {
      const { id, class: alarmClass, lane } = fact.seen.entry;
      if (alarmClass === 'fire' && lane === 'fire') this.#waiting.set(id, fact.mono);
    } else if (fact.kind === 'centre.heard') {
      const { id } = fact.heard;
      const madeMono = this.#waiting.get(id);
      if (madeMono === undefined) return;
      this.#waiting.delete(id);
      this.#judge(id, madeMono, fact.mono, world);
    }
  }

  look(world: WorldView): void {
    for (const [id, madeMono] of this.#waiting) {
      const nowMono = world.mono();
      if (nowMono - madeMono <= toldWithinMs) break;
      if (!this.#judge(id, madeMono, nowMono, world) && !isOver(madeMono, nowMono)) continue;
      this.#waiting.delete(id);
    }
  }

  #judge(id: string, madeMono: number, nowMono: number, { afflictions, gateway }: WorldView): boolean {
    if (nowMono - madeMono <= toldWithinMs) return false;
    const sinceMono = Math.max(gateway?.beganMono ?? nowMono, afflictions.soundSince(['uplink', 'disk', 'gateway']));
    if (sinceMono > madeMono - soundForMs || madeMono < this.#halfOpenMono + this.noticeMs) return false;
    this.accuse(`fire entry ${id} was not at the centre within ${toldWithinMs / 1000} s of a sound link`);
    return true;
  }
}

function noticeMsOf({ uplinks }: SiteConfig): number {
  return (
    Math.max(...uplinks.map((uplink) => (uplink.kind === 'mqtt' ? uplink.keepaliveS * 1000 : 0))) * keepalivesToNotice +
    soundForMs
  );
}

/** It was excused; whoever never tells it has to answer to `all-told`. */
function isOver(madeMono: number, nowMono: number): boolean {
  return nowMono - madeMono > soundForMs;
}
