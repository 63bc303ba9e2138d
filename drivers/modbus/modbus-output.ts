import type { OutputTarget, UnitConfig } from '../../config/site.js';
import type { AfterProcessEnd } from '../../config/vocabulary.js';
import type { OutputHandle } from '../driver.js';
import type { ModbusLine } from './line.js';
import { type Priority, priorities } from './line-queue.js';
import type { ModbusRequest } from './modbus-pdu.js';

type UnitTarget = Extract<OutputTarget, { kind: 'unit' }>;

/** A relay channel of a unit. Its relays hold when the gateway's process ends; one with a timer of its own goes off when that
 * is over. */
export class ModbusOutput implements OutputHandle {
  readonly afterProcessEnd: AfterProcessEnd;
  readonly onForMs?: number;

  constructor(
    private readonly line: ModbusLine,
    private readonly unit: UnitConfig,
    private readonly target: UnitTarget,
    private readonly priority: Priority = priorities.annunciator,
  ) {
    this.afterProcessEnd = target.timed === undefined ? 'holds' : 'ends';
    if (target.timed !== undefined) this.onForMs = target.timed.forMs;
  }

  async command(on: boolean): Promise<void> {
    const answer = await this.line.request(this.unit, this.priority, this.#order(on));
    if (!answer.ok) throw answer.error;
  }

  async readBack(): Promise<boolean> {
    const { table, address, onRaw } = this.target.readBack;
    const answer = await this.line.request(this.unit, this.priority, {
      kind: 'read',
      table,
      address,
      count: 1,
    });
    if (!answer.ok) throw answer.error;
    return answer.values[0] === onRaw;
  }

  #order(on: boolean): ModbusRequest {
    const { timed } = this.target;
    if (!on || timed === undefined) return { kind: 'write', ...(on ? this.target.on : this.target.off) };
    const { table, address, value } = timed;
    return { kind: 'write', table, address, value, ...(table === 'coil' ? { asWord: true } : {}) };
  }
}
