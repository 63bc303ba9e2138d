/** Trends out of the packs of a village: 360 points, each every two minutes, for 30 days. */
import { brandId, type EpochId } from '../../config/ids.js';
import type { JournalReader } from '../../sync/journal/reader/journal-reader.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import type { TelemetryPack } from '../../sync/journal/store.js';
import { packSamples } from '../../sync/telemetry/pack-codec.js';
import type { Sample } from '../../sync/telemetry/sample.js';
import { quantile } from './history.js';
import { type Result, round } from './result.js';

const dayMs = 86_400_000;
/** As the model village sends them: decision 0031. */
const packsPerDay = 725;
const samplesPerPack = 90;
const points = 360;
const turns = 5;
const epoch = brandId<EpochId>('benchold');

export async function historyTrend(
  reader: JournalReader,
  path: string,
  newestWall: number,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  say('packs for trends');
  fill(path, newestWall);
  const results: Result[] = [];
  for (const [name, days, atMost] of [
    ['24 h', 1, 300],
    ['30 d', 30, 6_000],
  ] as const) {
    const tookMs: number[] = [];
    let full = 0;
    for (let turn = 0; turn < turns; turn++) {
      const beganMs = performance.now();
      const span = { fromWall: newestWall - days * dayMs, toWall: newestWall, buckets: 600 };
      const rows = await reader.trend({ point: `meter-${turn + 1}/current_a`, ...span });
      tookMs.push(performance.now() - beganMs);
      full = rows.filter(([, least]) => least !== null).length;
    }
    say(`trend of ${name}`);
    results.push({
      ...{ part: 'history', what: `trend of a point, ${name}`, value: quantile(tookMs, 0.95), unit: ' ms' },
      limit: { atMost },
      detail: { p50: round(quantile(tookMs, 0.5)), packs: days * packsPerDay, 'buckets of 600 that are full': full },
    });
  }
  return results;
}

function fill(path: string, newestWall: number): void {
  const file = new SqliteFile(path);
  file.open(epoch);
  const count = 30 * packsPerDay;
  for (let from = 0; from < count; from += 500) {
    const telemetry = Array.from({ length: 500 }, (_, at) => packOf(from + at, newestWall - 30 * dayMs));
    file.append({ entries: [], facets: [], telemetry });
  }
  const order = { holders: [], wall: null, maxBytes: 1e12, keepMs: 1e13, telemetryKeepMs: 1e13 };
  while (file.tidy(order).hasMore);
  file.close();
}

function packOf(number: number, firstWall: number): TelemetryPack {
  const wall = Math.round(firstWall + (number / packsPerDay) * dayMs);
  const samples = Array.from({ length: samplesPerPack }, (_, at): Sample => {
    const point = (number * samplesPerPack + at) % points;
    const noise = ((number * 7_919 + at * 104_729) % 1_009) / 1_009;
    return {
      pointId: brandId(`meter-${Math.floor(point / 2) + 1}/${point % 2 === 0 ? 'current_a' : 'temp_1'}`),
      ...{ unit: 'A', afterMs: at * 500, value: Number((8 + noise).toFixed(2)), reason: null },
    };
  });
  const stamp = { epoch, boot: brandId<TelemetryPack['boot']>('p7q1z8wd'), clock: 'trusted' as const };
  return { ...stamp, mono: number, wall, samples: samplesPerPack, body: packSamples(samples) };
}
