/**
 * The certificate and key that the panel speaks TLS with: its own, made once and kept in `<dataDir>/panel/tls`, or files that were given. Given ones
 * that can not be used are told, and its own stands in: a wrong path is no reason to leave a village without its panel.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Words } from '../../../../config/vocabulary.js';
import type { PanelSettings } from '../../bridge.js';
import { codeOf, KeptFile } from './kept-file.js';
import { makeCertificate } from './own-certificate.js';
import type { Random } from './password-hash.js';
import { digitsOfOpenssl, utcDigits } from './utc-digits.js';

/** So long before its end it is made anew, at the next start. */
const renewBeforeMs = 90 * 86_400_000;

export interface PanelTls {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
  /** SHA-256 in pairs, as browsers show it. */
  readonly fingerprint: string;
  /** Something people should know: given files that could not be used, one that is over. */
  readonly problem: Words | null;
}

export interface TlsOptions {
  readonly dataDir: string;
  readonly wall: number;
  readonly random: Random;
  /** Host names and addresses of the box. */
  readonly names: readonly string[];
}

/** Null: no TLS. */
export async function openTls(tls: PanelSettings['tls'], options: TlsOptions): Promise<PanelTls | null> {
  switch (tls.kind) {
    case 'none':
      return null;
    case 'own':
      return ownTls(options, null);
    case 'files': {
      const given = await givenTls(tls.cert, tls.key, options.wall);
      return 'cert' in given ? given : ownTls(options, given);
    }
    default:
      return tls satisfies never;
  }
}

/** What a browser on the LAN may call this box. `given`: by the site file; first after its own name, where no limit cuts them off. */
export function boxNames(given: readonly string[]): readonly string[] {
  const host = hostname().toLowerCase();
  const addresses = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  const local = host.includes('.') ? [] : [`${host}.local`];
  return [...new Set([host, ...local, ...given, 'localhost', '127.0.0.1', '::1', ...addresses])];
}

/** `dataDir`: of the site. */
export function ownCertificatePath(dataDir: string): string {
  return join(dataDir, 'panel', 'tls', 'own.json');
}

const content = z.strictObject({ version: z.literal(1), cert: z.string(), key: z.string() });

/** Key and certificate in one file: they can not come apart when the power goes. */
async function ownTls({ dataDir, wall, random, names }: TlsOptions, problem: Words | null): Promise<PanelTls> {
  const file = new KeptFile(ownCertificatePath(dataDir), content);
  const kept = await file.read();
  if (kept.kind === 'content') {
    const read = readPair(kept.content.cert, kept.content.key);
    if (typeof read !== 'string' && read.ends > utcDigits(wall + renewBeforeMs))
      return { cert: kept.content.cert, key: kept.content.key, fingerprint: read.fingerprint, problem };
  }
  const made = makeCertificate(names, wall, random);
  const fingerprint = new X509Certificate(made.cert).fingerprint256;
  try {
    await file.write({ version: 1, ...made });
    return { ...made, fingerprint, problem };
  } catch (error) {
    return { ...made, fingerprint, problem: problem ?? notKeptWords(file.path, codeOf(error)) };
  }
}

const notKeptWords = (path: string, code: string): Words => ({
  zh: `${path} 写不进去（${code}）：自制的证书只用到下次启动`,
  en: `${path} could not be written (${code}): the gateway’s own certificate is good until the next start`,
});

async function givenTls(certPath: string, keyPath: string, wall: number): Promise<PanelTls | Words> {
  const [cert, key] = await Promise.all([readPem(certPath), readPem(keyPath)]);
  if ('zh' in cert) return cert;
  if ('zh' in key) return key;
  const pair = readPair(cert.pem, key.pem);
  switch (pair) {
    case 'no-certificate':
      return {
        zh: `${certPath}：应为 PEM 证书；暂用网关自制的证书`,
        en: `${certPath}: expected a certificate in PEM; the gateway uses its own`,
      };
    case 'no-key':
      return {
        zh: `${keyPath}：应为不加密的 PEM 私钥；暂用网关自制的证书`,
        en: `${keyPath}: expected a key in PEM that is not encrypted; the gateway uses its own certificate`,
      };
    case 'not-a-pair':
      return {
        zh: `${keyPath} 不是 ${certPath} 的私钥；暂用网关自制的证书`,
        en: `${keyPath} is not the key of ${certPath}; the gateway uses its own certificate`,
      };
    default: {
      const isOver = pair.ends <= utcDigits(wall);
      const over = { zh: `${certPath}：证书已过期，浏览器会警告`, en: `${certPath}: it has expired, browsers warn` };
      return { cert: cert.pem, key: key.pem, fingerprint: pair.fingerprint, problem: isOver ? over : null };
    }
  }
}

interface Pair {
  readonly fingerprint: string;
  /** Digits of its last second. */
  readonly ends: string;
}

function readPair(cert: string, key: string): Pair | 'no-certificate' | 'no-key' | 'not-a-pair' {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(cert);
  } catch {
    return 'no-certificate';
  }
  try {
    if (!certificate.checkPrivateKey(createPrivateKey(key))) return 'not-a-pair';
  } catch {
    return 'no-key';
  }
  return { fingerprint: certificate.fingerprint256, ends: digitsOfOpenssl(certificate.validTo) ?? '' };
}

async function readPem(path: string): Promise<{ readonly pem: string } | Words> {
  try {
    return { pem: await readFile(path, 'utf8') };
  } catch (error) {
    const code = codeOf(error);
    const why = code === 'ENOENT' ? { zh: '没有这个文件', en: 'there is no such file' } : { zh: code, en: code };
    return {
      zh: `${path}：${why.zh}；暂用网关自制的证书`,
      en: `${path}: ${why.en}; the gateway uses its own certificate`,
    };
  }
}
