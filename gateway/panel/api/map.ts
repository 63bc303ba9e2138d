/** The village plan: an image, and where things stand on it; edited in place by the installer, kept in the data folder. */
import { z } from 'zod';
import { id, words } from './words.js';

/** Fraction of the image's width and height, 0 to 1. */
const fraction = z.number().min(0).max(1);

/** More are refused with the whole plan. */
export const photosMax = 200;

export const mapPlan = z
  .strictObject({
    plans: z
      .array(
        z.strictObject({
          id,
          name: words,
          /** Name of an uploaded image; null: plain zones. */
          image: z.string().max(100).nullable(),
          /** Width : height of the image. */
          aspect: z.number().min(0.1).max(10),
          pins: z
            .array(
              z.strictObject({
                /** A household stands there by its door (`doorKey` of the page's `map/doors.ts`), never by its id: everybody sees it. */
                of: id,
                kind: z.enum(['device', 'point', 'output', 'speaker', 'household']),
                x: fraction,
                y: fraction,
              }),
            )
            .max(2000),
        }),
      )
      .max(20),
    /** What a place looks like: of a device, or of a zone whose devices have none of their own. A plan of an older release has none. */
    photos: z
      .array(z.strictObject({ of: id, kind: z.enum(['device', 'zone']), image: z.string().max(100) }))
      .max(photosMax)
      .default([]),
    /** Counts up; an edit names the one it was made on. */
    revision: z.int(),
  })
  .meta({ id: 'MapPlan' });
export type MapPlan = z.infer<typeof mapPlan>;
