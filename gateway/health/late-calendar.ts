/** A calendar that knows no day before a moment: after a reduced start nothing begins by the clock on the wall. */
import type { Calendar } from '../../drivers/calendar.js';
import type { Cancel, Clock } from '../../drivers/clock.js';

export function lateCalendar(calendar: Calendar, clock: Clock, fromMono: number): Calendar {
  const late = (register: () => Cancel): Cancel => {
    const leftMs = fromMono - clock.mono();
    if (leftMs <= 0) return register();
    let cancel = clock.after(leftMs, () => {
      cancel = register();
    });
    return () => cancel();
  };
  return {
    daily: (at, run) => late(() => calendar.daily(at, run)),
    weekly: (at, days, run) => late(() => calendar.weekly(at, days, run)),
  };
}
