/** The centre's own Ed25519 (RFC 8032): a key pair from chance, and signed envelopes. Written without the product's code. */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';

/** The DER head of a private Ed25519 key (RFC 8410 §7): version 0, the algorithm's name, 32 bytes follow. */
const pkcs8Prefix = Buffer.from([
  ...[0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20],
]);
const keyBytes = 32;

/** The first line of what is signed. */
export const firstLines = { command: 'gengfu-command-v1\n', receipt: 'gengfu-receipt-v1\n' } as const;
export type Purpose = keyof typeof firstLines;

export interface Envelope {
  readonly keyId: string | null;
  readonly payload: string;
  readonly signature: string | null;
}

export class Signer {
  /** Base64 of the 32 bytes, as `public_key` of the site file wants it. */
  readonly publicKey: string;
  readonly #key: KeyObject;

  constructor(
    readonly keyId: string,
    random: () => number,
  ) {
    const secret = Buffer.from(Array.from({ length: keyBytes }, () => Math.floor(random() * 256)));
    this.#key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, secret]), format: 'der', type: 'pkcs8' });
    const der = createPublicKey(this.#key).export({ format: 'der', type: 'spki' });
    this.publicKey = der.subarray(der.length - keyBytes).toString('base64');
  }

  /** Ed25519 draws no chance: the same payload always has the same signature. */
  seal(purpose: Purpose, payload: string, keyId = this.keyId): Envelope {
    const signature = sign(null, Buffer.from(firstLines[purpose] + payload, 'utf8'), this.#key).toString('base64');
    return { keyId, payload, signature };
  }
}

export function envelopeBytes(envelope: Envelope): Uint8Array {
  return Buffer.from(JSON.stringify(envelope), 'utf8');
}
