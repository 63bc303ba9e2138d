/** Numbers as on a quiet day: tanks are full and mains under pressure, so that a story begins without an alarm. */
import type { Village } from './village.js';

export function fillTanks({ config, setPoint }: Village): void {
  for (const { id, source, limits } of config.points) {
    if (limits?.low === null || limits?.low === undefined || (source.kind !== 'register' && source.kind !== 'stream'))
      continue;
    const { low, high, deadband } = limits;
    setPoint(id, high === null ? Math.round(low * 3000) / 1000 + deadband : Math.round((low + high) * 500) / 1000);
  }
}
