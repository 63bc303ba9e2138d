/** What `gengfu status` tells of the paths to the centres, of duty checks, and of which way an alarm went. */
import type { UplinkConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import { describeMoment } from '../box/moment.js';
import type { CheckFigures } from '../command/district/check-figures.js';
import type { CheckReport } from '../command/district/duty-checks.js';
import type { PathStatus } from '../path-times.js';
import type { Way, WayRow } from '../way-book.js';
import type { Lang } from './teller.js';

const wayWords: Readonly<Record<UplinkConfig['kind'], Words>> = {
  mqtt: { zh: 'MQTT', en: 'MQTT' },
  gb26875: { zh: '国标', en: 'GB/T 26875.3' },
  http: { zh: 'HTTP', en: 'HTTP' },
  sms: { zh: '短信', en: 'SMS' },
};

/** A line for each path. */
export function describePaths(paths: readonly PathStatus[], lang: Lang): readonly string[] {
  const zh = lang === 'zh';
  return paths.map((path) => {
    const { id, way, error, heardWall, heardByWall, toldWall, toldByWall } = path;
    const state = stateOf(path)[lang];
    const why = error === null ? '' : zh ? `（${error.zh}）` : ` (${error.en})`;
    const parts = [
      `${zh ? '最近收到' : 'last heard'} ${momentOf(heardWall, lang)}`,
      ...(heardByWall === null ? [] : [dueBy(heardByWall, lang)]),
      `${zh ? '最近确认' : 'last confirmed'} ${momentOf(toldWall, lang)}`,
      ...(toldByWall === null ? [] : [dueBy(toldByWall, lang)]),
    ];
    const head = zh ? `上传通道 ${id}（${wayWords[way].zh}）：` : `uplink ${id} (${wayWords[way].en}): `;
    return `${head}${state}${why}${zh ? '，' : ', '}${parts.join(zh ? '，' : ', ')}`;
  });
}

/** Nothing before anybody has asked. */
export function describeChecks({ shift, day }: CheckReport, lang: Lang): readonly string[] {
  if (shift.asked + day.asked === 0) return [];
  const since = shift.sinceWall === null ? null : describeMoment(shift.sinceWall);
  if (lang === 'zh') {
    const of = since === null ? '查岗：' : `本班（${since} 起）查岗：`;
    return [`${of}${figures(shift, lang)}`, `最近一天查岗：${figures(day, lang)}`];
  }
  const of = since === null ? 'duty checks: ' : `duty checks of this shift (since ${since}): `;
  return [`${of}${figures(shift, lang)}`, `duty checks of the last day: ${figures(day, lang)}`];
}

/** Which way an alarm went; null: nothing is known of it. */
export function describeWay(way: Way, lang: Lang): string | null {
  if (way.length === 0) return null;
  const rows = way.map((row) => `${row.uplink} ${rowWords(row)[lang]}`);
  return lang === 'zh' ? `上报：${rows.join('；')}` : `told: ${rows.join('; ')}`;
}

function stateOf({ isUp, isDead, error }: PathStatus): Words {
  if (isUp) return isDead ? { zh: '无响应', en: 'open, but dead' } : { zh: '在线', en: 'up' };
  return error === null ? { zh: '正在连接', en: 'connecting' } : { zh: '断开', en: 'down' };
}

function momentOf(wall: number | null, lang: Lang): string {
  if (wall !== null) return describeMoment(wall);
  return lang === 'zh' ? '启动后没有' : 'not since the start';
}

function dueBy(wall: number, lang: Lang): string {
  return lang === 'zh' ? `应在 ${describeMoment(wall)} 前` : `next by ${describeMoment(wall)}`;
}

function figures({ asked, answered, missed, medianS }: CheckFigures, lang: Lang): string {
  if (lang === 'zh') {
    const median = medianS === null ? '' : `，应答时间中位数 ${medianS} 秒`;
    return `${asked} 次，应答 ${answered}，未应答 ${missed}${median}`;
  }
  const median = medianS === null ? '' : `, half of the answers within ${medianS} s`;
  return `${asked} asked, ${answered} answered, ${missed} missed${median}`;
}

function rowWords({ how, wall, carriedWall, afterMs }: WayRow): Words {
  const at = describeMoment(carriedWall ?? wall ?? 0);
  const after =
    afterMs === null ? { zh: '', en: '' } : { zh: `（${sOf(afterMs)} 秒）`, en: ` (after ${sOf(afterMs)} s)` };
  switch (how) {
    case 'queued':
      return { zh: '排队待发', en: 'waits' };
    case 'carried':
      return { zh: `已确认 ${at}${after.zh}`, en: `confirmed ${at}${after.en}` };
    case 'kept':
      return { zh: `已收存 ${at}${after.zh}`, en: `kept ${at}${after.en}` };
    case 'filtered':
      return { zh: '按设置不报', en: 'not told, by its settings' };
    case 'refused':
      return { zh: '对方不收', en: 'refused by them' };
    case 'not-needed':
      return { zh: '别处已收到，不再通知', en: 'not needed, confirmed elsewhere' };
    case 'nobody':
      return { zh: '此路不报这一类', en: 'told to nobody there' };
    default:
      return how satisfies never;
  }
}

function sOf(ms: number): string {
  return (ms / 1000).toFixed(1);
}
