/** Who outside is told what, and how a duty check reaches whoever is on duty: for `gengfu explain`. No numbers of people. Pure. */

import type { SiteConfig } from '../config/site.js';
import type { SmsRecipient, SmsUplinkConfig, TellConfig, UplinkConfig } from '../config/site-telling.js';
import { uplinkEndpoint } from '../config/uplinks/uplink-reach.js';
import { classWords, type Words } from '../config/vocabulary.js';

type Site = Pick<SiteConfig, 'uplinks' | 'zones' | 'points' | 'outputs' | 'commandKeys' | 'panel'>;

const msPerS = 1000;
const nobody: Words = { zh: '上联：没有', en: 'uplinks: none' };

/** Without the last line end. */
export function explainUplinks(site: Site, lang: 'zh' | 'en'): string {
  if (site.uplinks.length === 0) return nobody[lang];
  const head: Words = {
    zh: '上联（断线时记录先存着，通了再补报，火警最先）',
    en: 'uplinks (entries are kept while a way is cut and told afterwards, fires first)',
  };
  const told = site.uplinks.flatMap((uplink) => [
    uplinkLine(uplink, site),
    ...(uplink.kind === 'sms' ? smsLines(uplink, site).map(indented) : []),
  ]);
  return [head, ...told.map(indented), ...dutyLines(site)].map((line) => line[lang]).join('\n');
}

function indented({ zh, en }: Words): Words {
  return { zh: `  ${zh}`, en: `  ${en}` };
}

function uplinkLine(uplink: UplinkConfig, site: Site): Words {
  const { id, tell } = uplink;
  const way = wayOf(uplink);
  const what = uplink.kind === 'sms' ? { zh: '', en: '' } : toldWords(tell, uplink, site);
  return { zh: `${id}（${way.zh}）：${what.zh}`, en: `${id} (${way.en}): ${what.en}`.trimEnd() };
}

function wayOf(uplink: UplinkConfig): Words {
  const at = uplinkEndpoint(uplink);
  const where = at === null ? '' : ` ${at.host}:${at.port}`;
  const tls: Words = at === null || at.tls === null ? { zh: '', en: '' } : { zh: '，加密', en: ', TLS' };
  switch (uplink.kind) {
    case 'mqtt':
      return { zh: `MQTT${where}${tls.zh}`, en: `MQTT${where}${tls.en}` };
    case 'gb26875':
      return { zh: `GB/T 26875.3${where}`, en: `GB/T 26875.3${where}` };
    case 'http':
      return { zh: `HTTP ${uplink.preset}${where}${tls.zh}`, en: `HTTP ${uplink.preset}${where}${tls.en}` };
    case 'sms':
      return { zh: `短信 ${uplink.port}`, en: `SMS ${uplink.port}` };
    default:
      return uplink satisfies never;
  }
}

function toldWords({ classes, zones, kinds }: TellConfig, uplink: UplinkConfig, site: Site): Words {
  const limits = [
    ...(classes === null ? [] : [classList(classes)]),
    ...(zones === null ? [] : [zoneList(zones, site)]),
    ...(kinds === null ? [] : [{ zh: `种类 ${kinds.join('、')}`, en: `kinds ${kinds.join(', ')}` }]),
  ];
  const hasOwnWords = uplink.kind === 'mqtt' || (uplink.kind === 'http' && uplink.preset === 'gengfu');
  const all: Words = hasOwnWords
    ? { zh: '全部记录', en: 'all entries' }
    : { zh: '它的语言能表达的全部记录', en: 'all entries for which its language has words' };
  const entries = limits.length === 0 ? all : joined(limits);
  if (uplink.telemetry === 'none') return { zh: `${entries.zh}，不报测量数据`, en: `${entries.en}, no measurements` };
  return { zh: `${entries.zh}，和测量数据`, en: `${entries.en}, and measurements` };
}

function smsLines({ recipients, afterMs, perHourMax }: SmsUplinkConfig, site: Site): readonly Words[] {
  const after = (ms: number): Words =>
    ms === 0
      ? { zh: '立即发', en: 'at once' }
      : {
          zh: `${ms / msPerS} 秒内没有平台确认才发`,
          en: `only when no centre has confirmed it within ${ms / msPerS} s`,
        };
  const [fire, others] = [after(afterMs.fire), after(afterMs.others)];
  return [
    ...recipients.map((each) => recipientLine(each, site)),
    { zh: `火警：${fire.zh}；其他：${others.zh}`, en: `fires ${fire.en}; others ${others.en}` },
    {
      zh: `每小时最多 ${perHourMax} 条，后三分之一留给火警`,
      en: `${perHourMax} in an hour at most, the last third for fires`,
    },
  ];
}

function recipientLine({ id, classes, zones, quiet }: SmsRecipient, site: Site): Words {
  const what = joined([classList(classes), ...(zones === null ? [] : [zoneList(zones, site)])]);
  if (quiet === null) return { zh: `${id}：${what.zh}`, en: `${id}: ${what.en}` };
  const { from, to } = quiet;
  return {
    zh: `${id}：${what.zh}；${from} 到 ${to} 只收火警`,
    en: `${id}: ${what.en}; from ${from} to ${to} only fires`,
  };
}

/** None where no centre may ask. */
function dutyLines(site: Site): readonly Words[] {
  const mayOrder = site.commandKeys.some(({ rights }) => rights.includes('duty_check'));
  const askers = site.uplinks.filter((uplink) =>
    uplink.kind === 'gb26875' ? uplink.takesDutyChecks : uplink.takesCommands && mayOrder,
  );
  if (askers.length === 0) return [];
  const ids = askers.map(({ id }) => id);
  const outputs = site.outputs.filter(({ shows }) => shows === 'duty' || shows === 'duty_sound');
  const keys = site.points.filter(({ role }) => role === 'key.duty' || role === 'key.acknowledge');
  const panel: readonly Words[] = site.panel === null ? [] : [{ zh: '值班面板', en: 'the duty panel' }];
  const answers = listed([
    ...keys.map(({ name }) => name),
    ...panel,
    { zh: 'gengfu duty-answer', en: 'gengfu duty-answer' },
  ]);
  const shown: Words =
    outputs.length === 0
      ? { zh: '没有灯和声音', en: 'no lamp or sound tells of it' }
      : listed(outputs.map(({ name }) => name));
  return [
    { zh: '', en: '' },
    { zh: `查岗（${ids.join('、')} 可以查）`, en: `duty checks (asked by ${ids.join(', ')})` },
    ...[
      { zh: `提示：${shown.zh}`, en: `told by: ${shown.en}` },
      { zh: `应答：${answers.zh}`, en: `answered by: ${answers.en}` },
    ].map(indented),
  ];
}

function classList(classes: NonNullable<TellConfig['classes']>): Words {
  return listed(classes.map((each) => classWords[each]));
}

function zoneList(zones: NonNullable<TellConfig['zones']>, site: Site): Words {
  const { zh, en } = listed(
    zones.map((zone) => site.zones.find(({ id }) => id === zone)?.name ?? { zh: zone, en: zone }),
  );
  return { zh: `防区 ${zh}`, en: `in ${en}` };
}

function listed(all: readonly Words[]): Words {
  return { zh: all.map(({ zh }) => zh).join('、'), en: all.map(({ en }) => en).join(', ') };
}

function joined(all: readonly Words[]): Words {
  return { zh: all.map(({ zh }) => zh).join('，'), en: all.map(({ en }) => en).join(', ') };
}
