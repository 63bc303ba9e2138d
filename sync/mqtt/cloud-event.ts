/** A report as a CloudEvent 1.0 in structured JSON mode, and where it is published. */
import type { DistrictId, SiteId } from '../../config/ids.js';
import type { Report } from '../uplink.js';
import { toRfc3339 } from './rfc3339.js';

export interface SiteAddress {
  readonly district: DistrictId;
  readonly site: SiteId;
}

/** The `sequence` extension of CloudEvents must sort as a text; twelve digits last for ever. */
const sequenceDigits = 12;

/** Everything of one site is published below this. */
export function topicRoot(address: SiteAddress): string {
  return `gengfu/v1/${address.district}/${address.site}`;
}

/** `report/{class}`; what has no class (acknowledge, silence, reset, outputs, the gateway itself) is `report/operation`. */
export function reportTopic(address: SiteAddress, report: Report): string {
  return `${topicRoot(address)}/report/${report.entry.class ?? 'operation'}`;
}

/**
 * `id` and `source` together name the event for ever: the same fact sent twice is the same event. `sequence` counts its
 * epoch from 1 without holes; a report from memory has none yet.
 * @param isShort leaves out `detail`, for an entry that would be larger than the uplink may carry.
 */
export function toCloudEvent(address: SiteAddress, report: Report, isShort = false): Uint8Array {
  const { entry } = report;
  const event = {
    specversion: '1.0',
    id: entry.id,
    source: `/gengfu/${address.district}/${address.site}/${entry.epoch}`,
    type: `gengfu.${entry.kind}`,
    time: toRfc3339(entry.wall),
    subject: entry.subject,
    datacontenttype: 'application/json',
    ...(report.durable ? { sequence: String(report.entry.sequence).padStart(sequenceDigits, '0') } : {}),
    data: {
      durable: report.durable,
      kind: entry.kind,
      class: entry.class,
      alarm: entry.alarm,
      zone: entry.zone,
      words: entry.words,
      origin: entry.origin,
      boot: entry.boot,
      mono: entry.mono,
      clock: entry.clock,
      ...(isShort ? { detailOmitted: true } : { detail: entry.detail }),
    },
  };
  return Buffer.from(JSON.stringify(event));
}
