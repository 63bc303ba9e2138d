/** Things that can stand on the plan, how each is now, and moving one: pure. */
import type { MapPlan } from '../../../../api/map.js';
import type { SiteInfo } from '../../../../api/site.js';
import type { PanelState } from '../../../../api/state.js';
import { both } from '../../words/both.js';
import { type Standing, standingOf } from '../water/gauges.js';
import { doorKey, isInDanger } from './doors.js';

export type Plan = MapPlan['plans'][number];
export type Pin = Plan['pins'][number];
type Words = SiteInfo['name'];

export interface Placeable {
  readonly of: string;
  readonly kind: Pin['kind'];
  readonly name: Words;
  readonly place: Words | null;
  readonly zone: string | null;
}

/** Devices, points that belong to none, outputs, loudspeakers, and doors of those who need help. */
export function placeablesOf(site: SiteInfo): readonly Placeable[] {
  const loose = site.points.filter(
    ({ id, device, class: own }) => device === null && own !== null && !id.startsWith('box/'),
  );
  return [
    ...site.devices.map(({ id, name, place, zone }) => ({ of: id, kind: 'device' as const, name, place, zone })),
    ...loose.map(({ id, name, place, zone }) => ({ of: id, kind: 'point' as const, name, place, zone })),
    ...site.outputs.map(({ id, name, zone }) => ({ of: id, kind: 'output' as const, name, place: null, zone })),
    ...site.speakers.map(({ id, name, zone }) => ({ of: id, kind: 'speaker' as const, name, place: null, zone })),
    ...site.care.flatMap((door): Placeable[] => {
      const of = doorKey(door);
      const name = both('first.care.count', { count: door.households });
      return of === null ? [] : [{ of, kind: 'household', name, place: door.place, zone: door.zone }];
    }),
  ];
}

const order: readonly Standing[] = ['fire', 'warning', 'supervisory', 'fault', 'technical', 'unknown', 'normal'];

/** The worst that stands of a thing; `unknown`: it can not be seen. */
export function pinStanding(thing: Pick<Placeable, 'of' | 'kind'>, site: SiteInfo, state: PanelState): Standing {
  const { of, kind } = thing;
  if (kind === 'point') return standingOf(of, state);
  if (kind === 'household') {
    const door = site.care.find((each) => doorKey(each) === of);
    return door !== undefined && isInDanger(door, state) ? 'fire' : 'normal';
  }
  const own = Object.values(state.alarms)
    .filter(({ device, subject }) => (kind === 'device' ? device === of : subject.split(':').at(-1) === of))
    .map((row): Standing => row.class);
  if (kind === 'device') {
    const read = readOf(site).get(of) ?? [];
    const isSeen = read.length === 0 || read.some((id) => state.points[id]?.quality === 'good');
    own.push(isSeen ? 'normal' : 'unknown');
  }
  return order.find((each) => own.includes(each)) ?? 'normal';
}

/** Ids of the points that say whether a device is seen. Kept for each site: hundreds of pins are looked at several times a second. */
const readOfSite = new WeakMap<SiteInfo, ReadonlyMap<string, readonly string[]>>();

function readOf(site: SiteInfo): ReadonlyMap<string, readonly string[]> {
  const known = readOfSite.get(site);
  if (known !== undefined) return known;
  const made = new Map<string, string[]>();
  for (const { id, device, role } of site.points) {
    if (device === null || role === 'bus.quality') continue;
    const own = made.get(device);
    if (own === undefined) made.set(device, [id]);
    else own.push(id);
  }
  readOfSite.set(site, made);
  return made;
}

/** What is in a zone, and its worst. */
export function worstOf(standings: readonly Standing[]): Standing {
  return order.find((each) => standings.includes(each)) ?? 'normal';
}

/** The plan with the thing there; it stands on a plan once. */
export function placed(plan: Plan, thing: Pick<Pin, 'of' | 'kind'>, x: number, y: number): Plan {
  const pin: Pin = { of: thing.of, kind: thing.kind, x: within(x), y: within(y) };
  return { ...plan, pins: [...plan.pins.filter((each) => !isSame(each, thing)), pin] };
}

export function removed(plan: Plan, thing: Pick<Pin, 'of' | 'kind'>): Plan {
  return { ...plan, pins: plan.pins.filter((each) => !isSame(each, thing)) };
}

export function isSame(one: Pick<Pin, 'of' | 'kind'>, other: Pick<Pin, 'of' | 'kind'>): boolean {
  return one.of === other.of && one.kind === other.kind;
}

export function isChosen(chosen: Pick<Pin, 'of' | 'kind'> | null, thing: Pick<Pin, 'of' | 'kind'>): boolean {
  return chosen !== null && isSame(chosen, thing);
}

/** Of the picture; a pin is never beside it. */
function within(part: number): number {
  return Math.round(Math.min(1, Math.max(0, part)) * 10_000) / 10_000;
}

/** Of one press of an arrow key, and with shift, part of the picture. */
const stepPart = 0.01;
const leapPart = 0.05;

/** How an arrow key moves a pin; null: it is none. */
export function stepOf(key: string, isLeap: boolean): readonly [number, number] | null {
  const step = isLeap ? leapPart : stepPart;
  switch (key) {
    case 'ArrowLeft':
      return [-step, 0];
    case 'ArrowRight':
      return [step, 0];
    case 'ArrowUp':
      return [0, -step];
    case 'ArrowDown':
      return [0, step];
    default:
      return null;
  }
}

/** A name that the gateway takes (a-z, 0-9, -, and what the bytes are); null: no kind of image that it takes. */
export function imageName(type: string, stem: string): string | null {
  const ending = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' }[type];
  const clean = stem
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return ending === undefined ? null : `${clean === '' ? 'plan' : clean}.${ending}`;
}
