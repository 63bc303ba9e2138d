/** A link whose ends do not know of each other: from its breaking until it is opened anew, whatever goes into it arrives nowhere. */
import type { Fact } from './checker.js';

export class SeemingLink {
  /** Since when it may be relied on, ms; Infinity: it only seems to stand, whatever the gateway takes it for. */
  soundMono = Number.NEGATIVE_INFINITY;

  /** @param fault that breaks it so; @param uplink that opens it */
  constructor(
    private readonly fault: 'broker-half-open' | 'city-half-open',
    private readonly uplink: string | null,
  ) {}

  get seemsToStand(): boolean {
    return this.soundMono === Number.POSITIVE_INFINITY;
  }

  see(fact: Fact): void {
    if (fact.kind === 'fault.began' && fact.fault === this.fault) this.soundMono = Number.POSITIVE_INFINITY;
    const isUp = fact.kind === 'seen' && fact.seen.kind === 'uplink.up' && fact.seen.uplink === this.uplink;
    if (isUp && this.seemsToStand) this.soundMono = fact.mono;
  }
}
