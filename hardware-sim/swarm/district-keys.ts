/** The Ed25519 key of a seed's district. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Chance } from '../chance.js';

export interface DistrictKeys {
  readonly privateKey: KeyObject;
  /** 32 bytes in base64, as a site file names it. */
  readonly publicKey: string;
}

/** PKCS #8 of Ed25519 in front of the 32 secret bytes (RFC 8410, 7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
const secretBytes = 32;

export function districtKeys(chance: Chance): DistrictKeys {
  const secret = Uint8Array.from({ length: secretBytes }, () => chance.int(0, 255));
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Head, secret]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { privateKey, publicKey: spki.subarray(-secretBytes).toString('base64') };
}
