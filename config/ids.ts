/** Branded ids: a zone id can not be handed over where a line id is meant. At runtime they are plain strings. */
declare const brand: unique symbol;
export type Id<Name extends string> = string & { readonly [brand]: Name };

export type SiteId = Id<'site'>;
export type DistrictId = Id<'district'>;
export type LineId = Id<'line'>;
export type ZoneId = Id<'zone'>;
export type DeviceId = Id<'device'>;
/** `<device id>/<point key>`, e.g. `smoke-3/smoke`. Unique in a site. */
export type PointId = Id<'point'>;
export type OutputId = Id<'output'>;
export type PlanId = Id<'plan'>;
export type SpeakerId = Id<'speaker'>;
export type MessageId = Id<'message'>;
/** One regular announcement of the daily programme. */
export type ProgrammeId = Id<'programme'>;
export type UplinkId = Id<'uplink'>;
/** One life of one journal file; a new one is begun whenever the old one can not be continued (design: epochs). */
export type EpochId = Id<'epoch'>;
/** One start of the process; monotonic milliseconds count from it. */
export type BootId = Id<'boot'>;
/** `<epoch>-<boot>-<counter>`: made by the main thread before the disk is asked, so never twice. */
export type EntryId = Id<'entry'>;

/** Marks a string that has just been validated (or made) as an id of the wanted kind. */
export function brandId<T extends Id<string>>(text: string): T {
  return text as T;
}

/** What people may write as an id in YAML: lower-case letters, digits and hyphens, 1 to 40 characters. */
export const idPattern = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
