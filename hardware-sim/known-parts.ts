/** What a site file may name where only the simulator runs: it has no library of the gateway's parts to ask. */
export const knownParts = {
  knownUplinks: ['mqtt', 'gb26875'],
  knownPinDrivers: ['auto', 'sysfs', 'chip', 'simulated'],
  knownCodecs: ['fusaier', 'jbf-193k', 'uart-ultrasonic'],
} as const;
