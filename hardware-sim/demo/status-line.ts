import type { Words } from '../../config/vocabulary.js';
import { alarmClasses, classWords } from '../../config/vocabulary.js';
import type { Stage } from './stage.js';

/** One line: what is in alarm, what sounds, whether the district hears us. */
export function statusLine(stage: Stage, isUp: boolean, lang: 'zh' | 'en'): string {
  const alarms = [...(stage.runtime?.alarms.subjects.values() ?? [])].filter(({ alarm }) => alarm !== null);
  const counts = alarmClasses
    .map((each) => ({ each, count: alarms.filter((alarm) => alarm.class === each).length }))
    .filter(({ count }) => count > 0)
    .map(({ each, count }) => `${classWords[each][lang]} ${count}`);
  const sounding = stage.config.outputs
    .filter(({ id, kind }) => kind === 'siren' && stage.village.outputIsOn(id))
    .map(({ name }) => name[lang]);
  const spoken = stage.config.speakers.flatMap(({ id }) => stage.village.horns.soundOf(id) ?? []);
  const [horns = ''] = spoken.map((what) => soundWords(what, lang));
  const said: Words = horns === '' ? { zh: '', en: '' } : { zh: ` ｜ 喇叭：${horns}`, en: ` | horns: ${horns}` };
  const words: Words = {
    zh: `● ${counts.length === 0 ? '正常守望' : counts.join('  ')} ｜ 警铃：${sounding.join('、') || '静'}${said.zh} ｜ 平台：${isUp ? '已连接' : '中断'}`,
    en: `● ${counts.length === 0 ? 'all quiet' : counts.join('  ')} | sirens: ${sounding.join(', ') || 'silent'}${said.en} | district: ${isUp ? 'connected' : 'away'}`,
  };
  return words[lang];
}

/** What is heard of a loudspeaker, in quotes where it is speech. */
export function soundWords(what: string, lang: 'zh' | 'en'): string {
  const [, track] = /^track (\d+)$/.exec(what) ?? [];
  if (track === undefined) return lang === 'zh' ? `“${what}”` : `"${what}"`;
  return lang === 'zh' ? `第 ${track} 号录音` : `recording no. ${track}`;
}
