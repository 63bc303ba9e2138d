/**
 * Orders that the district never gave, in its name; written from sync/asyncapi.yaml, not with the product's signer. The site that hears
 * them knows one key, so that only the forgery is wrong with them.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { CommandKeyConfig, SiteConfig } from '../config/site.js';
import type { Deed, forgeries } from './scenario-deeds.js';
import { rfc3339Of } from './wall-text.js';

export type Forgery = (typeof forgeries)[number];

const goodForMs = 3_600_000;
const keyId = 'district-desk';
/** PKCS 8 around the 32 bytes of an Ed25519 key (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
/** What is signed begins with its purpose. */
const purpose = 'gengfu-command-v1\n';

/** Keys of nobody: made from a word, so that runs repeat. */
function keyOf(word: string): KeyObject {
  const seed = createHash('sha256').update(`gengfu scenario ${word}`).digest();
  return createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });
}

function publicKeyOf(word: string): string {
  return createPublicKey(keyOf(word)).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
}

/** The line of `command_keys` that the site of a forgery has. */
export const knownKey = {
  id: keyId,
  public_key: publicKeyOf('district'),
  rights: ['silence', 'reset', 'test', 'broadcast', 'duty_check', 'read', 'shelve', 'time'],
  not_after: '2099-12-31',
} as const;

/** The same site, taking orders of the district. */
export function takingOrders(config: SiteConfig): SiteConfig {
  const key: CommandKeyConfig = {
    id: knownKey.id,
    publicKey: knownKey.public_key,
    rights: [...knownKey.rights],
    zones: null,
    notAfter: knownKey.not_after,
  };
  return {
    ...config,
    uplinks: config.uplinks.map((uplink) => ({ ...uplink, takesCommands: true })),
    commandKeys: [key],
  };
}

/** One envelope, as it comes over the broker; `wall` is when it is made. */
export function forgedOrder(
  { site }: Pick<SiteConfig, 'site'>,
  how: Forgery,
  what: Extract<Deed, { readonly forge: unknown }>['order'],
  wall: number,
): Uint8Array {
  const times = { issued: rfc3339Of(wall), expires: rfc3339Of(wall + goodForMs) };
  const id = `forged-${createHash('sha256').update(`${how} ${wall}`).digest('hex').slice(0, 16)}`;
  const payload = JSON.stringify({ version: 1, id, district: site.district, site: site.id, ...times, what });
  const signed = (word: string, text: string): string =>
    sign(null, Buffer.from(purpose + text, 'utf8'), keyOf(word)).toString('base64');
  switch (how) {
    case 'stranger':
      return bytesOf(keyId, payload, signed('stranger', payload));
    case 'unknown_key':
      return bytesOf('stranger', payload, signed('stranger', payload));
    case 'unsigned':
      return bytesOf(null, payload, null);
    case 'altered':
      // Signed by the district, for another order; somebody has put this one in its place.
      return bytesOf(
        keyId,
        payload,
        signed('district', payload.replace(/"what":.*$/, '"what":{"order":"duty_check"}}')),
      );
  }
}

function bytesOf(key: string | null, payload: string, signature: string | null): Uint8Array {
  return Buffer.from(JSON.stringify({ keyId: key, payload, signature }), 'utf8');
}

/** Where orders of the district are heard (sync/asyncapi.yaml). */
export function ordersTopic({ site }: Pick<SiteConfig, 'site'>): string {
  return `gengfu/v1/${site.district}/${site.id}/command`;
}
