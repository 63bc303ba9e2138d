/** What a profile has to say to a unit, in the function codes that its paper asks for. */
import type { UnitWrite } from '../../config/site.js';
import type { DriverError } from '../driver-error.js';
import type { LineUnit } from './exchange.js';
import type { ModbusLine } from './line.js';
import { type Priority, priorities } from './line-queue.js';

/** An unanswered write may have been lost on the wire, so it is sent once more, and never again: only a person orders twice. */
const triesMax = 2;

/** One after the other, up to the first that the unit refuses or does not answer. Null: all were confirmed. Never rejects. */
export async function writeUnit(
  line: Pick<ModbusLine, 'request'>,
  unit: LineUnit,
  writes: readonly UnitWrite[],
  priority: Priority = priorities.operator,
): Promise<DriverError | null> {
  for (const write of writes) {
    const error = await writeOne(line, unit, write, priority);
    if (error !== null) return error;
  }
  return null;
}

async function writeOne(
  line: Pick<ModbusLine, 'request'>,
  unit: LineUnit,
  { table, address, value, functionCode }: UnitWrite,
  priority: Priority,
): Promise<DriverError | null> {
  for (let tried = 1; ; tried++) {
    const asMany = functionCode === 15 || functionCode === 16;
    const answer = await line.request(unit, priority, { kind: 'write', table, address, value, asMany });
    if (answer.ok) return null;
    const isUnanswered = answer.error.code === 'BUS-001' || answer.error.code === 'BUS-006';
    if (!isUnanswered || tried >= triesMax) return answer.error;
  }
}
