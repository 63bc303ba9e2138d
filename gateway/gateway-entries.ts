/** What the gateway journals about itself. */
import type { SiteConfig } from '../config/site.js';
import type { EntryKind, Words } from '../config/vocabulary.js';
import type { EntryDraft } from '../sync/journal/entry.js';
import type { AlarmState } from './alarm/facets.js';

/** `restored`: saved alarms and faults that were found; null when the disk had not answered. */
export function startedDraft(config: SiteConfig, version: string, restored: number | null): EntryDraft {
  const words = { zh: `网关启动：${config.site.name.zh}`, en: `the gateway starts: ${config.site.name.en}` };
  return draft('gateway.started', words, { version, points: config.points.length, restored });
}

export function stoppedDraft(): EntryDraft {
  return draft('gateway.stopped', { zh: '网关停止运行', en: 'the gateway stops' }, { reason: 'asked' });
}

/** @param worstFireAgeMs age of the oldest look at a fire point; Infinity while one was never seen. */
export function dailyDraft(state: AlarmState, worstFireAgeMs: number): EntryDraft {
  const standing = [...state.subjects.values()].filter(({ alarm }) => alarm !== null);
  const faults = standing.filter(({ class: alarmClass }) => alarmClass === 'fault').length;
  const alarms = standing.length - faults;
  const words = {
    zh: `每日报告：报警 ${alarms}，故障 ${faults}`,
    en: `daily report: ${alarms} alarms, ${faults} faults`,
  };
  const worst = Number.isFinite(worstFireAgeMs) ? Math.round(worstFireAgeMs) : null;
  return draft('site.daily', words, { alarms, faults, worst_fire_age_ms: worst });
}

function draft(kind: EntryKind, words: Words, detail: EntryDraft['detail']): EntryDraft {
  return { kind, class: null, subject: 'gateway', alarm: null, zone: null, words, origin: null, detail };
}
