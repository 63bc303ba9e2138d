/** What other platforms want to know of an entry or a sample, in plain values. */
import type { PointId, UplinkId } from '../../config/ids.js';
import type { ClockTrust } from '../../config/vocabulary.js';
import type { SiteAddress } from '../mqtt/cloud-event.js';
import { deviceOf, type ExternalCodes } from '../mqtt/external-codes.js';
import { unpackSamples } from '../telemetry/pack-codec.js';
import { type TelemetryReport, UplinkError } from '../uplink.js';

/** Who reports, and over which uplink. */
export interface Reporting {
  readonly address: SiteAddress;
  readonly uplink: UplinkId;
  readonly codes: ExternalCodes | null;
}

export type LinkStatus =
  | { readonly state: 'online'; readonly wall: number; readonly clock: ClockTrust }
  /** `lost` is the will: written when connecting, published when nobody knows. */
  | { readonly state: 'offline'; readonly reason: 'stopped' | 'lost' };

/** A sample at its wall time. */
export interface TimedSample {
  readonly point: PointId;
  readonly device: string;
  readonly key: string;
  readonly unit: string | null;
  readonly value: number | string | boolean | null;
  /** Why there is no value. */
  readonly reason: string | null;
  /** ms since 1970; null while the clock could not be believed. */
  readonly ts: number | null;
}

/** A time that may be told as one: a platform would file it under that day for ever. */
export function toldTime(wall: number, clock: ClockTrust): number | null {
  return clock === 'untrusted' ? null : Math.floor(wall);
}

/** A newer release wrote it, or the disk has spoiled it. */
export function unreadable(uplink: UplinkId, { pack }: TelemetryReport): UplinkError {
  return new UplinkError('UPLINK-023', `uplink ${uplink}`, `pack ${pack.sequence}`);
}

/** Throws UPLINK-023. */
export function timedSamples({ uplink }: Reporting, report: TelemetryReport): readonly TimedSample[] {
  const { pack } = report;
  const samples = unpackSamples(pack.body);
  if (samples === null) throw unreadable(uplink, report);
  const beganAt = toldTime(pack.wall, pack.clock);
  return samples.map(({ pointId, unit, afterMs, value, reason }) => {
    const about = deviceOf(`point:${pointId}`);
    const ts = beganAt === null ? null : Math.floor(beganAt + afterMs);
    return { point: pointId, device: about?.device ?? pointId, key: about?.key ?? 'value', unit, value, reason, ts };
  });
}

/** What a platform with many villages calls this device: the code that it gave it, else `<site>/<device>`. */
export function platformName({ address, codes }: Reporting, device: string | null): string {
  if (device === null) return codes?.site ?? address.site;
  return codes?.ofDevice(device, null) ?? `${address.site}/${device}`;
}
