/**
 * What a centre has taken, as far as it may be a fire: by its own reading of what came, never by what the gateway says of itself. A CloudEvent
 * names the entry; a data unit of GB/T 26875.3 has the bit and the second of it; a message on the telephone says 火警.
 */
import { z } from 'zod';
import type { Adu } from '../centre26875/adu.js';
import { wallOf } from '../wall-text.js';

/** The entry of a fire that was raised. */
export interface RaisedFire {
  readonly id: string;
  /** Its stamp, ms since 1970. */
  readonly wall: number;
}

/** Is it this one that was told? */
export type TellsFire = (fire: RaisedFire) => boolean;

const componentState = 2;
const fireBit = 1 << 1;
/** Time tags are in local time of some zone; every zone is so many minutes from UTC, or a multiple. */
const zoneStepMs = 15 * 60_000;
/** A time tag has no fractions. */
const tagStepMs = 1_000;
/** The head of a message that begins a fire; that of its end has 已 behind the class. */
const fireHead = '火警：';

const event = z.looseObject({ id: z.string() });
const events = z.union([event.transform((each) => [each]), z.array(event)]);

/** One CloudEvent or a list of them. Null: it is neither. */
export function fireInEvents(text: string): TellsFire | null {
  try {
    const ids = new Set(events.parse(JSON.parse(text)).map(({ id }) => id));
    return ({ id }) => ids.has(id);
  } catch {
    return null;
  }
}

/** Null: no component of it is on fire. */
export function fireInUnit({ type, objects }: Adu): TellsFire | null {
  if (type !== componentState) return null;
  const times = objects.flatMap(({ state = 0, time }) => {
    if ((state & fireBit) === 0 || typeof time !== 'string' || time.startsWith('?')) return [];
    return [wallOf(`${time.replace(' ', 'T')}Z`)];
  });
  if (times.length === 0) return null;
  return ({ wall }) => times.some((time) => isSameSecond(time, wall));
}

/** Null: it is about no fire, or about one that is over. */
export function fireInMessage(text: string): TellsFire | null {
  return text.includes(fireHead) ? () => true : null;
}

/** In whatever zone the tag is. */
function isSameSecond(tagWall: number, wall: number): boolean {
  const second = Math.floor(wall / tagStepMs) * tagStepMs;
  return (tagWall - second) % zoneStepMs === 0;
}
