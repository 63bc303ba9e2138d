/** Rows of a start before this one, as a village writes them. */
import { brandId, type DistrictId, type SiteId } from '../../config/ids.js';
import type { Entry } from '../../sync/journal/entry.js';
import type { Store, TelemetryPack } from '../../sync/journal/store.js';
import { toCloudEvent } from '../../sync/mqtt/cloud-event.js';
import { toSenml } from '../../sync/mqtt/senml.js';
import { packSamples } from '../../sync/telemetry/pack-codec.js';
import type { Sample } from '../../sync/telemetry/sample.js';

const epoch = brandId<Entry['epoch']>('bench');
const stamp = { epoch, boot: brandId<Entry['boot']>('before'), wall: 1_795_000_000_000, clock: 'trusted' as const };
/** In one transaction. */
const batchMax = 1000;
export const samplesPerPack = 100;
export const benchAddress = { district: brandId<DistrictId>('bench'), site: brandId<SiteId>('bench') };
const quantities = [
  { key: 'voltage_a', unit: 'V', middle: 228, digits: 1 },
  { key: 'current_a', unit: 'A', middle: 8, digits: 2 },
  { key: 'temp_1', unit: '°C', middle: 31, digits: 1 },
  { key: 'residual_current', unit: 'mA', middle: 35, digits: 0 },
  { key: 'pressure', unit: 'MPa', middle: 0.35, digits: 3 },
] as const;

export function benchEntry(number: number): Entry {
  return {
    ...{
      ...stamp,
      id: brandId(`bench-before-${number}`),
      mono: number,
      lane: 'journal',
      kind: 'alarm.raised',
      class: 'fault',
    },
    ...{
      subject: `unit:smoke-${number % 200}`,
      alarm: brandId(`bench-before-${number}`),
      zone: brandId('hall'),
      origin: null,
    },
    words: {
      zh: `故障：祠堂 ${number % 200} 号烟感无应答`,
      en: `fault: smoke detector ${number % 200} in the hall is silent`,
    },
    detail: { reason: 'silent', line: 'east', address: number % 247, tries: 3 },
  };
}

/** What 100 points of a village say within a minute: mains, currents, cables, pressures, each with its noise. */
function benchPack(number: number): TelemetryPack {
  const samples = Array.from({ length: samplesPerPack }, (_, at): Sample => {
    const { key, unit, middle, digits } = quantities[at % quantities.length] ?? quantities[0];
    // As even as chance, and the same in each run.
    const noise = ((number * 7919 + at * 104_729) % 1009) / 1009 - 0.5;
    return {
      pointId: brandId(`meter-${Math.floor(at / quantities.length) + 1}/${key}`),
      unit,
      afterMs: at * 590,
      value: Number((middle * (1 + noise / 10)).toFixed(digits)),
      reason: null,
    };
  });
  return { ...stamp, mono: number * 60_000, samples: samplesPerPack, body: packSamples(samples) };
}

/** Bytes of a pack as it is sent. */
export function packMessageBytes(): number {
  const pack = { ...benchPack(1), position: 1, sequence: 1 };
  return toSenml({ pack, previous: 0, isHistorical: true }, benchAddress, 'json')?.length ?? 0;
}

/** Bytes of an entry as it is sent. */
export function entryMessageBytes(): number {
  const entry = { ...benchEntry(1), position: 1, sequence: 1 };
  return toCloudEvent(benchAddress, { durable: true, entry, previous: 0, isHistorical: true }).length;
}

/** Fills an open store. */
export async function fillRows(store: Store, entries: number, packs: number): Promise<void> {
  for (let from = 0; from < Math.max(entries, packs); from += batchMax) {
    const numbers = Array.from({ length: batchMax }, (_, at) => from + at);
    await store.append({
      entries: numbers.filter((number) => number < entries).map(benchEntry),
      telemetry: numbers.filter((number) => number < packs).map(benchPack),
      facets: [],
    });
  }
}
