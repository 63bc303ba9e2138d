/** Limits of the preset for the numbers of one device, in the unit in which its file counts. Pure. */
import { applyProfile } from '../../config/applied-profile.js';
import { conversionFactor, rounded } from '../../config/physical-units.js';
import type { ModbusProfile } from '../../config/profile-schema.js';
import type { OptionValues, PlannedLimit } from './planned-site.js';
import type { Preset, PresetLimit } from './preset.js';

/** Digits of a limit: people read them. */
const digits = 4;

/** None for a point whose profile brings its own, or whose label they do not suit: a wrong limit is worse than none. */
export function presetLimits(
  profile: ModbusProfile,
  variant: string | null,
  options: OptionValues,
  preset: Preset,
): readonly PlannedLimit[] {
  const applied = applyProfile(profile, { ...(variant === null ? {} : { variant }), options });
  if (applied?.kind !== 'modbus') return [];
  return applied.points.flatMap((point) => {
    const limit = preset.limits.find(({ role }) => role === point.role);
    if (limit === undefined || point.limits !== undefined || point.states !== undefined) return [];
    const factor = point.unit === null ? null : conversionFactor(limit.unit, point.unit);
    if (factor === null) return [];
    const range = point.within_label === undefined ? null : options[point.within_label.option];
    const planned = limitFor(point.key, limit, factor, typeof range === 'number' ? range : null);
    return planned === null ? [] : [planned];
  });
}

function limitFor(point: string, limit: PresetLimit, factor: number, range: number | null): PlannedLimit | null {
  const told = (value: number): number => Number(rounded(value).toPrecision(digits));
  const low = limit.low === undefined ? null : told(limit.low * factor);
  const high =
    limit.high !== undefined
      ? told(limit.high * factor)
      : limit.highOfRange !== undefined && range !== null
        ? told(limit.highOfRange * range)
        : null;
  const deadband = told(limit.deadband * factor);
  const top = high ?? range;
  const leavesRoom = low === null || top === null || low + 2 * deadband < top;
  if ((low === null && high === null) || !leavesRoom || (range !== null && high !== null && high > range)) return null;
  return { point, low, high, deadband, onDelayS: limit.onDelayS, why: limit.why };
}
