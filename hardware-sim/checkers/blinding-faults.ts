/** Faults of the plan (swarm/fault-plan.ts) with which nothing good can come from their parts. Those that flicker prove nothing. */
const blinding: ReadonlySet<string> = new Set([
  'unit-silent',
  'unit-off',
  'unit-power',
  'line-cut',
  'line-dead',
  'adapter-out',
  'net-dead',
  'net-stall',
]);

export function isBlinding(fault: string): boolean {
  return blinding.has(fault);
}
