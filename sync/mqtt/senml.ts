/** A pack of samples as SenML (sync/messages/telemetry.ts says how), and back. The same pack always gives the same bytes. */
import { type BootId, brandId, type EpochId, type PointId, type UplinkId } from '../../config/ids.js';
import type { ClockTrust } from '../../config/vocabulary.js';
import { type SenmlPack, type SenmlRecord, senmlPackSchema, telemetryMaxBytes } from '../messages/telemetry.js';
import { packSamplesMax } from '../telemetry/pack-bounds.js';
import { unpackSamples } from '../telemetry/pack-codec.js';
import type { Sample } from '../telemetry/sample.js';
import type { TelemetryReport } from '../uplink.js';
import { type CborValue, decodeCbor, encodeCbor } from './cbor.js';
import type { SiteAddress } from './cloud-event.js';
import { numberText } from './number-text.js';
import { senmlQuantity } from './senml-units.js';

export type SenmlForm = 'json' | 'cbor';
export const senmlMediaTypes = { json: 'application/senml+json', cbor: 'application/senml+cbor' } as const;

/** RFC 8428 §4.5.3: smaller times would count from now. Only a clock that nobody has set can be there. */
const absoluteFromS = 2 ** 28;
/** After the name of a point that is bad; no id has a colon. */
const badSuffix = ':bad';
const packVersion = '1';
/** Nearly all names and units: JSON has them as they are. */
const needsNoEscape = /^[ !#-[\]-~]*$/;

/** RFC 8428 §6, table 4. */
const labels = { bn: -2, bt: -3, n: 0, u: 1, v: 2, vs: 3, t: 6 } as const;

/** Null: the pack can not be read (a newer release wrote it, or the disk has spoiled it). `uplink`: what receipts name. */
export function toSenml(
  report: TelemetryReport,
  address: SiteAddress,
  form: SenmlForm,
  uplink: UplinkId | null = null,
): Uint8Array | null {
  const samples = unpackSamples(report.pack.body);
  if (samples === null) return null;
  const head = headOf(report, address, uplink);
  if (form === 'json') return Buffer.from(`[${JSON.stringify(head)},${samples.map(textOf).join(',')}]`);
  const records = [head, ...samples.map(recordOf)];
  return encodeCbor(
    records.map(
      (record) => new Map(Object.entries(record).map(([key, value]) => [labels[key as keyof typeof labels], value])),
    ),
  );
}

function headOf(
  { pack, previous, isHistorical }: TelemetryReport,
  { district, site }: SiteAddress,
  uplink: UplinkId | null,
) {
  const { epoch, sequence, position, boot, mono, clock } = pack;
  const place = [packVersion, uplink ?? '-', epoch, sequence, previous, position, boot, Math.round(mono), clock];
  return {
    bn: `${district}/${site}/`,
    bt: Math.max(absoluteFromS, pack.wall / 1000),
    n: 'pack',
    vs: [...place, isHistorical ? 'historical' : 'live'].join('/'),
  };
}

function recordOf({ pointId, unit, afterMs, value, reason }: Sample): Record<string, number | string> {
  const time = afterMs === 0 ? {} : { t: afterMs / 1000 };
  if (typeof value === 'number' && Number.isFinite(value)) {
    const told = senmlQuantity(unit, value);
    return { n: pointId, ...(told.unit === null ? {} : { u: told.unit }), ...time, v: told.value };
  }
  if (typeof value === 'string') return { n: pointId, ...time, vs: value };
  return { n: `${pointId}${badSuffix}`, ...time, vs: reason ?? 'bad-encoding' };
}

/** The record as JSON; numbers by themselves, as they are most of it. */
function textOf(sample: Sample): string {
  const { pointId, unit, afterMs, value } = sample;
  if (typeof value !== 'number' || !Number.isFinite(value)) return JSON.stringify(recordOf(sample));
  const told = senmlQuantity(unit, value);
  const unitText = told.unit === null ? '' : `,"u":${quoted(told.unit)}`;
  const timeText = afterMs === 0 ? '' : `,"t":${numberText(afterMs / 1000)}`;
  return `{"n":${quoted(pointId)}${unitText}${timeText},"v":${numberText(told.value)}}`;
}

function quoted(text: string): string {
  return needsNoEscape.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** A pack as whoever receives it sees it; units are those of SenML. */
export interface ReceivedPack {
  readonly district: string;
  readonly site: string;
  /** The uplink that told it; null where it did not say. */
  readonly uplink: UplinkId | null;
  readonly epoch: EpochId;
  readonly sequence: number;
  /** Of the pack that this centre was told before it; 0: it is the first. */
  readonly previous: number;
  /** Echoed by receipts. */
  readonly position: number;
  readonly boot: BootId;
  readonly mono: number;
  /** Of the first sample, ms since 1970. */
  readonly wall: number;
  readonly clock: ClockTrust;
  readonly isHistorical: boolean;
  readonly samples: readonly ReceivedSample[];
}

export interface ReceivedSample extends Omit<Sample, 'reason'> {
  readonly reason: string | null;
}

/** Null for whatever is not such a pack. Never throws. */
export function parseSenmlPack(bytes: Uint8Array, form: SenmlForm): ReceivedPack | null {
  if (bytes.length > telemetryMaxBytes) return null;
  const parsed = senmlPackSchema.safeParse(form === 'json' ? fromJson(bytes) : fromCbor(decodeCbor(bytes)));
  return parsed.success && parsed.data.length <= packSamplesMax + 1 ? packFrom(parsed.data) : null;
}

function fromJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

/** The records with the names of their labels. */
function fromCbor(value: CborValue | null): unknown {
  if (!Array.isArray(value)) return null;
  const names = new Map<unknown, string>(Object.entries(labels).map(([name, label]) => [label, name]));
  return value.map((record: unknown) =>
    record instanceof Map
      ? Object.fromEntries([...record].map(([label, each]) => [names.get(label) ?? `label ${String(label)}`, each]))
      : null,
  );
}

const place =
  /^1\/([a-z0-9-]{1,40})\/([^/]{1,40})\/(\d{1,15})\/(\d{1,15})\/(\d{1,15})\/([^/]{1,40})\/(\d{1,15})\/(trusted|hinted|untrusted)\/(live|historical)$/;

function packFrom([head, ...records]: SenmlPack): ReceivedPack | null {
  const found = place.exec(head.vs);
  if (found === null) return null;
  const [, uplink = '', epoch = '', sequence, previous, position, boot = '', mono, clock, age] = found;
  const [district = '', site = ''] = head.bn.split('/');
  return {
    district,
    site,
    uplink: uplink === '-' ? null : brandId<UplinkId>(uplink),
    epoch: brandId<EpochId>(epoch),
    sequence: Number(sequence),
    previous: Number(previous),
    position: Number(position),
    boot: brandId<BootId>(boot),
    mono: Number(mono),
    wall: Math.round(head.bt * 1000),
    clock: clock as ClockTrust,
    isHistorical: age === 'historical',
    samples: records.map(sampleFrom),
  };
}

function sampleFrom({ n, u, t, v, vs }: SenmlRecord): ReceivedSample {
  const isBad = n.endsWith(badSuffix);
  const pointId = brandId<PointId>(isBad ? n.slice(0, -badSuffix.length) : n);
  const afterMs = Math.round((t ?? 0) * 1000);
  if (isBad) return { pointId, unit: null, afterMs, value: null, reason: vs ?? '' };
  return { pointId, unit: u ?? null, afterMs, value: v ?? vs ?? null, reason: null };
}
