/** HTTPS with certificates of the test's own: every refusal is a fault that says what to do. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { HttpUplinkConfig } from '../../config/site.js';
import { missingPrograms } from '../process/programs.js';
import { FastClock } from './brokers.js';
import { Authority } from './certificates.js';
import { Platform, startHttp } from './http-rig.js';
import { keptDir, stored } from './rig.js';

/** Files are read within 2 s of it, also on a busy computer. */
const calm = () => ({ clock: new FastClock(3) });

describe.skipIf(missingPrograms('openssl'))('the HTTP uplink and a platform with certificates', () => {
  const dir = keptDir();
  let ours: Authority;
  let other: Authority;
  let good: ReturnType<Authority['issue']>;
  let mine: ReturnType<Authority['issue']>;

  beforeAll(() => {
    ours = new Authority(dir, 'district');
    other = new Authority(dir, 'somebody');
    good = ours.issue('good');
    mine = ours.issue('village');
  });
  const serve = ({ certFile, keyFile } = good) =>
    Platform.start({
      ...{ cert: readFileSync(certFile), key: readFileSync(keyFile), ca: readFileSync(ours.caFile) },
      ...{ requestCert: true, rejectUnauthorized: true },
    });

  test('with a certificate of ours a report is carried, and the bytes of TLS are counted', async () => {
    const platform = await serve();
    const { uplink, start, until } = startHttp(platform.url, { caFile: ours.caFile, ...mine }, calm());
    start();
    await until('up');
    await uplink.send({ durable: true, entry: stored(1), previous: 0, isHistorical: false });
    expect(platform.carried.map(({ ids }) => ids)).toEqual([['e1-boot1-1']]);
    expect(platform.connections).toBe(1);
    // The handshake with two certificates is most of what came.
    expect(uplink.traffic().receivedBytes).toBeGreaterThan(1_000);
    expect(uplink.certificateEndsWall).toBe(Date.UTC(2099, 11, 31, 23, 59, 59));
  });

  test.each<[string, () => Partial<HttpUplinkConfig>, string]>([
    ['a platform of another authority', () => ({ caFile: other.caFile, ...mine }), 'UPLINK-011'],
    ["the system's authorities, which do not know it", () => ({ ...mine }), 'UPLINK-011'],
    ['no certificate where one is asked for', () => ({ caFile: ours.caFile }), 'UPLINK-015'],
    ['a key of another certificate', () => ({ caFile: ours.caFile, ...mine, keyFile: good.keyFile }), 'UPLINK-007'],
  ])('%s', async (_case, over, code) => {
    const platform = await serve();
    const { start, until, news } = startHttp(platform.url, over(), calm());
    start();
    await until(code);
    expect(news[0]).toBe(code);
  });

  test.each([
    ['a platform of another name', 'elsewhere', 'now', 'DNS:elsewhere.example', 'UPLINK-014'],
    ['a platform whose certificate has expired', 'expired', 'past', undefined, 'UPLINK-012'],
  ] as const)('%s', async (_case, name, period, names, code) => {
    const platform = await serve(ours.issue(name, period, names));
    const { start, until } = startHttp(platform.url, { caFile: ours.caFile, ...mine }, calm());
    start();
    await until(code);
  });

  test('https to a port that speaks http', async () => {
    const platform = await Platform.start();
    const plain = startHttp(platform.url.replace('http:', 'https:'), { caFile: ours.caFile }, calm());
    plain.start();
    await plain.until('UPLINK-020');
  });
});
