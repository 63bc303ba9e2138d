import { readFile } from 'node:fs/promises';
import type { UplinkConfig } from '../../config/site.js';
import { UplinkError } from '../uplink.js';

export interface MqttSecrets {
  readonly password: string | null;
  readonly ca: Uint8Array | null;
  readonly cert: Uint8Array | null;
  readonly key: Uint8Array | null;
}

/** Read for every connection, so that a renewed certificate needs no restart. Rejects with UPLINK-007. */
export async function readSecrets(config: UplinkConfig): Promise<MqttSecrets> {
  const where = `uplink ${config.id}`;
  const [password, ca, cert, key] = await Promise.all(
    [config.passwordFile, config.caFile, config.certFile, config.keyFile].map((file) => readOne(where, file)),
  );
  // Editors end a file with a newline that is no part of the password.
  const text = password?.toString('utf8').replace(/\r?\n$/, '') ?? null;
  return { password: text, ca: ca ?? null, cert: cert ?? null, key: key ?? null };
}

async function readOne(where: string, file: string | null): Promise<Buffer | null> {
  if (file === null) return null;
  try {
    return await readFile(file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` ${String(cause.code)}` : '';
    throw new UplinkError('UPLINK-007', where, `${file}${code}`, cause);
  }
}
