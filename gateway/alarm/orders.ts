/** What a person's order does to the alarms that it is about. Pure. */
import { type AlarmClass, alarmClasses, latchesUntilReset } from '../../config/vocabulary.js';
import { type Alarm, type Facets, noAlarm, type UpTo } from './facets.js';
import { silencedAt } from './sounder.js';
import type { EngineCommand } from './step.js';
import type { Work } from './work.js';

export function obey(work: Work, { kind, upTo, origin }: EngineCommand): void {
  for (const facets of [...work.subjects.values()].sort(byClassThenOrder)) {
    const { alarm } = facets;
    if (alarm === null || !isCovered(alarm, upTo)) continue;
    switch (kind) {
      case 'acknowledge':
        acknowledge(work, facets, alarm, origin);
        break;
      case 'silence':
        if (facets.sounder !== 'sounding') break;
        work.put({ ...facets, ...silencedAt(work.now) });
        work.draft('alarm.silenced', facets, alarm.id, origin, {});
        break;
      case 'reset':
        reset(work, facets, alarm, origin);
        break;
    }
  }
}

function acknowledge(work: Work, facets: Facets, alarm: Alarm, by: string): void {
  if (facets.acknowledged !== null) return;
  const { mono, wall } = work.now;
  work.put({ ...facets, acknowledged: { by, wall, afterMs: mono - alarm.waitingMono } });
  work.draft('alarm.acknowledged', facets, alarm.id, by, {});
}

function reset(work: Work, facets: Facets, alarm: Alarm, origin: string): void {
  if (!latchesUntilReset[facets.class]) return;
  const isActive = facets.condition !== 'normal';
  if (isActive && !facets.isLost) {
    work.stillActive(facets.subject);
    return;
  }
  work.put({ ...facets, ...noAlarm });
  work.draft('alarm.reset', facets, alarm.id, origin, isActive ? { as: 'detector-lost' } : {});
}

function isCovered(alarm: Alarm, upTo: UpTo): boolean {
  return 'order' in upTo ? alarm.order <= upTo.order : alarm.raisedMono <= upTo.raisedBeforeMono;
}

function rank(alarmClass: AlarmClass): number {
  return alarmClasses.indexOf(alarmClass);
}

function byClassThenOrder(a: Facets, b: Facets): number {
  return rank(a.class) - rank(b.class) || (a.alarm?.order ?? 0) - (b.alarm?.order ?? 0);
}
