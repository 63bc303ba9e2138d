/**
 * Signal and battery of a device, as its own points have them; where it has no radio of its own, the signal of the site's modem. A battery
 * that tells volts, or low or not, has no percentage: what a full one has is not known. Pure.
 */
import type { PointId } from '../../config/ids.js';
import type { PointConfig } from '../../config/site.js';
import type { Reporting } from '../templates/platform-facts.js';
import { type SiteFacts, serialOf } from './device-facts.js';

/** The value that a point shows now, in its unit; null: nothing, or nothing good. */
export type ReadingOf = (point: PointId) => number | null;

export interface DeviceFigures {
  /** dBm, or percent where the device tells no dBm. */
  readonly signal: number | null;
  /** Percent, 0 to 100. */
  readonly batteryPercent: number | null;
}

const signalKey = /(?:^|_)(?:rssi|signal)(?:_|$)/;
const batteryKey = /(?:^|_)(?:battery|soc)(?:_|$)/;
const fullPercent = 100;

interface Points {
  signal: PointId | null;
  battery: PointId | null;
}

/** @returns the figures of a serial, as they are when it is called */
export function deviceFigures(
  site: SiteFacts,
  reporting: Reporting,
  readingOf: ReadingOf,
): (serial: string) => DeviceFigures {
  const ofSerial = new Map<string, Points>();
  let modem: PointId | null = null;
  for (const point of site.points) {
    if (point.role === 'modem.signal') modem ??= point.id;
    const serial = serialOf(reporting, `point:${point.id}`);
    const is = serial === null ? null : figureOf(point);
    if (serial === null || is === null) continue;
    const points = ofSerial.get(serial) ?? { signal: null, battery: null };
    points[is] ??= point.id;
    ofSerial.set(serial, points);
  }
  const read = (point: PointId | null): number | null => (point === null ? null : readingOf(point));
  return (serial) => {
    const own = ofSerial.get(serial);
    const percent = read(own?.battery ?? null);
    const isPercent = percent !== null && percent >= 0 && percent <= fullPercent;
    const batteryPercent = isPercent ? Math.round(percent) : null;
    return { signal: rounded(read(own?.signal ?? modem)), batteryPercent };
  };
}

function figureOf({ id, physicalUnit, source }: PointConfig): keyof Points | null {
  // What the gateway measures of its own lines is no radio.
  if (source.kind === 'diagnostic' || source.kind === 'box' || source.kind === 'uplink') return null;
  const [, key = ''] = id.split('/');
  if (signalKey.test(key) && (physicalUnit === 'dBm' || physicalUnit === '%')) return 'signal';
  return batteryKey.test(key) && physicalUnit === '%' ? 'battery' : null;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
