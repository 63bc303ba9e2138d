/** What one uplink has cost, over all its connections since the start. */
import { TrafficCounter } from '../mqtt/traffic-counter.js';
import type { Traffic } from '../traffic.js';
import type { GbConnection } from './gb-link.js';

export class GbLinkTraffic {
  readonly #counter = new TrafficCounter();
  #sentFrames = 0;

  get total(): Traffic {
    // Nearly every frame is answered by one.
    return { ...this.#counter.total, packets: 2 * this.#sentFrames };
  }

  begin(connection: GbConnection): void {
    this.#counter.begin(connection);
  }

  end(): void {
    this.#counter.end();
  }

  packet(): void {
    this.#sentFrames += 1;
  }
}
