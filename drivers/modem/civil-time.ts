/** Year, month, day and time of UTC as ms since 1970. Pure: no clock, and no Date. */

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const firstYear = 1970;
const dayMs = 86_400_000;

export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Null: there is no such time. Years 1970 to 2099. */
export function wallOf({ year, month, day, hour, minute, second }: CivilTime): number | null {
  const isLeap = year % 4 === 0;
  const daysOf = (each: number): number => (monthDays[each - 1] ?? 0) + (each === 2 && isLeap ? 1 : 0);
  const isTime = year >= firstYear && year < 2100 && hour < 24 && minute < 60 && second <= 60;
  if (!isTime || day < 1 || day > daysOf(month)) return null;
  const years = year - firstYear;
  let days = years * 365 + Math.floor((years + 1) / 4) + day - 1;
  for (let each = 1; each < month; each++) days += daysOf(each);
  return days * dayMs + ((hour * 60 + minute) * 60 + second) * 1_000;
}
