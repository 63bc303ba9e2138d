/** Photos of places, and where something stands on the plans: pure. */
import type { MapPlan } from '../../../../api/map.js';
import type { SiteInfo } from '../../../../api/site.js';
import type { Pin } from './pins.js';

export type Photo = MapPlan['photos'][number];
export type Pictured = Pick<Photo, 'of' | 'kind'>;
/** What is asked about: an alarm, a device, an incident. */
export interface Where {
  readonly device: string | null;
  readonly point?: string | null;
  readonly zone: string | null;
}

/** As the contract has it. */
export const photosMax = 200;

/** Its own photo, else the one of its zone; the name of the image. */
export function photoOf(map: MapPlan | null, { device, zone }: Where): string | null {
  const of = (kind: Photo['kind'], id: string | null): Photo | undefined =>
    id === null ? undefined : map?.photos.find((each) => each.kind === kind && each.of === id);
  return (of('device', device) ?? of('zone', zone))?.image ?? null;
}

/** One for each; null: it has none any more. */
export function withPhoto(photos: readonly Photo[], { of, kind }: Pictured, image: string | null): readonly Photo[] {
  const others = photos.filter((each) => each.of !== of || each.kind !== kind);
  return image === null ? others : [...others, { of, kind, image }];
}

/** The pin of it on a plan that is drawn. */
export function pinOf(map: MapPlan | null, { device, point }: Where): Pick<Pin, 'of' | 'kind'> | null {
  const drawn = (map?.plans ?? []).filter(({ image }) => image !== null).flatMap(({ pins }) => pins);
  const found =
    drawn.find(({ of, kind }) => kind === 'device' && of === device) ??
    drawn.find(({ of, kind }) => kind === 'point' && of === point);
  return found === undefined ? null : { of: found.of, kind: found.kind };
}

/** Of something that the journal names: `point:smoke-1/smoke`. */
export function whereOf(subject: string | null, zone: string | null, points: SiteInfo['points']): Where {
  const point = points.find(({ id }) => subject === `point:${id}`);
  return { device: point?.device ?? null, point: point?.id ?? null, zone };
}

/** Width and height that fit, in the same proportion; never larger than it was. */
export function fitted(width: number, height: number, max: number): readonly [number, number] {
  const part = Math.min(1, max / Math.max(width, height, 1));
  return [Math.max(1, Math.round(width * part)), Math.max(1, Math.round(height * part))];
}
