import type { Told } from '../problem.js';
import type { DraftEntry } from '../site-draft.js';
import type { CommandRight, UplinkYaml } from '../uplinks/uplink-schema.js';
import { entryKinds } from '../vocabulary.js';
import { type Check, type CheckedSite, type Finding, missing, type Use, usedTwice } from './finding.js';
import { recipientFindings } from './sms-recipients.js';
import { formatFindings } from './uplink-formats.js';

type Uplink = DraftEntry<UplinkYaml>;

/** The program can speak this kind, what is needed to sign in is complete, and what is told and taken exists. */
export const checkUplinks: Check = function* (site) {
  for (const uplink of site.draft.uplinks) {
    yield* kindIsKnown(site, uplink);
    yield* canSignIn(uplink);
    yield* tellsWhatExists(site, uplink);
    yield* takesWhatIsSigned(site, uplink);
    yield* formatFindings(uplink);
    yield* recipientFindings(site, uplink.index, uplink.value);
  }
  yield* usedTwice('CONF-097', clientUses(site));
};

function* kindIsKnown(site: CheckedSite, { index, value }: Uplink): Generator<Finding> {
  if (site.knownUplinks.includes(value.kind)) return;
  const expected = site.knownUplinks.join(', ');
  const where = `uplink ${value.id}`;
  yield { code: 'CONF-042', path: ['uplinks', index, 'kind'], where, expected, got: value.kind };
}

/** Addresses that are encrypted. */
const schemesOf: Readonly<Record<'mqtt' | 'http', Told>> = {
  mqtt: { zh: 'mqtts:// 或 wss:// 的地址', en: 'a url with mqtts:// or wss://' },
  http: { zh: 'https:// 的地址', en: 'a url with https://' },
};

function* canSignIn({ index, value }: Uplink): Generator<Finding> {
  if (value.kind !== 'mqtt' && value.kind !== 'http') return;
  const finding = (key: string, expected: Told): Finding => ({
    ...{ code: 'CONF-043', path: ['uplinks', index, key], where: `uplink ${value.id}` },
    ...{ expected, got: key },
  });
  if (value.password_file !== undefined && value.username === undefined) {
    yield finding('password_file', { zh: '同时写 username', en: 'username as well' });
  }
  if (value.cert_file !== undefined && value.key_file === undefined)
    yield finding('cert_file', { zh: '同时写 key_file', en: 'key_file as well' });
  if (value.key_file !== undefined && value.cert_file === undefined)
    yield finding('key_file', { zh: '同时写 cert_file', en: 'cert_file as well' });
  if (/^(?:mqtts|wss|https):/.test(value.url)) return;
  for (const key of ['ca_file', 'cert_file', 'key_file'] as const) {
    if (value[key] !== undefined) yield finding(key, schemesOf[value.kind]);
  }
}

function* tellsWhatExists({ draft }: CheckedSite, { index, value }: Uplink): Generator<Finding> {
  const where = `uplink ${value.id}`;
  for (const [at, zone] of (value.tell?.zones ?? []).entries()) {
    if (draft.named.zones.has(zone)) continue;
    yield missing('CONF-023', ['uplinks', index, 'tell', 'zones', at], where, zone, draft.named.zones);
  }
  const kinds = new Set<string>(entryKinds.flatMap((kind) => [kind, kind.slice(0, kind.indexOf('.'))]));
  for (const [at, kind] of (value.tell?.kinds ?? []).entries()) {
    if (!kinds.has(kind)) yield missing('CONF-096', ['uplinks', index, 'tell', 'kinds', at], where, kind, kinds);
  }
}

/** Only of a whole file can it be said that it has no key for this. */
function* takesWhatIsSigned({ draft }: CheckedSite, { index, value }: Uplink): Generator<Finding> {
  if (draft.whole === null || value.kind !== 'mqtt') return;
  const rights = new Set<CommandRight>(draft.commandKeys.flatMap((key) => key.value.rights));
  const mayOrder = [...rights].some((right) => right !== 'receipt');
  const finding = (key: string, expected: Told): Finding => ({
    ...{ code: 'CONF-095', path: ['uplinks', index, key], where: `uplink ${value.id}` },
    ...{ expected, got: null },
  });
  if (value.commands && !mayOrder) {
    yield finding('commands', { zh: '有一个可以下指令的密钥', en: 'a key that may order something' });
  }
  if (value.receipts === 'signed' && !rights.has('receipt')) {
    yield finding('receipts', { zh: '有一个权限为 receipt 的密钥', en: 'a key with the right receipt' });
  }
}

function* clientUses({ draft }: CheckedSite): Generator<Use> {
  for (const { index, value } of draft.uplinks) {
    if (value.kind !== 'mqtt' || value.client_id === undefined) continue;
    const host = value.url.replace(/^[a-z]+:\/\//, '').toLowerCase();
    const thing = `client_id ${value.client_id} @ ${host.replace(/\/.*$/, '')}`;
    yield { thing, path: ['uplinks', index, 'client_id'], user: `uplink ${value.id}` };
  }
}
