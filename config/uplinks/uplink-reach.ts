/** What the box has to have and to reach for an uplink, whatever it speaks: for backups, checks and the doctor. */
import type { UplinkConfig } from '../site-telling.js';

export interface UplinkFile {
  /** Of the site file. */
  readonly key: string;
  readonly path: string;
  readonly isSecret: boolean;
}

export function uplinkFiles(uplink: UplinkConfig): readonly UplinkFile[] {
  const file = (key: string, path: string | null, isSecret: boolean): UplinkFile[] =>
    path === null ? [] : [{ key, path, isSecret }];
  switch (uplink.kind) {
    case 'gb26875':
      return file('password_file', uplink.passwordFile, true);
    case 'sms':
      return file('pin_file', uplink.pinFile, true);
    case 'http':
      return [...file('token_file', uplink.tokenFile, true), ...signInFiles(uplink)];
    case 'mqtt':
      return signInFiles(uplink);
  }

  function signInFiles({
    passwordFile,
    caFile,
    certFile,
    keyFile,
  }: Extract<UplinkConfig, { certFile: string | null }>) {
    return [
      ...file('password_file', passwordFile, true),
      ...file('ca_file', caFile, false),
      ...file('cert_file', certFile, false),
      ...file('key_file', keyFile, true),
    ];
  }
}

export interface UplinkEndpoint {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** Null: in clear. */
  readonly tls: {
    readonly caFile: string | null;
    readonly certFile: string | null;
    readonly keyFile: string | null;
  } | null;
}

const plainPorts: Readonly<Record<string, number>> = {
  mqtt: 1883,
  mqtts: 8883,
  ws: 80,
  wss: 443,
  http: 80,
  https: 443,
};

/** Null: it is not on a network, or its address is none. */
export function uplinkEndpoint(uplink: UplinkConfig): UplinkEndpoint | null {
  if (uplink.kind === 'sms') return null;
  if (uplink.kind === 'gb26875') return { host: uplink.host, port: uplink.port, tls: null };
  if (!URL.canParse(uplink.url)) return null;
  const url = new URL(uplink.url);
  const scheme = url.protocol.replace(':', '');
  const { caFile, certFile, keyFile } = uplink;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (plainPorts[scheme] ?? 0) : Number(url.port),
    tls: /^(?:mqtts|wss|https)$/.test(scheme) ? { caFile, certFile, keyFile } : null,
  };
}

/** The own certificate with which it signs in; null: none. */
export function uplinkCertificate(uplink: UplinkConfig): string | null {
  return 'certFile' in uplink ? uplink.certFile : null;
}
