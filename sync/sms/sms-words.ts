/**
 * What stands in a message: class, place, device, time, and nothing about the people who live there. Two parts at the most, whatever names
 * the site file has. Pure, but for the clock that knows the local time.
 */
import type { SiteConfig } from '../../config/site.js';
import { type AlarmClass, classWords } from '../../config/vocabulary.js';
import { localMinuteOf } from '../../drivers/clock.js';
import type { Entry } from '../journal/entry.js';

/** UTF-16 units of two parts. */
export const textMax = 134;
const siteMax = 16;
const placeMax = 24;
const nameMax = 32;
const sentenceMax = 96;
const hourMin = 60;

export type SmsSite = Pick<SiteConfig, 'site' | 'zones' | 'points'>;
type Told = Pick<Entry, 'subject' | 'zone' | 'class' | 'words' | 'wall' | 'clock' | 'kind'>;

/** Of something that stands, to be remembered until a quiet time is over. */
export function briefText(site: SmsSite, entry: Told): string {
  const head = entry.class === null ? '' : `${classWords[entry.class].zh} `;
  return `${head}${whereText(site, entry) ?? cut(withoutHead(entry), nameMax)}`;
}

export function alarmText(site: SmsSite, entry: Told): string {
  const where = whereText(site, entry);
  const what = where === null ? cut(withoutHead(entry), sentenceMax) : where;
  const todo = entry.class === 'fire' ? '请立即核实并组织疏散' : '请查看';
  return whole(site, `${classOf(entry.class)}：${what}${timeText(entry)}，${todo}`);
}

/** Of an alarm that somebody was told. */
export function endText(site: SmsSite, entry: Told): string {
  const what = whereText(site, entry) ?? cut(withoutHead(entry), nameMax);
  return whole(
    site,
    `${classOf(entry.class)}${entry.kind === 'alarm.reset' ? '已复位' : '已恢复'}：${what}${timeText(entry)}`,
  );
}

/** Of what may have gone before: whoever has it twice knows that it is one. Left as it is where there is no room. */
export function againText(text: string): string {
  const marked = `（可能重复）${text}`;
  return marked.length > textMax ? text : marked;
}

export function testText(site: SmsSite, entry: Pick<Told, 'wall' | 'clock'>): string {
  return whole(site, `短信通道测试，不是报警${timeText(entry)}`);
}

/** What stands when a quiet time is over. */
export function summaryText(site: SmsSite, briefs: readonly string[]): string {
  const head = `静默时段内有${briefs.length}条未解除：`;
  const kept: string[] = [];
  for (const brief of briefs) {
    if (whole(site, `${head}${[...kept, brief].join('；')}；等`).length > textMax) break;
    kept.push(brief);
  }
  return whole(site, `${head}${kept.join('；')}${kept.length < briefs.length ? '；等' : ''}`);
}

function whole({ site }: SmsSite, text: string): string {
  return `【${cut(site.name.zh, siteMax)}】${text}。`;
}

function classOf(alarmClass: AlarmClass | null): string {
  return alarmClass === null ? '通知' : classWords[alarmClass].zh;
}

/** Place and name of the point; null: it is none of this site file. */
function whereText({ points, zones }: SmsSite, { subject, zone }: Told): string | null {
  const point = points.find(({ id }) => `point:${id}` === subject);
  if (point === undefined) return null;
  const place = point.place?.zh ?? zones.find(({ id }) => id === zone)?.name.zh ?? '';
  const name = cut(point.name.zh, nameMax);
  return name.startsWith(place) ? name : `${cut(place, placeMax)} ${name}`;
}

/** The sentence of an entry begins with its class. */
function withoutHead({ words, class: alarmClass }: Told): string {
  const head = `${classOf(alarmClass)}：`;
  return words.zh.startsWith(head) ? words.zh.slice(head.length) : words.zh;
}

function timeText({ wall, clock }: Pick<Told, 'wall' | 'clock'>): string {
  if (clock === 'untrusted') return '';
  const minute = localMinuteOf(wall);
  return ` ${Math.floor(minute / hourMin)}:${String(minute % hourMin).padStart(2, '0')}`;
}

/** Never through a surrogate pair. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
