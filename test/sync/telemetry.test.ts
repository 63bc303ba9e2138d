import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { brandId, type DistrictId, type SiteId } from '../../config/ids.js';
import { telemetryMaxBytes } from '../../sync/messages/telemetry.js';
import { decodeCbor, encodeCbor } from '../../sync/mqtt/cbor.js';
import { parseSenmlPack, toSenml } from '../../sync/mqtt/senml.js';
import { packJsonMaxBytes, recordMaxBytes, recordsMaxBytes } from '../../sync/telemetry/pack-bounds.js';
import { packSamples, unpackSamples } from '../../sync/telemetry/pack-codec.js';
import { packDictionary } from '../../sync/telemetry/pack-dictionary.js';
import type { Sample } from '../../sync/telemetry/sample.js';
import type { TelemetryReport } from '../../sync/uplink.js';
import { seeded } from './rig.js';

const address = { district: brandId<DistrictId>('yuelu'), site: brandId<SiteId>('old-town') };
const reasons = ['silent', 'line-down', 'out-of-range', 'wrong-scale'] as const;
const units = ['V', 'mA', '°C', 'MPa', '%LEL', '%', '1', '轮'];

/** Any samples that a village can give, and some that it can not. */
function randomSamples(random: () => number, count = 1 + Math.floor(random() * 80)): Sample[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  let afterMs = 0;
  return Array.from({ length: count }, () => {
    const stamp = { pointId: brandId<Sample['pointId']>(`unit-${Math.floor(random() * 40)}/${pick(units)}`), afterMs };
    afterMs += Math.floor(random() * random() * 2000);
    const kind = random();
    if (kind < 0.1) return { ...stamp, unit: null, value: null, reason: pick(reasons) };
    if (kind < 0.3) return { ...stamp, unit: null, value: pick(['alarm', 'normal', '未知 "state"']), reason: null };
    const odd = [random(), -0, 0, 1e300, -1e-300, Number.MAX_SAFE_INTEGER, -(2 ** 50), 0.1 + 0.2, 1e21, 5e-324];
    const value =
      kind < 0.5 ? pick(odd) : Math.round((random() - 0.3) * 10 ** (random() * 9)) / 10 ** Math.floor(random() * 4);
    return { ...stamp, unit: random() < 0.2 ? null : pick(units), value, reason: null };
  });
}

function reportOf(samples: readonly Sample[], over: Partial<TelemetryReport['pack']> = {}): TelemetryReport {
  const stamp = {
    epoch: brandId('e7k2'),
    boot: brandId('b9'),
    mono: 1234,
    wall: 1_795_000_000_123,
    clock: 'trusted',
  } as const;
  const pack = { ...stamp, samples: samples.length, body: packSamples(samples), position: 567, sequence: 123, ...over };
  return { pack: pack as TelemetryReport['pack'], previous: 120, isHistorical: true };
}

const bytesOf = (report: TelemetryReport, form: 'json' | 'cbor', uplink: string | null = null): Uint8Array => {
  const bytes = toSenml(report, address, form, uplink === null ? null : brandId(uplink));
  if (bytes === null) throw new Error('not readable');
  return bytes;
};

describe('a pack of samples', () => {
  it('gives back exactly what was packed, whatever it was', () => {
    const random = seeded(5);
    for (let round = 0; round < 80; round++) {
      const samples = randomSamples(random);
      const back = unpackSamples(packSamples(samples));
      expect(back).toStrictEqual(samples);
    }
  });

  it('that is damaged, foreign or a bomb is none, and never throws', () => {
    const random = seeded(6);
    const body = packSamples(randomSamples(random, 60));
    for (let cut = 0; cut < body.length; cut++) expect(unpackSamples(body.subarray(0, cut))).toBeNull();
    for (let round = 0; round < 600; round++) {
      const spoiled = Uint8Array.from(body);
      spoiled[Math.floor(random() * spoiled.length)] = Math.floor(random() * 256);
      const samples = unpackSamples(spoiled);
      expect(samples === null || samples.length <= 500).toBe(true);
    }
    const bomb = deflateRawSync(Buffer.alloc(20_000_000), { dictionary: packDictionary });
    expect(unpackSamples(Buffer.concat([Buffer.of(1), bomb]))).toBeNull();
    expect(unpackSamples(Buffer.of(2, ...body.subarray(1)))).toBeNull();
    const lying = deflateRawSync(Buffer.of(255, 255, 255, 255, 15, 0), { dictionary: packDictionary });
    expect(unpackSamples(Buffer.concat([Buffer.of(1), lying]))).toBeNull();
  });

  it('that this release has written is read by every later one', () => {
    const kept = Buffer.from('AWNmF4SEnyHCfl6IMkOIq3nAEWEICUfGMMZcNohZbBCDGRiZWBhYGXaIn2BkYGJmnKDCygYA', 'base64');
    expect(unpackSamples(kept)).toEqual([
      { pointId: 'meter-1/voltage_a', unit: 'V', afterMs: 0, value: 231.2, reason: null },
      { pointId: 'smoke-1/smoke', unit: null, afterMs: 1500, value: 'normal', reason: null },
      { pointId: 'tank-1/level', unit: 'm', afterMs: 1600, value: null, reason: 'silent' },
    ]);
  });
});

describe('SenML', () => {
  it('tells a pack with its place, and numbers in registered units; the same bytes each time', () => {
    const samples: Sample[] = [
      { pointId: brandId('hydrant-1/pressure'), unit: 'MPa', afterMs: 0, value: 0.35, reason: null },
      { pointId: brandId('gas-1/level'), unit: '%LEL', afterMs: 100, value: 3, reason: null },
      { pointId: brandId('smoke-1/smoke'), unit: null, afterMs: 1500, value: 'normal', reason: null },
      { pointId: brandId('tank-1/level'), unit: 'm', afterMs: 60_000, value: null, reason: 'silent' },
    ];
    const told = Buffer.from(bytesOf(reportOf(samples), 'json', 'district')).toString();
    expect(JSON.parse(told)).toEqual([
      {
        bn: 'yuelu/old-town/',
        bt: 1_795_000_000.123,
        n: 'pack',
        vs: '1/district/e7k2/123/120/567/b9/1234/trusted/historical',
      },
      { n: 'hydrant-1/pressure', u: 'Pa', v: 350_000 },
      { n: 'gas-1/level', t: 0.1, v: 3 },
      { n: 'smoke-1/smoke', t: 1.5, vs: 'normal' },
      { n: 'tank-1/level:bad', t: 60, vs: 'silent' },
    ]);
    expect(Buffer.from(bytesOf(reportOf(samples), 'json', 'district')).toString()).toBe(told);
  });

  it('comes back the same from JSON and from CBOR, and fits a message', () => {
    const random = seeded(9);
    for (let round = 0; round < 25; round++) {
      const samples: Sample[] = [];
      let bytes = 0;
      for (const sample of randomSamples(random, 450)) {
        if (typeof sample.value === 'number' && !Number.isFinite(sample.value)) continue;
        bytes += recordMaxBytes(sample);
        if (bytes > recordsMaxBytes) break;
        samples.push(sample);
      }
      const report = reportOf(samples);
      const [json, cbor] = [bytesOf(report, 'json'), bytesOf(report, 'cbor')];
      expect(json.length).toBeLessThanOrEqual(packJsonMaxBytes);
      expect(cbor.length).toBeLessThan(json.length);
      const back = parseSenmlPack(json, 'json');
      expect(back).toMatchObject({
        uplink: null,
        epoch: 'e7k2',
        sequence: 123,
        previous: 120,
        position: 567,
        boot: 'b9',
      });
      expect(back).toMatchObject({ district: 'yuelu', site: 'old-town', wall: 1_795_000_000_123, isHistorical: true });
      expect(parseSenmlPack(cbor, 'cbor')).toEqual(back);
      expect(back?.samples.map(({ pointId, afterMs }) => [pointId, afterMs])).toEqual(
        samples.map(({ pointId, afterMs }) => [pointId, afterMs]),
      );
      expect(back?.samples.map(({ reason }) => reason)).toEqual(samples.map(({ reason }) => reason));
    }
  });

  it('of a box whose clock stands in 1970 is still no time that counts from now', () => {
    const samples: Sample[] = [{ pointId: brandId('a/b'), unit: null, afterMs: 0, value: 1, reason: null }];
    const [head] = JSON.parse(Buffer.from(bytesOf(reportOf(samples, { wall: 5000 }), 'json')).toString()) as [
      { bt: number },
    ];
    expect(head.bt).toBeGreaterThanOrEqual(2 ** 28);
  });

  it('that is malformed, oversize or of another kind is none, and never throws', () => {
    const random = seeded(11);
    const report = reportOf(randomSamples(random, 40));
    for (const form of ['json', 'cbor'] as const) {
      const good = bytesOf(report, form);
      for (let round = 0; round < 600; round++) {
        const spoiled = Uint8Array.from(good);
        spoiled[Math.floor(random() * spoiled.length)] = Math.floor(random() * 256);
        parseSenmlPack(spoiled.subarray(0, Math.floor(random() * spoiled.length * 1.2)), form);
      }
      expect(parseSenmlPack(good.subarray(1), form)).toBeNull();
    }
    expect(parseSenmlPack(Buffer.alloc(telemetryMaxBytes + 1, ' '), 'json')).toBeNull();
    expect(parseSenmlPack(Buffer.from('[{"n":"a/b","v":1}]'), 'json')).toBeNull();
    expect(parseSenmlPack(Buffer.from('[]'), 'json')).toBeNull();
    expect(toSenml({ ...report, pack: { ...report.pack, body: Buffer.of(1, 2, 3) } }, address, 'json')).toBeNull();
    expect(decodeCbor(Buffer.alloc(1000, 0x81))).toBeNull();
    expect(decodeCbor(Buffer.from('9affffffff', 'hex'))).toBeNull();
  });

  it('writes numbers as RFC 8949 does', () => {
    const hex = (value: Parameters<typeof encodeCbor>[0]): string => Buffer.from(encodeCbor(value)).toString('hex');
    expect([0, 23, 24, 1000, 1_000_000, 1_000_000_000_000].map(hex)).toEqual([
      '00',
      '17',
      '1818',
      '1903e8',
      '1a000f4240',
      '1b000000e8d4a51000',
    ]);
    expect([-1, -100, -1000].map(hex)).toEqual(['20', '3863', '3903e7']);
    // Appendix A has 273.15 as a decimal fraction, and 1.0e+300 as a double.
    expect([273.15, 1e300].map(hex)).toEqual(['c48221196ab3', 'fb7e37e43c8800759c']);
    expect(hex(new Map([[-2, 'a']]))).toBe('a1216161');
    for (const value of [273.15, -0.001, 1e300, 12.5, 5e-324]) expect(decodeCbor(encodeCbor(value))).toBe(value);
  });
});
