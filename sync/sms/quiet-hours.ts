/** When somebody wants to sleep. Pure. */
import type { SmsRecipient } from '../../config/site-telling.js';
import { type Clock, localMinuteOf } from '../../drivers/clock.js';

const hourMin = 60;

/** A clock that nobody believes keeps nobody from being told. */
export function isQuiet({ quiet }: Pick<SmsRecipient, 'quiet'>, clock: Pick<Clock, 'wall' | 'trust'>): boolean {
  if (quiet === null || clock.trust() === 'untrusted') return false;
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)];
  const minute = localMinuteOf(clock.wall());
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * hourMin + minutes;
}
