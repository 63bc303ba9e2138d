/**
 * What comes from a district signed: `{keyId, payload, signature}`, Ed25519 over a first line that names its purpose and the exact
 * bytes of the payload. Pure: parses, verifies and signs bytes; who may do what is decided elsewhere.
 */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { z } from 'zod';
/** The first line of what is signed: a signature for one purpose is worth nothing for another. */
export const envelopePurposes = { command: 'gengfu-command-v1\n', receipt: 'gengfu-receipt-v1\n' };
/** Longer ones are refused unread. */
export const envelopeMaxBytes = 64 * 1024;
/** SPKI and PKCS 8 around the 32 bytes of an Ed25519 key (RFC 8410). */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
export const envelopeSchema = z.strictObject({
    keyId: z.string().min(1).max(40).nullable(),
    payload: z.string().max(envelopeMaxBytes),
    signature: z.string().max(100).nullable(),
});
/** Null: too long, not UTF-8, not JSON, or not an envelope. Never throws. */
export function parseEnvelope(bytes) {
    if (bytes.length > envelopeMaxBytes)
        return null;
    try {
        const parsed = envelopeSchema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
        return parsed.success ? parsed.data : null;
    }
    catch {
        return null;
    }
}
/** @param publicKey 32 bytes in base64. False also for a key or signature that is none. Never throws. */
export function isSignedBy(envelope, purpose, publicKey) {
    if (envelope.signature === null)
        return false;
    const signature = Buffer.from(envelope.signature, 'base64');
    // Base64 has many spellings of the same bytes; only the plain one is taken.
    if (signature.length !== 64 || signature.toString('base64') !== envelope.signature)
        return false;
    try {
        return verify(null, signedBytes(purpose, envelope.payload), publicKeyOf(publicKey), signature);
    }
    catch {
        return false;
    }
}
/** @param seed the 32 secret bytes in base64. Throws when they are not. */
export function signEnvelope(purpose, keyId, payload, seed) {
    const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, bytes32(seed)]), format: 'der', type: 'pkcs8' });
    return { keyId, payload, signature: sign(null, signedBytes(purpose, payload), key).toString('base64') };
}
function signedBytes(purpose, payload) {
    return Buffer.from(envelopePurposes[purpose] + payload, 'utf8');
}
/** Keys of the site file, ready for use: to make one costs more than to verify with it (measured: 0.19 and 0.16 ms). */
const readyKeys = new Map();
/** More than any site has; then all are made anew. */
const readyKeysMax = 64;
function publicKeyOf(base64) {
    const ready = readyKeys.get(base64);
    if (ready !== undefined)
        return ready;
    const key = createPublicKey({ key: Buffer.concat([spkiHead, bytes32(base64)]), format: 'der', type: 'spki' });
    if (readyKeys.size >= readyKeysMax)
        readyKeys.clear();
    readyKeys.set(base64, key);
    return key;
}
function bytes32(base64) {
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length !== 32)
        throw new Error('an Ed25519 key has 32 bytes');
    return bytes;
}
