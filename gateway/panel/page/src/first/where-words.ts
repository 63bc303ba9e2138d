/** Where an alarm is, as it is shown and read aloud: pure. */
import type { SiteInfo } from '../../../api/site.js';
import type { AlarmRow } from '../../../api/state.js';
import type { Spoken } from '../words/use-words.js';

type Placed = Pick<AlarmRow, 'place' | 'zone' | 'device' | 'point'>;

export function zoneWords(
  { zone }: Placed,
  site: Pick<SiteInfo, 'zones'> | null,
  { say }: Pick<Spoken, 'say'>,
): string {
  return say(site?.zones.find(({ id }) => id === zone)?.name);
}

/** Its place, else its zone, else the gateway for what is a part of it; empty: the site file does not say. */
export function whereWords(
  row: Placed,
  site: Pick<SiteInfo, 'zones'> | null,
  spoken: Pick<Spoken, 't' | 'say'>,
): string {
  const isOwn = row.device === null && (row.point === null || row.point.startsWith('box/'));
  return spoken.say(row.place) || zoneWords(row, site, spoken) || (isOwn ? spoken.t('first.gateway') : '');
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
