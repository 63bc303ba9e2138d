/** Limits and delays of a number, as the site file or else the profile writes them. */
import type { LimitsYaml } from './limits-schema.js';
import type { PointConfig } from './site.js';
import type { DeviceYaml } from './site-schema.js';

interface WatchedNumber {
  readonly key: string;
  readonly limits?: LimitsYaml | undefined;
  readonly on_delay_ms: number;
  readonly off_delay_ms: number;
}

type Watch = Pick<PointConfig, 'limits' | 'onDelayMs' | 'offDelayMs'>;

/** What the device says about a point replaces the whole of what its profile says. `told` converts to the point's unit. */
export function watchOf(
  device: Pick<DeviceYaml, 'limits'>,
  point: WatchedNumber,
  told: (value: number) => number,
): Watch {
  const limits = Object.hasOwn(device.limits, point.key) ? device.limits[point.key] : point.limits;
  const delays = { onDelayMs: point.on_delay_ms, offDelayMs: point.off_delay_ms };
  if (limits === undefined) return delays;
  const { low, high, deadband, on_delay_s, off_delay_s } = limits;
  return {
    limits: {
      low: low === undefined ? null : told(low),
      high: high === undefined ? null : told(high),
      deadband: told(deadband),
    },
    onDelayMs: on_delay_s === undefined ? delays.onDelayMs : on_delay_s * 1000,
    offDelayMs: off_delay_s === undefined ? delays.offDelayMs : off_delay_s * 1000,
  };
}
