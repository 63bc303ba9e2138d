/** When a warranty ends: a day of the site's calendar. Pure. */
const monthsPerYear = 12;

/** `2026-11-30` of that moment, where the site is. */
export function dayOf(wall: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
  }).formatToParts(wall);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
}

/** The same day so many months later, or the last one of a shorter month. */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const all = year * monthsPerYear + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(all / monthsPerYear), (all % monthsPerYear) + 1];
  const toDate = Math.min(date, daysIn(toYear, toMonth));
  return `${toYear}-${two(toMonth)}-${two(toDate)}`;
}

/** There is such a day: not 2026-02-30. */
export function isDay(day: string): boolean {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return month >= 1 && month <= monthsPerYear && date >= 1 && date <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function two(count: number): string {
  return String(count).padStart(2, '0');
}
