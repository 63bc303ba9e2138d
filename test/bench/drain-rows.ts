/** Rows of a start before this one, as a village writes them. */
import { brandId } from '../../config/ids.js';
import type { Entry } from '../../sync/journal/entry.js';
import type { Store, TelemetryPack } from '../../sync/journal/store.js';

const epoch = brandId<Entry['epoch']>('bench');
const stamp = { epoch, boot: brandId<Entry['boot']>('before'), wall: 1_795_000_000_000, clock: 'trusted' as const };
/** In one transaction. */
const batchMax = 1000;
/** Of a pack of 100 samples, compressed. */
const bodyBytes = 1500;
export const samplesPerPack = 100;

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

function benchPack(number: number): TelemetryPack {
  const body = new Uint8Array(bodyBytes);
  for (let at = 0; at < bodyBytes; at++) body[at] = (number * 31 + at * 7) & 255;
  return { ...stamp, mono: number * 60_000, samples: samplesPerPack, body };
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
