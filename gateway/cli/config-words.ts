/** What `gengfu config …` prints. */

import { describeMoment } from '../box/moment.js';
import { type ConfigDiff, type DiffKind, diffWords } from '../staging/config-diff.js';
import type { StagingAnswer } from '../staging/staging-answer.js';
import type { LastTrial, StagingStatus } from '../staging/staging-status.js';
import type { ConfigVerb } from './config-orders.js';
import type { Lang } from './teller.js';

/** Ids of one kind that are named; the rest is counted. */
const namedMax = 20;
const shortChars = 12;

type Trial = NonNullable<StagingStatus['trial']>;

export interface StagedFile {
  readonly file: string;
  readonly installed: string;
}

export function describeAnswer(
  verb: ConfigVerb['verb'],
  answer: StagingAnswer,
  lang: Lang,
  staged: StagedFile | null = null,
): string {
  if (!answer.ok) return describeRefusal(answer, lang, staged);
  const sum = String(answer.detail['sha256'] ?? '').slice(0, shortChars);
  const zh = lang === 'zh';
  switch (verb) {
    case 'stage': {
      const boxOnly = Array.isArray(answer.detail['needs_box']) && answer.detail['needs_box'].length > 0;
      const note = boxOnly
        ? zh
          ? '；含密钥、输出、发声设备、平台或值班面板的更改，只能在本机启用'
          : '; it changes keys, outputs, sounders, uplinks or the panel: only to be applied on the box'
        : '';
      return zh
        ? `检查通过，已存下 ${sum}，尚未启用${note}。查看更改：gengfu config diff；启用：gengfu config apply`
        : `checked and staged: ${sum}, not applied${note}. What changes: gengfu config diff; apply it: gengfu config apply`;
    }
    case 'apply':
      return zh
        ? `已启用 ${sum}，开始试运行；不正常会自动退回。按 Ctrl-C 只停止显示`
        : `applied ${sum}, on trial; it is taken back by itself when it is not healthy. Ctrl-C only ends this display`;
    default:
      return zh ? `正在退回到 ${sum}` : `going back to ${sum}`;
  }
}

/** The gateway checks a text in place of the installed file; the person looks for it in the file that was handed in. */
function describeRefusal(answer: Extract<StagingAnswer, { ok: false }>, lang: Lang, staged: StagedFile | null): string {
  const zh = lang === 'zh';
  const problems = answer.detail?.['problems'];
  const count = answer.detail?.['count'];
  if (!Array.isArray(problems)) return `${zh ? '被拒绝：' : 'refused: '}${answer.words[lang]}`;
  const said = problems
    .map((each) => String((each as Readonly<Record<string, unknown>>)[lang]))
    .map((each) =>
      staged !== null && each.startsWith(`${staged.installed}:`)
        ? `${staged.file}${each.slice(staged.installed.length)}`
        : each,
    );
  const more = Number(count) - said.length;
  const rest = more > 0 ? [zh ? `还有 ${more} 个` : `and ${more} more`] : [];
  return [
    ...said,
    ...rest,
    zh ? `站点文件有 ${count} 个问题，未存。` : `problems in the site file: ${count}; not kept`,
  ].join('\n');
}

export function describeStaging({ running, staged, trial, last }: StagingStatus, lang: Lang): string {
  const zh = lang === 'zh';
  const sum = running.sha256.slice(0, shortChars);
  const isInstalled = running.sha256 === running.installer;
  const by = isInstalled
    ? ''
    : zh
      ? `，${running.origin} 启用于 ${describeMoment(running.wall)}`
      : `, applied by ${running.origin} at ${describeMoment(running.wall)}`;
  const which = isInstalled ? (zh ? '安装文件' : 'the installed file') : zh ? '启用的文件' : 'an applied file';
  return [
    zh ? `正在运行：${which} ${sum}${by}` : `runs: ${which}, ${sum}${by}`,
    ...(staged === null ? [] : [describeStaged(staged, lang)]),
    ...(trial === null ? [] : [describeProgress(trial, lang)]),
    ...(last === null ? [] : [describeEnd(last, lang)]),
  ].join('\n');
}

function describeStaged(staged: NonNullable<StagingStatus['staged']>, lang: Lang): string {
  const sum = staged.sha256.slice(0, shortChars);
  const at = describeMoment(staged.wall);
  return lang === 'zh' ? `已存待启用：${sum}（${staged.origin}，${at}）` : `staged: ${sum} (${staged.origin}, ${at})`;
}

/** Lines and centres with whether they were seen; without what changes every second. */
export function describeProgress(trial: Trial, lang: Lang): string {
  const zh = lang === 'zh';
  if (trial.phase === 'swapping') return zh ? '正在更换站点文件' : 'the site file is being changed';
  if (trial.phase === 'confirming') return zh ? '一切正常，正在写盘确认' : 'all is healthy; being recorded';
  const seen = (is: boolean): string => (is ? (zh ? '正常' : 'ok') : zh ? '等待' : 'waiting');
  const lines = trial.lines.map(({ id, isSeen }) => `${zh ? '线路 ' : 'line '}${id} ${seen(isSeen)}`);
  const uplinks = trial.uplinks.map(({ id, isSeen }) => `${zh ? '平台 ' : 'uplink '}${id} ${seen(isSeen)}`);
  return `${zh ? '试运行：' : 'on trial: '}${[...lines, ...uplinks].join(zh ? '，' : ', ')}`;
}

export function describeEnd({ outcome, sha256, wall, words }: LastTrial, lang: Lang): string {
  const sum = sha256.slice(0, shortChars);
  const at = describeMoment(wall);
  if (lang === 'zh') return `${sum} ${outcome === 'confirmed' ? '已确认' : '已退回'}：${words.zh}（${at}）`;
  return `${sum} ${outcome === 'confirmed' ? 'is confirmed' : 'was rolled back'}: ${words.en} (${at})`;
}

export function describeDiff({ changes, unchangedLines, needsBox }: ConfigDiff, lang: Lang): string {
  const zh = lang === 'zh';
  const said = (Object.keys(diffWords) as DiffKind[]).flatMap((kind) => {
    const { added, removed, changed } = changes[kind];
    const parts = [
      ['+', added],
      ['-', removed],
      ['~', changed],
    ] as const;
    const told = parts.flatMap(([sign, ids]) => (ids.length === 0 ? [] : [`${sign} ${named(ids)}`]));
    return told.length === 0 ? [] : [`${diffWords[kind][lang]}${zh ? '：' : ': '}${told.join('  ')}`];
  });
  const none = zh ? '没有不同' : 'nothing differs';
  const kept = named(unchangedLines) || (zh ? '无' : 'none');
  return [
    ...(said.length === 0 ? [none] : said),
    zh ? `继续运行、不断开的线路：${kept}` : `lines that keep running: ${kept}`,
    ...(needsBox.length === 0
      ? []
      : [zh ? `只能在本机启用（${needsBox.join('、')}）` : `only to be applied on the box (${needsBox.join(', ')})`]),
    ...(said.length === 0 ? [] : [zh ? '+ 新增  - 去掉  ~ 更改' : '+ added  - removed  ~ changed']),
  ].join('\n');
}

function named(ids: readonly string[]): string {
  const more = ids.length - namedMax;
  return `${ids.slice(0, namedMax).join(' ')}${more > 0 ? ` … (${ids.length})` : ''}`;
}
