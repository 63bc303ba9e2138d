/** Whether it is night at the site, by its file and its own clock: pure. */
import type { SiteInfo } from '../../../api/site.js';

/** From `from` on, before `to`; over midnight where `to` is less. */
export function isInNight({ fromMinute, toMinute }: NonNullable<SiteInfo['night']>, minute: number): boolean {
  return fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
}

/** `22:00`. */
export function clockOf(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** `time`: of the site's local day, `22:03:20`. */
export function isNightAt(time: string, night: SiteInfo['night']): boolean {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return night !== null && isInNight(night, hours * 60 + minutes);
}
