import { strict as assert } from 'node:assert';
import type { ConfigAnswer, ConfigOrders, ConfigPart } from '../command/config-orders.js';

/** Orders about the site file, for a runtime that is made before the desk that obeys them; none comes before it runs. */
export class LateConfigOrders implements ConfigOrders {
  #desk: ConfigOrders | null = null;

  connect(desk: ConfigOrders): void {
    this.#desk = desk;
  }

  fetch(part: number): ConfigPart {
    return this.#connected.fetch(part);
  }

  stage(...order: Parameters<ConfigOrders['stage']>): Promise<ConfigAnswer> {
    return this.#connected.stage(...order);
  }

  apply(sha256: string, origin: string): Promise<ConfigAnswer> {
    return this.#connected.apply(sha256, origin);
  }

  rollback(origin: string): Promise<ConfigAnswer> {
    return this.#connected.rollback(origin);
  }

  get #connected(): ConfigOrders {
    assert(this.#desk !== null, 'a desk is connected before the gateway runs');
    return this.#desk;
  }
}
