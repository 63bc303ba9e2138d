/** Zones of recipients exist, and nobody is listed twice. A number is personal: no problem repeats it. */
import type { UplinkYaml } from '../uplinks/uplink-schema.js';
import { type CheckedSite, type Finding, missing } from './finding.js';

export function* recipientFindings({ draft }: CheckedSite, index: number, uplink: UplinkYaml): Generator<Finding> {
  if (uplink.kind !== 'sms') return;
  const ids = new Set<string>();
  const numbers = new Map<string, string>();
  for (const [at, { id, number, zones = [] }] of uplink.recipients.entries()) {
    const path = ['uplinks', index, 'recipients', at];
    const where = `uplink ${uplink.id}, recipient ${id}`;
    for (const [n, zone] of zones.entries()) {
      if (!draft.named.zones.has(zone))
        yield missing('CONF-023', [...path, 'zones', n], where, zone, draft.named.zones);
    }
    const expected = { zh: '每位收信人只写一次', en: 'each recipient once' };
    const other = numbers.get(number);
    if (ids.has(id)) yield { code: 'CONF-020', path: [...path, 'id'], where, expected, got: id };
    if (other !== undefined) yield { code: 'CONF-020', path: [...path, 'number'], where, expected, got: other };
    ids.add(id);
    numbers.set(number, id);
  }
}
