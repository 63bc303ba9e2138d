/** Where an alarm is, as it is shown and read aloud: pure. */
import type { SiteInfo } from '../../../api/site.js';
import type { AlarmRow } from '../../../api/state.js';
import type { Spoken } from '../words/use-words.js';

type Placed = Pick<AlarmRow, 'subject' | 'place' | 'zone' | 'device' | 'point'>;

/** What a line has of its own: it is called by the line, and is nowhere else. */
const ofLine = /^fault:(?:line|budget):/;

export function zoneWords(
  { zone }: Placed,
  site: Pick<SiteInfo, 'zones'> | null,
  { say }: Pick<Spoken, 'say'>,
): string {
  return say(site?.zones.find(({ id }) => id === zone)?.name);
}

/** Its place, else its zone, else a line, or the gateway for what is a part of it; empty: the site file does not say. */
export function whereWords(
  row: Placed,
  site: Pick<SiteInfo, 'zones'> | null,
  spoken: Pick<Spoken, 't' | 'say'>,
): string {
  const isOwn = row.device === null && (row.point === null || row.point.startsWith('box/'));
  const own = isOwn ? spoken.t(ofLine.test(row.subject) ? 'first.line' : 'first.gateway') : '';
  return spoken.say(row.place) || zoneWords(row, site, spoken) || own;
}

/** Class, where and what, as it is read aloud. */
export function alarmWords(
  row: AlarmRow,
  site: Pick<SiteInfo, 'zones'> | null,
  spoken: Pick<Spoken, 't' | 'say'>,
): string {
  const { t, say } = spoken;
  const told = { class: t(`state.${row.class}`), where: whereWords(row, site, spoken), what: say(row.name) };
  return told.where === '' ? t('say.alarm.nowhere', told) : t('say.alarm', told);
}
