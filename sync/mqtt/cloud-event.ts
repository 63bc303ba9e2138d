/** A report as a CloudEvent 1.0 in structured JSON mode, and where it is published. sync/messages/report.ts is its schema. */
import type { DistrictId, SiteId, UplinkId } from '../../config/ids.js';
import type { Predecessor } from '../journal/store.js';
import type { Report } from '../uplink.js';
import type { ExternalCodes } from './external-codes.js';
import { toRfc3339 } from './rfc3339.js';

export interface SiteAddress {
  readonly district: DistrictId;
  readonly site: SiteId;
}

/** Whose report it is, and by which uplink it goes; what is left out is not told. */
export interface Reporter extends SiteAddress {
  /** A receipt names it. */
  readonly uplink?: UplinkId;
  readonly codes?: ExternalCodes | null;
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
 * epoch from 1 without holes, and `previous` is the sequence of the row that this uplink told before it in the same lane and epoch (all
 * zeros: none): so a receiver sees a gap. A report from memory has neither, and no position.
 * @param isShort leaves out `detail`, for an entry that would be larger than the uplink may carry.
 */
export function toCloudEvent(reporter: Reporter, report: Report, isShort = false): Uint8Array {
  const { entry } = report;
  const codes = reporter.codes?.of(entry) ?? null;
  const event = {
    specversion: '1.0',
    id: entry.id,
    source: `/gengfu/${reporter.district}/${reporter.site}/${entry.epoch}`,
    type: `gengfu.${entry.kind}`,
    time: toRfc3339(entry.wall),
    subject: entry.subject,
    datacontenttype: 'application/json',
    ...(report.durable ? { sequence: digits(report.entry.sequence), previous: digits(report.previous) } : {}),
    data: {
      durable: report.durable,
      ...(reporter.uplink === undefined ? {} : { uplink: reporter.uplink }),
      lane: entry.lane,
      ...(report.durable ? { position: report.entry.position } : {}),
      ...(report.durable && report.after !== undefined ? { after: afterOf(report.after) } : {}),
      ...(report.isHistorical ? { historical: true } : {}),
      kind: entry.kind,
      class: entry.class,
      alarm: entry.alarm,
      zone: entry.zone,
      ...(codes === null ? {} : { codes }),
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

function afterOf({ epoch, sequence }: Predecessor) {
  return { epoch, sequence: digits(sequence) };
}

function digits(count: number): string {
  return String(count).padStart(sequenceDigits, '0');
}
