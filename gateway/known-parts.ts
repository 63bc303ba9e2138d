/** What `loadConfig` is told that this build can drive. */
export const knownUplinks = ['mqtt', 'gb26875'] as const;
export const knownPinDrivers = ['auto', 'sysfs', 'chip', 'simulated'] as const;
