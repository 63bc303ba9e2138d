/** One write by hand: what stood there before, the write, what stands there after. */
import type { UnitWrite } from '../../config/site.js';
import type { LineUnit } from '../../drivers/modbus/exchange.js';
import type { ModbusLine } from '../../drivers/modbus/line.js';
import { priorities } from '../../drivers/modbus/line-queue.js';
import { writeUnit } from '../../drivers/modbus/unit-write.js';
import { failedBy } from './refusal-words.js';
import type { WireFailed, WireWritten } from './wire-request.js';

type Line = Pick<ModbusLine, 'request'>;

/** Never rejects. What can not be read is null, and no reason not to write: a write-only register is usual. */
export async function proveWrite(line: Line, unit: LineUnit, write: UnitWrite): Promise<WireWritten | WireFailed> {
  const before = await look(line, unit, write);
  const error = await writeUnit(line, unit, [write]);
  if (error !== null) {
    // An answer that was lost says nothing about the write: what stands there does.
    const after = error.code === 'BUS-002' ? null : await look(line, unit, write);
    if (after === null || after !== write.value) return failedBy(error);
    return { wire: 'written', before, after, isConfirmed: false, isProven: true };
  }
  // It has just answered: one answer that was lost is asked for again.
  const after = (await look(line, unit, write)) ?? (await look(line, unit, write));
  return { wire: 'written', before, after, isConfirmed: true, isProven: after === null ? null : after === write.value };
}

async function look(line: Line, unit: LineUnit, { table, address }: UnitWrite): Promise<number | null> {
  const answer = await line.request(unit, priorities.operator, { kind: 'read', table, address, count: 1 });
  return answer.ok ? (answer.values[0] ?? null) : null;
}
