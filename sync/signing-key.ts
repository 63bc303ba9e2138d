/** Keys that sign commands and receipts: made on the district's side, never on a box. */
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { privateKeyOf } from './signed-envelope.js';

/** They stand behind the head of PKCS 8 and SPKI (RFC 8410). */
const keyBytes = 32;

export interface SigningKey {
  /** 32 secret bytes in base64. */
  readonly seed: string;
  /** 32 bytes in base64, as `public_key` of the site file wants them. */
  readonly publicKey: string;
}

/** From the system's source of chance. */
export function newSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return keyOf(privateKey);
}

/** @param seed 32 bytes in base64. Throws when they are not. */
export function signingKeyOf(seed: string): SigningKey {
  return keyOf(privateKeyOf(seed));
}

function keyOf(privateKey: KeyObject): SigningKey {
  const tail = (der: Buffer): string => der.subarray(-keyBytes).toString('base64');
  return {
    seed: tail(privateKey.export({ format: 'der', type: 'pkcs8' })),
    publicKey: tail(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })),
  };
}
