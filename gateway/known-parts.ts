/** What `loadConfig` is told that this build can drive. */
export const knownUplinks = ['mqtt', 'http'] as const;
export const knownPinDrivers = ['auto', 'sysfs', 'chip', 'simulated'] as const;
