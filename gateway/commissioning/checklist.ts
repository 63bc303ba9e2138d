/** What has to be tried out on a site before anybody signs for it, made from the site file alone. Pure. */
import type { DeviceId, PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { LineConfig, PointConfig, SiteConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import type { CommissioningContent, CommissioningItem } from '../panel/api/commissioning.js';
import type { Counted } from './counted-budgets.js';

type Kind = CommissioningItem['kind'];
type Site = Pick<SiteConfig, 'lines' | 'units' | 'streams' | 'points' | 'outputs' | 'speakers' | 'uplinks'>;

const fresh = {
  ...{ state: 'open', reason: null, how: null, by: null, wall: null, detectionMs: null },
  ...{ provenOn: false, provenOff: false, isHeard: null, photos: [] },
} satisfies Partial<CommissioningItem>;

/** In the order in which people walk: by zone, then as the site file has them. */
export function checklistOf(site: Site, counted: Counted): readonly CommissioningItem[] {
  const { outputs, speakers, lines, streams, uplinks } = site;
  const proofs = new Set(outputs.flatMap(({ proof }) => (proof === undefined ? [] : [proof.point])));
  const points = site.points.filter(({ id }) => !proofs.has(id)).flatMap((point) => pointItem(point, counted));
  const zones = [...new Set(points.map(({ zone }) => zone))];
  const nowhere = { place: null, zone: null, device: null } as const;
  return [
    ...zones.flatMap((zone) => points.filter((item) => item.zone === zone)),
    ...streams.map(({ id, name, place, zone }) => itemOf('link', id, { name, place, zone, device: id })),
    ...outputs.map(({ id, name, zone }) => itemOf('output', id, { ...nowhere, name, zone })),
    ...speakers.map(({ id, name, zone }) => itemOf('speaker', id, { ...nowhere, name, zone })),
    ...lines.filter(isAsked).map(({ id, name }) => itemOf('line', id, { ...nowhere, name })),
    ...uplinks.map(({ id }) => itemOf('uplink', id, { ...nowhere, name: { zh: `平台 ${id}`, en: `centre ${id}` } })),
    itemOf('power', 'box', { ...nowhere, name: { zh: '主机断市电', en: 'mains power of the box taken away' } }),
    itemOf('clock', 'box', { ...nowhere, name: { zh: '主机时钟', en: 'clock of the box' } }),
  ];
}

/** What stands in both keeps what was found out; what the site file does not have any more goes. */
export function mergedItems(
  made: readonly CommissioningItem[],
  known: readonly CommissioningItem[],
): readonly CommissioningItem[] {
  const before = new Map(known.map((item) => [item.id, item]));
  return made.map((item) => {
    const was = before.get(item.id);
    if (was === undefined) return item;
    const { state, reason, how, by, wall, detectionMs, provenOn, provenOff, isHeard, photos } = was;
    return { ...item, state, reason, how, by, wall, detectionMs, provenOn, provenOff, isHeard, photos };
  });
}

/** Every device that has an address, and what it says of itself. */
export function devicesOf(
  { units, streams, points }: Pick<SiteConfig, 'units' | 'streams' | 'points'>,
  read: (id: PointId) => Reading | null,
): CommissioningContent['devices'] {
  const told = new Map<DeviceId, string>();
  for (const point of points) {
    const device = deviceOf(point);
    if (device === null || !firmwareKeys.has(point.id.slice(point.id.lastIndexOf('/') + 1))) continue;
    const value = read(point.id)?.value ?? null;
    if (value !== null) told.set(device, String(value));
  }
  return [...units, ...streams].map(({ id, name, place, zone, line, address, profileId, profileRevision }) => ({
    ...{ id, name, place, zone, line, address: address === null ? null : String(address), profile: profileId },
    ...{ revision: profileRevision ?? null, firmware: told.get(id) ?? null },
  }));
}

/** Unit or stream device; null: a pin, or something that the gateway measures itself. */
export function deviceOf({ source }: Pick<PointConfig, 'source'>): DeviceId | null {
  return source.kind === 'register' || source.kind === 'stream' ? source.device : null;
}

/** Lines whose units are asked by the gateway. */
export function isAsked({ protocol }: Pick<LineConfig, 'protocol'>): boolean {
  return protocol === 'modbus';
}

/** Points of a profile in which a unit tells what runs in it. */
const firmwareKeys: ReadonlySet<string> = new Set(['firmware', 'firmware_version', 'version', 'software_version']);

function pointItem(point: PointConfig, counted: Counted): readonly CommissioningItem[] {
  const kind = kindOf(point);
  if (kind === null) return [];
  const { id, name, place, zone } = point;
  const countedMs = counted.points.get(id) ?? null;
  return [{ ...itemOf(kind, id, { name, place, zone, device: deviceOf(point) }), countedMs }];
}

/** Null: nobody tries it out by itself; what carries it is seen by its line. */
function kindOf({ role, class: alarmClass, source, physicalUnit }: PointConfig): Kind | null {
  if (source.kind === 'diagnostic' || source.kind === 'box' || source.kind === 'uplink') return null;
  if (role.startsWith('key.')) return 'key';
  if (role === 'mains.lost') return 'power';
  if (role === 'call_point.alarm') return 'call-point';
  if (role === 'pump.fault') return 'contact';
  if (alarmClass === 'fire') return 'detector';
  if (alarmClass !== 'warning' && alarmClass !== 'supervisory') return null;
  return physicalUnit === null ? 'contact' : 'value';
}

function itemOf(
  kind: Kind,
  subject: string,
  what: Pick<CommissioningItem, 'place' | 'zone' | 'device'> & { readonly name: Words },
): CommissioningItem {
  return { ...fresh, id: `${kind}:${subject}`, kind, subject, countedMs: null, ...what };
}

/** Key of an item by the point that it is about. */
export function itemsByPoint(items: readonly CommissioningItem[]): ReadonlyMap<string, string> {
  const ofPoints: ReadonlySet<Kind> = new Set(['detector', 'call-point', 'contact', 'value', 'key', 'power']);
  return new Map(items.filter(({ kind }) => ofPoints.has(kind)).map(({ id, subject }) => [subject, id]));
}
