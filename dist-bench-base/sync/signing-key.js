/** Keys that sign commands and receipts: made on the district's side, never on a box. */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
/** The 32 bytes behind the head of PKCS 8 and SPKI (RFC 8410). */
const keyBytes = 32;
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
/** From the system's source of chance. */
export function newSigningKey() {
    const { privateKey } = generateKeyPairSync('ed25519');
    return keyOf(privateKey);
}
/** @param seed 32 bytes in base64. Throws when they are not. */
export function signingKeyOf(seed) {
    const bytes = Buffer.from(seed, 'base64');
    if (bytes.length !== keyBytes)
        throw new Error('an Ed25519 key has 32 bytes');
    return keyOf(createPrivateKey({ key: Buffer.concat([pkcs8Head, bytes]), format: 'der', type: 'pkcs8' }));
}
function keyOf(privateKey) {
    const tail = (der) => der.subarray(-keyBytes).toString('base64');
    return {
        seed: tail(privateKey.export({ format: 'der', type: 'pkcs8' })),
        publicKey: tail(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })),
    };
}
