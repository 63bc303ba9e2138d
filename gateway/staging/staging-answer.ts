/** What is asked of whoever keeps the site files, and what he answers. */
import type { Problem } from '../../config/problem.js';
import { describeProblem } from '../../config/problem.js';
import type { Words } from '../../config/vocabulary.js';
import type { JsonValue } from '../../sync/journal/entry.js';

/** Problems of a file that one answer tells; the rest is counted. */
const problemsToldMax = 20;

/** One part of a site file on its way: gzip in base64, 48 kB at most; parts come in any order. */
export interface StagePart {
  /** Of the unpacked text, hexadecimal. */
  readonly sha256: string;
  /** From 1. */
  readonly part: number;
  readonly parts: number;
  readonly gzip: string;
}

/** `isOnBox`: level Ⅲ on the box; else the district. */
export interface StagingOrderer {
  readonly origin: string;
  readonly isOnBox: boolean;
}

export const stagingRefusals = {
  'bad-part': { zh: '这一部分不合格式', en: 'this part is not as parts are' },
  'bad-file': {
    zh: '文件解不开、过大，或与校验和不符',
    en: 'the file can not be unpacked, is too large, or is not what its sum says',
  },
  'not-checked': { zh: '站点文件未能检查', en: 'the site file could not be checked' },
  problems: { zh: '站点文件有问题', en: 'the site file has problems' },
  fixed: {
    zh: '站点编号、区县和数据目录不能这样更改，请改安装文件并重启',
    en: 'id, district and data_dir of the site are not changed this way; change the installed file and restart',
  },
  'needs-restart': {
    zh: '引脚换了方向或驱动，或换了 UPS，请改安装文件并重启',
    en: 'a pin changes its direction or driver, or the UPS is another; change the installed file and restart',
  },
  'needs-box': {
    zh: '更改密钥、输出、发声设备、值班面板或平台（地址、账号、证书、上报范围），须在本机由Ⅲ级人员启用',
    en: 'it changes keys, outputs, sounders, the panel or uplinks (address, account, certificates, what is told): this needs level Ⅲ on the box',
  },
  'nothing-staged': { zh: '没有待启用的站点文件', en: 'no site file is staged' },
  'other-file': { zh: '待启用的是另一份文件', en: 'another file is staged' },
  'runs-already': { zh: '这份文件已在运行', en: 'this file runs already' },
  'trial-runs': { zh: '另一份文件正在试运行', en: 'another file is on trial' },
  'nothing-before': { zh: '没有可退回的文件', en: 'there is no file to go back to' },
  fire: { zh: '有火警未复位', en: 'a fire is not reset' },
  exercise: { zh: '正在演练或测试', en: 'a drill or a test runs' },
  'cannot-record': { zh: '磁盘未能记录', en: 'the disk did not record it' },
  'cannot-keep': { zh: '磁盘未能保存文件', en: 'the disk did not keep the file' },
} as const satisfies Record<string, Words>;
export type StagingRefusal = keyof typeof stagingRefusals;

export type StagingAnswer =
  | { readonly ok: true; readonly detail: Readonly<Record<string, JsonValue>> }
  | {
      readonly ok: false;
      readonly reason: StagingRefusal;
      readonly words: Words;
      readonly detail?: Readonly<Record<string, JsonValue>>;
    };

export function refusal(reason: StagingRefusal): Extract<StagingAnswer, { ok: false }> {
  return { ok: false, reason, words: stagingRefusals[reason] };
}

export function problemsRefusal(problems: readonly Problem[]): Extract<StagingAnswer, { ok: false }> {
  const count = problems.length;
  const first = problems.slice(0, problemsToldMax);
  const [worst] = first;
  const said = (lang: 'zh' | 'en'): string => (worst === undefined ? '' : describeProblem(worst, lang));
  return {
    ok: false,
    reason: 'problems',
    words: {
      zh: `站点文件有 ${count} 个问题：${said('zh')}`,
      en: `problems in the site file: ${count}; ${said('en')}`,
    },
    detail: {
      count,
      problems: first.map((problem) => ({ zh: describeProblem(problem, 'zh'), en: describeProblem(problem, 'en') })),
    },
  };
}
