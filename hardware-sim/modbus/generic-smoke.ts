import type { Table } from '../../config/site.js';
import type { ExceptionCode } from './unit-codec.js';
import { noRelays, noSuchInput, type UnitModel } from './unit-model.js';

const smokeAddress = 0x0010;

/**
 * Unbranded RS-485 point smoke detector: one holding register, 0 normal, 1 alarm, FC 03 only. No identity, no fault
 * register. What it does elsewhere is not in any paper; the simulator answers exceptions 1 and 2.
 */
export class GenericSmoke implements UnitModel {
  readonly functions: ReadonlySet<number> = new Set([3]);
  readonly relays = noRelays.relays;
  readonly relayAt = noRelays.relayAt;
  readonly setPower = noRelays.setPower;
  readonly commission = noRelays.commission;
  #raw = 0;

  read(table: Table, address: number): number | null {
    return table === 'holding' && address === smokeAddress ? this.#raw : null;
  }

  write(): ExceptionCode {
    return 2;
  }

  setRaw(table: Table, address: number, raw: number): void {
    if (table !== 'holding' || address !== smokeAddress) throw noSuchInput('generic-smoke-0010', table, address);
    this.#raw = raw;
  }
}
