import type { OutputTarget, UnitConfig } from '../../config/site.js';
import type { OutputHandle } from '../driver.js';
import type { ModbusLine } from './line.js';
import { type Priority, priorities } from './line-queue.js';

type UnitTarget = Extract<OutputTarget, { kind: 'unit' }>;

/** A relay channel of a unit. Its relays hold when the gateway's process ends. */
export class ModbusOutput implements OutputHandle {
  readonly afterProcessEnd = 'holds';

  constructor(
    private readonly line: ModbusLine,
    private readonly unit: UnitConfig,
    private readonly target: UnitTarget,
    private readonly priority: Priority = priorities.annunciator,
  ) {}

  async command(on: boolean): Promise<void> {
    const step = on ? this.target.on : this.target.off;
    const answer = await this.line.request(this.unit, this.priority, { kind: 'write', ...step });
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
}
