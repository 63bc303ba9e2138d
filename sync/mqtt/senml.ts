/** A pack of samples as SenML (RFC 8428). */
import type { UplinkId } from '../../config/ids.js';
import { unpackSamples } from '../telemetry/pack-codec.js';
import type { TelemetryReport } from '../uplink.js';
import type { SiteAddress } from './cloud-event.js';

/** Null: the pack can not be read. `uplink`: what receipts name. */
export function toSenml(
  report: TelemetryReport,
  address: SiteAddress,
  _form: 'json' | 'cbor',
  _uplink: UplinkId | null = null,
): Uint8Array | null {
  const { wall, body } = report.pack;
  const samples = unpackSamples(body);
  if (samples === null) return null;
  const records = samples.map(({ pointId, unit, afterMs, value }) => ({
    n: pointId,
    ...(unit === null ? {} : { u: unit }),
    t: (wall + afterMs) / 1_000,
    ...(typeof value === 'number' ? { v: value } : typeof value === 'string' ? { vs: value } : {}),
  }));
  return Buffer.from(JSON.stringify([{ bn: `${address.district}/${address.site}/` }, ...records]));
}
