/** What of a site a vortex can break and move. Pure. */
import type { PointConfig, SiteConfig } from '../../config/site.js';
import type { Move, Targets } from './plan.js';
import { ttyLines } from './vortex-site.js';

/** A number on the wrong side of a limit of vortex-site.ts, and one where it usually is. */
const numbers: readonly Move[] = [
  { point: 'pool-level/value', to: 0.2, back: 3 },
  { point: 'pool-level/value', to: 4.6, back: 3 },
  { point: 'pool-gauge/level', to: 0.3, back: 3 },
  { point: 'gas-1/gas', to: 60, back: 0 },
];

export function targetsOf(config: SiteConfig): Targets {
  const moves = config.points.flatMap((point) => moveOf(point) ?? []);
  const isFire = ({ point }: Move): boolean => config.points.find(({ id }) => id === point)?.class === 'fire';
  const keys = config.points.filter(({ role }) => role.startsWith('key.'));
  const asked = new Set(config.units.map(({ line }) => line));
  return {
    ttys: ttyLines,
    lines: config.lines.flatMap(({ id }) => (asked.has(id) ? [id] : [])),
    servers: config.lines.flatMap(({ id, transport }) => (transport === 'serial' ? [] : [id])),
    units: config.units.map(({ id }) => id),
    fires: moves.filter(isFire),
    others: [...moves.filter((move) => !isFire(move)), ...numbers],
    keys: keys.map(({ id }) => id),
  };
}

/** Contacts and states that are read. What a panel says by itself is said once: whoever is not there has not heard it, so it is left alone. */
function moveOf({ id, source, severities }: PointConfig): Move | null {
  if (source.kind !== 'register') return null;
  const states = Object.entries(severities);
  const back = states.find(([, severity]) => severity === 'normal')?.[0];
  const to = states.find(([, severity]) => severity !== 'normal' && severity !== 'info')?.[0];
  return back === undefined || to === undefined ? null : { point: id, to, back };
}
