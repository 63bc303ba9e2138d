/** What people at the panel see and do, in words: where it is served, what they are told to do, how many need help. No names. Pure. */
import type { DayWindow, PanelConfig, SiteConfig } from '../../config/site.js';
import { classWords, type Words } from '../../config/vocabulary.js';
import type { SiteInfo } from '../panel/api/site.js';
import { stepsOf } from './what-to-do.js';

const hourMin = 60;
const msPerS = 1000;

interface Part {
  readonly head: Words;
  readonly lines: readonly Words[];
}

type Site = Pick<SiteConfig, 'panel' | 'plans' | 'zones' | 'households'>;

export interface DutyFacts {
  readonly panel: PanelConfig | null;
  /** In the order in which they count: the first row of the class whose zones fit. */
  readonly whatToDo: SiteInfo['steps'];
  /** Households with special care; who they are stands in the site file alone. */
  readonly households: readonly { readonly zone: string | null; readonly count: number }[];
}

export function dutyFacts(config: Site): DutyFacts {
  const { panel, households } = config;
  const zones = [...new Set(households.map(({ zone }) => zone))];
  return {
    panel,
    whatToDo: panel === null ? [] : stepsOf(config),
    households: zones.map((zone) => ({ zone, count: households.filter((each) => each.zone === zone).length })),
  };
}

/** Without the last line end. */
export function explainDuty(config: Site, lang: 'zh' | 'en'): string {
  const { panel, whatToDo, households } = dutyFacts(config);
  if (panel === null) return lang === 'zh' ? '值班面板：没有' : 'duty panel: none';
  const counts = households.map(({ zone, count }) => {
    const { zh, en } = zone === null ? elsewhere : nameOf(zone, config);
    return { zh: `${zh} ${count} 户`, en: `${en} ${count}` };
  });
  const care: Words = {
    zh: `需帮扶：${counts.map(({ zh }) => zh).join('、')}`,
    en: `households with special care: ${counts.map(({ en }) => en).join(', ')}`,
  };
  const parts = [
    { head: whereWords(panel), lines: [...panelLines(panel), ...(counts.length === 0 ? [] : [care])] },
    ...whatToDo.map((row) => stepsPart(row, config)),
  ];
  return parts
    .map(({ head, lines }) => [head[lang], ...lines.map((line) => `  ${line[lang]}`)].join('\n'))
    .join('\n\n');
}

const elsewhere: Words = { zh: '其他', en: 'elsewhere' };

function nameOf(id: string, { zones }: Pick<Site, 'zones'>): Words {
  return zones.find((zone) => zone.id === id)?.name ?? { zh: id, en: id };
}

function whereWords({ listen, port }: PanelConfig): Words {
  const at = `${listen.includes(':') ? `[${listen}]` : listen}:${port}`;
  return {
    zh: `值班面板（${at}；设好密码之前只在本机）`,
    en: `duty panel (${at}; on the box only until a password is set)`,
  };
}

function panelLines({ names, tls, night, signOutAfterMs }: PanelConfig): readonly Words[] {
  const seconds = signOutAfterMs / msPerS;
  const from = clockOf(night.fromMin);
  const to = clockOf(night.toMin);
  return [
    tlsWords(tls),
    ...(names.length === 0 ? [] : [{ zh: `域名：${names.join('、')}`, en: `host names: ${names.join(', ')}` }]),
    {
      zh: `夜间 ${from} 到 ${to}：技术类等到早上，故障只响一次，监管每 10 分钟响一次；火警和预警照响`,
      en: `night ${from} to ${to}: technical matters wait until morning, faults sound once, supervisory every 10 min; fire and warning as ever`,
    },
    { zh: `${seconds} 秒没人碰就退出登录`, en: `signed out after ${seconds} s without a touch` },
  ];
}

function tlsWords(tls: PanelConfig['tls']): Words {
  switch (tls.kind) {
    case 'none':
      return { zh: '不加密', en: 'not encrypted' };
    case 'own':
      return { zh: '加密，自制证书', en: 'encrypted, with a certificate of its own' };
    case 'files':
      return { zh: `加密，证书 ${tls.cert}`, en: `encrypted, with the certificate ${tls.cert}` };
    default:
      return tls satisfies never;
  }
}

function stepsPart({ class: alarmClass, zones, steps }: SiteInfo['steps'][number], config: Site): Part {
  const named = zones?.map((id) => nameOf(id, config));
  const zh = named?.map((each) => each.zh).join('、') ?? '其余防区';
  const en = named?.map((each) => each.en).join(', ') ?? 'any other zone';
  const { zh: classZh, en: classEn } = classWords[alarmClass];
  return {
    head: { zh: `${classZh}时怎么做（${zh}）`, en: `what to do about ${classEn} in ${en}` },
    lines: steps.map((step, n) => ({ zh: `${n + 1}. ${step.zh}`, en: `${n + 1}. ${step.en}` })),
  };
}

function clockOf(minute: DayWindow['fromMin']): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / hourMin))}:${two(minute % hourMin)}`;
}
