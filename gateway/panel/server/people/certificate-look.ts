/** What people have to know of the certificate that a panel shows: its fingerprint, and which of the names they use it does not bear. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { PanelSettings } from '../../bridge.js';
import { ownCertificatePath } from './tls.js';

/** One that is longer was not written by us, characters. */
const pemMax = 256 * 1024;
const anyAddress: readonly string[] = ['0.0.0.0', '::'];

export interface CertificateLook {
  readonly isOwn: boolean;
  readonly path: string;
  /** SHA-256 in pairs, as browsers show it. */
  readonly fingerprint: string;
  /** Names and addresses by which the panel is opened, and for which a browser would not take it. */
  readonly unnamed: readonly string[];
}

type Where = Pick<PanelSettings, 'bind' | 'names' | 'tls' | 'dataDir'>;

/** Null: there is no TLS, or no certificate yet that this user may read. */
export function lookAtCertificate(panel: Where, addresses: readonly string[] = lanAddresses()): CertificateLook | null {
  const { tls, dataDir, bind, names } = panel;
  if (tls.kind === 'none') return null;
  const isOwn = tls.kind === 'own';
  const path = isOwn ? ownCertificatePath(dataDir) : tls.cert;
  const certificate = readCertificate(path, isOwn);
  if (certificate === null) return null;
  const all = [...names, ...(anyAddress.includes(bind) ? addresses : [bind])];
  return {
    isOwn,
    path,
    fingerprint: certificate.fingerprint256,
    unnamed: all.filter((name) => !bears(certificate, name)),
  };
}

function bears(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
}

function readCertificate(path: string, isOwn: boolean): X509Certificate | null {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > pemMax) return null;
    const kept: unknown = isOwn ? JSON.parse(text) : { cert: text };
    const cert = typeof kept === 'object' && kept !== null && 'cert' in kept ? kept.cert : null;
    return typeof cert === 'string' ? new X509Certificate(cert) : null;
  } catch {
    return null;
  }
}

/** What people type: IPv6 of a network changes by itself, and nobody types it. */
function lanAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((each) =>
    (each ?? []).flatMap(({ family, internal, address }) => (family === 'IPv4' && !internal ? [address] : [])),
  );
}
