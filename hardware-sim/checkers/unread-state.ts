/**
 * A gateway whose disk does not answer knows nothing of the alarms of earlier lives: it can sound none of them before it has read
 * its disk. What it found on at its start it leaves on until a person decides (decision 0003).
 */
import type { OutputId } from '../../config/ids.js';
import type { Standing } from './alarm-book.js';
import type { Fact, WorldView } from './checker.js';
import type { SiteIndex } from './site-index.js';

/** One that its disk has refused asks again, every 30 s at last, and takes over what was saved then (design.md §3, restart). */
export const askedAgainWithinMs = 35_000;

/** Of a person at the box, by word or by key. */
const decisions: ReadonlySet<string> = new Set(['silence', 'reset', 'key.silence', 'key.reset']);

export class UnreadState {
  /** On when this life began, and left alone by people since. */
  #foundOn: ReadonlySet<OutputId> = new Set();

  constructor(private readonly index: SiteIndex) {}

  see(fact: Fact, world: WorldView): void {
    if (fact.kind === 'life.began') {
      const all = [...this.index.outputs.values()].map(({ id }) => id);
      this.#foundOn = new Set(all.filter((id) => world.outputIsOn(id)));
    } else if (isDecision(fact)) this.#foundOn = new Set();
  }

  /** Can this gateway not know that the output should sound for the alarm? */
  hides(standing: Standing, output: OutputId, world: WorldView): boolean {
    const { gateway, afflictions } = world;
    if (gateway === null || standing.knownLife === gateway.life) return false;
    const diskMono = afflictions.soundSince(['disk']);
    if (diskMono <= gateway.beganMono || world.mono() >= diskMono + askedAgainWithinMs) return false;
    const parts = this.index.partsOfOutput(output).filter((part) => part !== 'gateway');
    return !this.#foundOn.has(output) || afflictions.soundSince(parts) > gateway.beganMono;
  }
}

function isDecision(fact: Fact): boolean {
  if (fact.kind === 'ordered') return fact.order.isAccepted && decisions.has(fact.order.what);
  if (fact.kind !== 'seen' || fact.seen.kind !== 'entry') return false;
  const { kind, origin } = fact.seen.entry;
  return origin !== null && (kind === 'alarm.silenced' || kind === 'alarm.reset');
}
