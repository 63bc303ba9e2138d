import { execFileSync } from 'node:child_process';
import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { gatewayFindings } from '../../gateway/box/gateway-findings.js';
import { lookAtCertificate } from '../../gateway/panel/server/people/certificate-look.js';
import { integer, objectId, sequence, time } from '../../gateway/panel/server/people/der.js';
import { makeCertificate } from '../../gateway/panel/server/people/own-certificate.js';
import { boxNames, openTls } from '../../gateway/panel/server/people/tls.js';
import { digitsOfOpenssl, utcDigits } from '../../gateway/panel/server/people/utc-digits.js';
import { townConfig } from '../gateway/village-rig.js';
import { newFolder } from './people-rig.js';

const names = ['gengfu-box', 'gengfu-box.local', 'localhost', '127.0.0.1', '::1', '192.168.1.7', '2001:db8::a:1'];
const wall = Date.UTC(2026, 10, 30, 8);
const tlsOptions = (dataDir: string) => ({ dataDir, wall, random: randomBytes, names });
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return process.env['CI'] === 'true';
  }
})();

describe('DER', () => {
  it('is what X.690 says, at its edges', () => {
    expect(hex(integer(Buffer.from([0, 0, 0x7f])))).toBe('02017f');
    expect(hex(integer(Buffer.from([0x80])))).toBe('02020080');
    expect(hex(integer(Buffer.from([0])))).toBe('020100');
    expect(hex(objectId('1.2.840.10045.4.3.2'))).toBe('06082a8648ce3d040302');
    expect(hex(sequence(Buffer.alloc(127)).subarray(0, 2))).toBe('307f');
    expect(hex(sequence(Buffer.alloc(128)).subarray(0, 3))).toBe('308180');
    expect(hex(sequence(Buffer.alloc(300)).subarray(0, 4))).toBe('3082012c');
    expect(time(Date.UTC(2049, 11, 31, 23, 59, 59)).toString('latin1')).toBe('\x17\x0d491231235959Z');
    expect(time(Date.UTC(2050, 0, 1)).toString('latin1')).toBe('\x18\x0f20500101000000Z');
  });

  it('knows every day of four centuries as the calendar does', () => {
    for (let day = 0; day < 146_100; day += 101) {
      const at = day * 86_400_000 + 45_296_000;
      expect(utcDigits(at)).toBe(new Date(at).toISOString().replace(/[-:T]|\.000Z/g, ''));
    }
    expect(digitsOfOpenssl('Nov  3 01:17:02 2026 GMT')).toBe('20261103011702');
  });
});

describe('the certificate that a box makes for itself', () => {
  it('says what it should, to a parser that is not ours', () => {
    const { cert, key } = makeCertificate(names, wall, randomBytes);
    const read = new X509Certificate(cert);
    expect(read.subject).toBe('CN=更夫 Gengfu gengfu-box');
    expect(read.issuer).toBe(read.subject);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.ca).toBe(false);
    expect(read.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect([read.validFrom, read.validTo]).toEqual(['Jan  1 00:00:00 2026 GMT', 'Nov 29 20:00:00 2036 GMT']);
    for (const name of names.slice(0, 3)) expect(read.checkHost(name)).toBe(name);
    for (const address of names.slice(3)) expect(read.checkIP(address)).toBe(address);
    expect(read.checkIP('192.168.1.8')).toBeUndefined();
    expect(key).toContain('BEGIN PRIVATE KEY');
  });

  it('is another one each time, with serial numbers of one length, whatever chance says', () => {
    const serial = (byte: number): string =>
      new X509Certificate(makeCertificate(names, wall, (bytes) => Buffer.alloc(bytes, byte)).cert).serialNumber;
    expect([serial(0), serial(0xff)].map(({ length }) => length)).toEqual([32, 32]);
    expect(makeCertificate(names, wall, randomBytes).cert).not.toBe(makeCertificate(names, wall, randomBytes).cert);
  });

  it('has only names that can stand in one', () => {
    const odd = ['ok', 'fe80::1%eth0', '::ffff:1.2.3.4', 'not a name', '更夫', '-x', 'a_b', ''];
    const read = new X509Certificate(makeCertificate(odd, wall, randomBytes).cert);
    expect(read.subjectAltName).toBe('DNS:ok');
    expect(new X509Certificate(makeCertificate(boxNames([]), wall, randomBytes).cert).checkIP('127.0.0.1')).toBe(
      '127.0.0.1',
    );
  });

  it('outlives a clock that is wrong', () => {
    const ends = (at: number) => new X509Certificate(makeCertificate(names, at, randomBytes).cert).validTo;
    expect(ends(0)).toMatch(/ 2036 GMT$/);
    expect(ends(Date.UTC(2045, 0, 1))).toMatch(/ 2055 GMT$/);
  });

  it.skipIf(!hasOpenssl)(
    'is verified by openssl, and speaks TLS to a client that trusts it and to no other',
    async () => {
      const dataDir = newFolder();
      const made = makeCertificate(names, wall, randomBytes);
      const path = join(dataDir, 'cert.pem');
      writeFileSync(path, made.cert);
      const verify = [
        'verify',
        '-x509_strict',
        '-purpose',
        'sslserver',
        '-verify_ip',
        '192.168.1.7',
        '-CAfile',
        path,
        path,
      ];
      expect(execFileSync('openssl', verify, { encoding: 'utf8' })).toContain('OK');
      const text = execFileSync('openssl', ['x509', '-in', path, '-noout', '-text'], { encoding: 'utf8' });
      expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE\s/);
      expect(text).toMatch(/Key Usage: critical\s+Digital Signature\s*\n/);

      const server = createServer({ cert: made.cert, key: made.key }, (socket) => socket.end('hear'));
      server.on('tlsClientError', () => undefined);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const ask = (ca?: string): Promise<string> =>
        new Promise((resolve) => {
          const client = connect({ host: '127.0.0.1', port, ...(ca === undefined ? {} : { ca }) }, () =>
            client.on('data', (bytes) => resolve(bytes.toString())),
          );
          client.on('error', (error) => resolve('code' in error ? String(error.code) : 'error'));
        });
      expect(await ask(made.cert)).toBe('hear');
      expect(await ask()).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
      server.close();
    },
  );
});

describe('TLS of the panel', () => {
  it('makes its own once, keeps it for its owner alone, and shows its fingerprint', async () => {
    const dataDir = newFolder();
    const [first, again] = [
      await openTls({ kind: 'own' }, tlsOptions(dataDir)),
      await openTls({ kind: 'own' }, tlsOptions(dataDir)),
    ];
    expect(again).toEqual(first);
    expect(first?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(first?.fingerprint).toBe(new X509Certificate(first?.cert ?? '').fingerprint256);
    expect(statSync(join(dataDir, 'panel', 'tls', 'own.json')).mode & 0o777).toBe(0o600);
    const later = await openTls({ kind: 'own' }, { ...tlsOptions(dataDir), wall: Date.UTC(2036, 10, 1) });
    expect(later?.fingerprint).not.toBe(first?.fingerprint);
  });

  it('damaged on the disk is set aside and made anew', async () => {
    const dataDir = newFolder();
    const path = join(dataDir, 'panel', 'tls', 'own.json');
    mkdirSync(join(dataDir, 'panel', 'tls'), { recursive: true });
    writeFileSync(path, '{');
    expect((await openTls({ kind: 'own' }, tlsOptions(dataDir)))?.problem).toBeNull();
    expect(readFileSync(`${path}.damaged-1`, 'utf8')).toBe('{');
  });

  it('that can not be kept serves until the next start, and says so', async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, 'panel', 'tls', 'own.json.new'), { recursive: true });
    const opened = await openTls({ kind: 'own' }, tlsOptions(dataDir));
    expect(opened?.problem?.en).toContain('EISDIR');
    expect(new X509Certificate(opened?.cert ?? '').checkHost('localhost')).toBe('localhost');
  });

  it('takes given files, and says in words what is wrong with them while its own stands in', async () => {
    const dataDir = newFolder();
    const put = (name: string, text: string): string => {
      writeFileSync(join(dataDir, name), text);
      return join(dataDir, name);
    };
    const [one, other] = [makeCertificate(names, wall, randomBytes), makeCertificate(names, wall, randomBytes)];
    const [cert, key, otherKey] = [put('cert', one.cert), put('key', one.key), put('other', other.key)];
    const open = (certPath: string, keyPath: string, at = wall) =>
      openTls({ kind: 'files', cert: certPath, key: keyPath }, { ...tlsOptions(dataDir), wall: at });
    expect(await open(cert, key)).toMatchObject({ ...one, problem: null });
    expect((await open(cert, key, Date.UTC(2037, 0, 1)))?.problem?.en).toContain('expired');
    const own = await openTls({ kind: 'own' }, tlsOptions(dataDir));
    for (const [paths, words] of [
      [['/nowhere/cert', key], 'there is no such file'],
      [[cert, '/nowhere/key'], 'there is no such file'],
      [[cert, cert], 'expected a key in PEM'],
      [[key, key], 'expected a certificate in PEM'],
      [[cert, otherKey], 'is not the key of'],
      [[dataDir, key], 'EISDIR'],
    ] as const) {
      const opened = await open(paths[0], paths[1]);
      expect(opened?.problem?.en).toContain(words);
      expect(opened?.fingerprint).toBe(own?.fingerprint);
    }
  });

  it('is told by doctor with its fingerprint, and with the names that it does not bear', async () => {
    const dataDir = newFolder();
    const panel = { bind: '0.0.0.0', names: ['fire.yunxi.cn'], tls: { kind: 'own' }, dataDir } as const;
    expect(lookAtCertificate(panel, [])).toBeNull();
    const given = boxNames(panel.names);
    const opened = await openTls(panel.tls, { ...tlsOptions(dataDir), names: given });
    expect(lookAtCertificate(panel)).toMatchObject({ fingerprint: opened?.fingerprint, isOwn: true, unnamed: [] });
    const later = { ...panel, names: ['fire.yunxi.cn', 'new.yunxi.cn'] };
    expect(lookAtCertificate(later, ['10.9.8.7'])?.unnamed).toEqual(['new.yunxi.cn', '10.9.8.7']);
    expect(lookAtCertificate({ ...panel, bind: '127.0.0.1' }, ['10.9.8.7'])?.unnamed).toEqual([]);
    const certificate = lookAtCertificate(later, []);
    const files = { journalBytes: 1, freeBytes: 20e9, secrets: [], certificate };
    const [line] = gatewayFindings({ journal: (await townConfig()).journal, commandKeys: [] }, null, files, wall).slice(
      -1,
    );
    expect(line).toMatchObject({
      severity: 'hint',
      figure: { en: `${opened?.fingerprint}; does not name new.yunxi.cn` },
    });
    expect(line?.fix?.zh).toContain('own.json');
  });

  it('is none when the site file wants none', async () => {
    expect(await openTls({ kind: 'none' }, tlsOptions('/nowhere'))).toBeNull();
  });
});
