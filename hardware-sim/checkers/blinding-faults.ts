/** Faults of the plan (swarm/faults/) with which nothing good can come from their parts. Those that flicker prove nothing. */
const blinding: ReadonlySet<string> = new Set([
  'unit-silent',
  'unit-off',
  'units-off',
  'line-cut',
  'lightning',
  'adapter-out',
  'network-door',
  'network-stalled',
  'network-full',
  'pin-failing',
]);

export function isBlinding(fault: string): boolean {
  return blinding.has(fault);
}
