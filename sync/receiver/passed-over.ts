/**
 * What a report says of other rows than itself. What an uplink says it will never carry: the receiver must not wait for it. gateway/passed-over.ts writes it as the detail of a
 * `journal.dropped`. Pure; the detail is hostile.
 */
import { z } from 'zod';

/** Of one notice; the gateway names at most 50. */
const placesMax = 200;

const detailSchema = z.looseObject({
  reason: z.literal('passed-over'),
  uplink: z.string(),
  places: z.array(z.unknown()).max(placesMax),
});
const count = z.number().int();
const placeSchema = z.object({
  lane: z.enum(['fire', 'journal', 'telemetry']),
  epoch: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/),
  sequence: count.min(1),
  previous: count.min(0),
  position: count.min(1),
});

/** Where such a row would have stood. */
export type PassedPlace = Readonly<z.infer<typeof placeSchema>>;

interface Told {
  readonly data: {
    readonly kind: string;
    readonly durable: boolean;
    readonly lane: 'fire' | 'journal';
    readonly after?: { readonly epoch: string; readonly sequence: string } | undefined;
    readonly uplink?: string | undefined;
    readonly detail?: Readonly<Record<string, unknown>> | undefined;
  };
}

/**
 * Links that come with this event beside its own. The last row of an older epoch links nothing: it only has to be there, so that what
 * the broker lost of it is a gap.
 */
export function otherPlaces({ data }: Told): readonly PassedPlace[] {
  const { after, durable, lane } = data;
  const sequence = Number(after?.sequence ?? 0);
  if (after === undefined || !durable || sequence < 1) return passedPlaces({ data });
  return [{ lane, epoch: after.epoch, sequence, previous: sequence, position: 0 }, ...passedPlaces({ data })];
}

/** Rows that count as told by the uplink that carried this event; other uplinks pass over rows of their own. */
function passedPlaces({ data }: Pick<Told, 'data'>): readonly PassedPlace[] {
  if (data.kind !== 'journal.dropped') return [];
  const detail = detailSchema.safeParse(data.detail);
  if (!detail.success || detail.data.uplink !== data.uplink) return [];
  return detail.data.places.flatMap((each) => {
    const place = placeSchema.safeParse(each);
    return place.success && place.data.previous < place.data.sequence ? [place.data] : [];
  });
}

/** As otherPlaces(), of an event as it was kept; `body` is JSON that was read once. */
export function otherPlacesOf(body: string): readonly PassedPlace[] {
  return /"(?:passed-over|after)"/.test(body) ? otherPlaces(JSON.parse(body) as Told) : [];
}
