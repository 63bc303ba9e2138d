/** The sign-in that some platforms want before anything else: name and password as a text of type 26. */
import { readFile } from 'node:fs/promises';
import type { GbUplinkConfig } from '../../config/site-telling.js';
import type { Clock } from '../../drivers/clock.js';
import { UplinkError } from '../uplink.js';
import { withinMs } from '../within.js';
import { encodeAdu } from './encode-adu.js';

/** A file on a disk that hangs must not hold up the link for ever. */
const readMaxMs = 2_000;

export type ReadPassword = (file: string) => Promise<Uint8Array>;

/** Null: this platform wants none. Rejects with UPLINK-007. */
export async function loginAdu(
  config: Pick<GbUplinkConfig, 'id' | 'dialect' | 'username' | 'passwordFile'>,
  { clock, readPassword = readFile }: { readonly clock: Clock; readonly readPassword?: ReadPassword },
): Promise<Uint8Array | null> {
  const { dialect, username, passwordFile } = config;
  if (dialect.handshake !== 'login') return null;
  const password = passwordFile === null ? '' : await readText(passwordFile, config.id, clock, readPassword);
  return encodeAdu({ type: 26, objects: [{ text: `USER=${username ?? ''};PWD=${password}` }] }, dialect);
}

async function readText(file: string, uplink: string, clock: Clock, read: ReadPassword): Promise<string> {
  let cause: unknown = null;
  const reading = read(file).catch((error: unknown) => {
    cause = error;
    return null;
  });
  const bytes = await withinMs(clock, readMaxMs, reading);
  if (bytes === null) throw new UplinkError('UPLINK-007', `uplink ${uplink}`, file, cause);
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}
