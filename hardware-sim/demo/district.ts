/**
 * The district of the demo: it asks whether somebody is on duty. Its key is made anew for every run, so that nobody else can order
 * anything; written from sync/asyncapi.yaml, not with the product's signer.
 */
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { SiteConfig } from '../../config/site.js';
import { rfc3339Of } from '../wall-text.js';

const keyId = 'demo-district';
/** What is signed begins with its purpose. */
const purpose = 'gengfu-command-v1\n';
const goodForMs = 600_000;
const answerWithinS = 180;

export interface District {
  /** The same site, with the key of this district and the one right it needs. */
  knownTo(config: SiteConfig): SiteConfig;
  /** One envelope as it travels; `wall` is when it is made. */
  dutyCheck(site: SiteConfig['site'], wall: number): Uint8Array;
}

export function makeDistrict(): District {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  // The key itself stands at the end (RFC 8410).
  const spelled = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
  return {
    knownTo: (config) => ({
      ...config,
      uplinks: config.uplinks.map((uplink) => ({ ...uplink, takesCommands: true })),
      commandKeys: [
        { id: keyId, publicKey: spelled, rights: ['duty_check'], zones: null, notAfter: '2099-12-31' },
        ...config.commandKeys,
      ],
    }),
    dutyCheck(site, wall) {
      const payload = JSON.stringify({
        ...{ version: 1, id: randomUUID(), district: site.district, site: site.id },
        ...{ issued: rfc3339Of(wall), expires: rfc3339Of(wall + goodForMs) },
        what: { order: 'duty_check', withinS: answerWithinS },
      });
      const signature = sign(null, Buffer.from(purpose + payload, 'utf8'), privateKey).toString('base64');
      return Buffer.from(JSON.stringify({ keyId, payload, signature }), 'utf8');
    },
  };
}
