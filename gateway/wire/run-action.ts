/** An action of a profile, step by step, until it is seen to have happened. */

import type { PointId } from '../../config/ids.js';
import type { UnitAction, UnitConfig } from '../../config/site.js';
import { type Clock, pause } from '../../drivers/clock.js';
import type { ModbusLine } from '../../drivers/modbus/line.js';
import { writeUnit } from '../../drivers/modbus/unit-write.js';
import { failedBy, refusedBy } from './refusal-words.js';
import type { WireFailed, WireRefused, WireWritten } from './wire-request.js';

const lookEveryMs = 250;

export interface ActionParts {
  readonly line: Pick<ModbusLine, 'request'>;
  readonly unit: UnitConfig;
  readonly clock: Clock;
  /** The state that a point shows now; null: none that can be relied on. Never rejects. */
  readonly stateOf: (point: PointId) => Promise<number | string | null>;
}

/** Never rejects. Nothing is written while `requires` is not seen. */
export async function runAction(
  { steps, requires, verify }: UnitAction,
  { line, unit, clock, stateOf }: ActionParts,
): Promise<WireWritten | WireFailed | WireRefused> {
  if (requires !== null) {
    const state = await stateOf(requires.point);
    const told = `${requires.point}: ${state ?? '?'} ≠ ${requires.state}`;
    if (state === null) return refusedBy('not-seen', { zh: requires.point, en: requires.point });
    if (state !== requires.state) return refusedBy('needs-state', { zh: told, en: told });
  }
  for (const step of steps) {
    if ('waitMs' in step) await pause(clock, step.waitMs);
    else {
      const error = await writeUnit(line, unit, [step.write]);
      if (error !== null) return failedBy(error);
    }
  }
  const written = { wire: 'written', before: null, after: null, isConfirmed: true } as const;
  if (verify === null) return { ...written, isProven: null };
  const untilMono = clock.mono() + verify.withinMs;
  for (;;) {
    if ((await stateOf(verify.point)) === verify.state) return { ...written, isProven: true };
    if (clock.mono() >= untilMono) return { ...written, isProven: false };
    await pause(clock, lookEveryMs);
  }
}
