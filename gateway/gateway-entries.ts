/** What the gateway journals about itself. */
import type { GoodReading } from '../config/reading.js';
import type { PointConfig, SiteConfig } from '../config/site.js';
import { classWords, type EntryKind, type Words } from '../config/vocabulary.js';
import type { UnknownCode } from '../drivers/stream/unknown-codes.js';
import type { EntryDraft } from '../sync/journal/entry.js';
import type { AlarmState } from './alarm/facets.js';
import { pointSubject } from './alarm/subject.js';
import type { CheckFigures } from './command/district/check-figures.js';

/** `restored`: saved alarms and faults that were found; null when the disk had not answered. */
export function startedDraft(config: SiteConfig, version: string, restored: number | null): EntryDraft {
  const words = { zh: `网关启动：${config.site.name.zh}`, en: `the gateway starts: ${config.site.name.en}` };
  return draft('gateway.started', words, { version, points: config.points.length, restored });
}

export function stoppedDraft(): EntryDraft {
  return draft('gateway.stopped', { zh: '网关停止运行', en: 'the gateway stops' }, { reason: 'asked' });
}

/** Another runtime of this process goes on with another site file. */
export function handedOverDraft(): EntryDraft {
  const words = { zh: '网关换用另一份站点文件，继续守望', en: 'the gateway goes on with another site file' };
  return draft('gateway.stopped', words, { reason: 'site-file' });
}

/**
 * @param worstFireAgeMs age of the oldest look at a fire point; Infinity while one was never seen.
 * @param checks duty checks of the last day.
 */
export function dailyDraft(state: AlarmState, worstFireAgeMs: number, checks: CheckFigures): EntryDraft {
  const standing = [...state.subjects.values()].filter(({ alarm }) => alarm !== null);
  const faults = standing.filter(({ class: alarmClass }) => alarmClass === 'fault').length;
  const alarms = standing.length - faults;
  const { asked, answered, missed, medianS } = checks;
  const of = asked === 0 ? { zh: '', en: '' } : dutyWords(checks);
  const words = {
    zh: `每日报告：报警 ${alarms}，故障 ${faults}${of.zh}`,
    en: `daily report: ${alarms} alarms, ${faults} faults${of.en}`,
  };
  const worst = Number.isFinite(worstFireAgeMs) ? Math.round(worstFireAgeMs) : null;
  const duty = asked === 0 ? {} : { duty_checks: { asked, answered, missed, median_s: medianS } };
  return draft('site.daily', words, { alarms, faults, worst_fire_age_ms: worst, ...duty });
}

function dutyWords({ asked, answered, missed }: CheckFigures): Words {
  return {
    zh: `，查岗 ${asked} 次，应答 ${answered}，未应答 ${missed}`,
    en: `, ${asked} duty checks: ${answered} answered, ${missed} missed`,
  };
}

/** A first alarm on a troubled line that a second look did not find. It was never raised; that it was seen is kept. */
export function withdrawnDraft(point: PointConfig, first: GoodReading, second: GoodReading): EntryDraft {
  const { key, class: alarmClass, zone, name } = pointSubject(point);
  const words = {
    zh: `${classWords[alarmClass].zh}：${name.zh} 首次读到报警，复读为正常，未计入`,
    en: `${classWords[alarmClass].en}: ${name.en}: an alarm was read once and not found by the second look; it does not count`,
  };
  const detail = {
    first: first.value,
    first_mono: first.sampledMono,
    second: second.value,
    second_mono: second.sampledMono,
  };
  return { ...draft('alarm.withdrawn', words, detail), class: alarmClass, subject: key, zone };
}

/** What a device said that its profile does not know, as it came. */
export function unknownDraft({ line, device, event, times }: UnknownCode): EntryDraft {
  const subject = device === null ? `line:${line}` : `device:${device}`;
  const who = device ?? line;
  const words = event.isSound
    ? { zh: `${who} 发来未知事件 ${event.code}`, en: `${who} says ${event.code}, which its profile does not know` }
    : { zh: `${who} 发来损坏的数据（${event.code}）`, en: `${who} says something broken (${event.code})` };
  const { code, object, value, address, detail } = event;
  return { ...draft('device.unknown_code', words, { line, code, object, value, address, times, ...detail }), subject };
}

function draft(kind: EntryKind, words: Words, detail: EntryDraft['detail']): EntryDraft {
  return { kind, class: null, subject: 'gateway', alarm: null, zone: null, words, origin: null, detail };
}
