/** When did a unit answer in a round? A round of many requests can be longer than the fault it ran into. Pure. */
import type { BadReason } from '../../config/reading.js';
import type { Scan } from '../../drivers/driver.js';

const unseenReasons: readonly (BadReason | null)[] = ['silent', 'line-down', 'pin-error'];

/** The moment of the newest answer; null: to none of it. A refusal is an answer, and so is any part of one: the unit is there. */
export function answeredMono({ error, readings }: Scan, nowMono: number): number | null {
  if (error === null || error.code === 'BUS-002') return nowMono;
  const seen = readings.filter(({ reason }) => !unseenReasons.includes(reason));
  return seen.length === 0 ? null : Math.max(...seen.map(({ sampledMono }) => sampledMono));
}
