/** Times as somebody writes them, in the site's zone: pure. */
import { isKnownZone } from '../../words/use-words.js';

/** Wall time of `2026-11-30T14:03` there; null: it is no time. An hour that a clock change skips is the one after it. */
export function wallOfLocal(text: string, timeZone: string | null): number | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  // The offset at the guess may be of the other side of a clock change; at the second one it is right.
  const guess = asUtc - offsetMs(asUtc, timeZone);
  return asUtc - offsetMs(guess, timeZone);
}

/** What `wallOfLocal` reads. */
export function localOfWall(wall: number, timeZone: string | null): string {
  return new Date(wall + offsetMs(wall, timeZone)).toISOString().slice(0, 16);
}

/** How far the zone's clocks are ahead of UTC then. */
function offsetMs(wall: number, timeZone: string | null): number {
  if (timeZone === null) return 0;
  // A name that this browser does not know: its own zone, as everywhere on the page.
  if (!isKnownZone(timeZone)) return -new Date(wall).getTimezoneOffset() * 60_000;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  const parts = new Map(format.formatToParts(wall).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(wall / 1000) * 1000;
}
