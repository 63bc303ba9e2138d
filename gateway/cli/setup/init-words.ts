/** What `gengfu init` says beside its questions. Pure. */
import type { Words } from '../../../config/vocabulary.js';
import type { Left, SetupReport } from '../../setup/setup-report.js';
import type { Survey } from '../../survey/survey.js';
import type { Lang } from '../teller.js';

/** Decisions that are named one by one; they all stand in the file. */
const decidedMax = 12;

export const initWords = {
  noTerminal: {
    zh: '这里没有终端，没法提问。写一份答案：gengfu init --print-answers > answers.yaml，改好后运行 gengfu init --answers answers.yaml --yes（或用 --stdin 逐行给答案）',
    en: 'there is no terminal to ask at. Write the answers down: gengfu init --print-answers > answers.yaml, then run gengfu init --answers answers.yaml --yes (or give them line by line with --stdin)',
  },
  givenUp: { zh: '放弃了，没有写站点文件。', en: 'given up; no site file was written.' },
  searchKept: (survey: string, file: string): Words => ({
    zh: `搜索的结果存为 ${survey}；不再搜索，接着做：gengfu init --survey ${survey} --out ${file}`,
    en: `what was found is kept in ${survey}; to go on without another search: gengfu init --survey ${survey} --out ${file}`,
  }),
  isThere: (file: string): Words => ({
    zh: `${file} 已经有了，不会覆盖。换一个：--out；要替换它：--force（原来的存为 ${file}.bak）`,
    en: `${file} is there already and is not overwritten. Another one: --out; to replace it: --force (the old one is kept as ${file}.bak)`,
  }),
  setAside: (file: string): Words => ({
    zh: `写出的站点文件通不过检查，放在 ${file}：按上面的问题改好，再 gengfu check --config ${file}`,
    en: `the site file would not pass the check; it lies in ${file}: correct what is told above, then run gengfu check --config ${file}`,
  }),
  found: ({ lines }: Survey): Words => {
    const units = lines.reduce((sum, line) => sum + line.units.length, 0);
    return {
      zh: `找到 ${lines.length} 个接口，${units} 台设备。`,
      en: `found: ${lines.length} ports, ${units} units.`,
    };
  },
} as const;

export interface Written {
  readonly file: string;
  readonly isWritten: boolean;
  readonly backup: string | null;
}

export function describeReport(report: SetupReport, { file, isWritten, backup }: Written, lang: Lang): string {
  const { counts, decided, left } = report;
  const zh = lang === 'zh';
  const { lines, zones, devices, leftOut, sounders, households, placesToFillIn } = counts;
  const head = zh
    ? `${isWritten ? `已写好 ${file}` : '未写文件（--dry-run）'}：${lines} 条线路，${devices} 台设备，${zones} 个防区，${sounders} 路警铃，${households} 户帮扶户`
    : `${isWritten ? `written: ${file}` : 'nothing was written (--dry-run)'}: ${lines} lines, ${devices} devices, ${zones} zones, ${sounders} sirens, ${households} households`;
  const kept = backup === null ? [] : [zh ? `原来的存为 ${backup}` : `the old one is kept as ${backup}`];
  const row = ([of, words]: readonly [string, Words]): string => `  ${of}${zh ? '：' : ': '}${words[lang]}`;
  const more = decided.length - decidedMax;
  const rest = zh ? `  另有 ${more} 条，都写在文件里` : `  ${more} more, all of them in the file`;
  const decisions = [...decided.slice(0, decidedMax).map((each) => row([each.of, each])), ...(more > 0 ? [rest] : [])];
  const others = left.filter(({ what }) => what !== 'place');
  const places = zh
    ? `位置待填 ${placesToFillIn} 处：改好后 gengfu check 会逐个核对`
    : `places to be filled in: ${placesToFillIn}; gengfu check lists them with their lines`;
  const todo = zh ? `还要做的（没写进来的设备 ${leftOut} 台）：` : `left to do (units left out: ${leftOut}):`;
  const next = zh
    ? `下一步：gengfu check --config ${file}，再 systemctl start gengfu（没有装包时 gengfu run）`
    : `next: gengfu check --config ${file}, then systemctl start gengfu (without the package: gengfu run)`;
  const text = [
    head,
    ...kept,
    ...(decided.length === 0 ? [] : [zh ? '这样定的：' : 'decided:', ...decisions]),
    ...(others.length === 0 ? [] : [todo, ...together(others, zh ? '、' : ', ').map(row)]),
    ...(placesToFillIn === 0 ? [] : [places]),
    next,
  ];
  return `${text.join('\n')}\n`;
}

/** All of it, as nobody can ask for the rest afterwards; what is the same for many is told once. */
function together(left: readonly Left[], comma: string): readonly (readonly [string, Words])[] {
  const rows = new Map<string, { readonly words: Words; readonly of: string[] }>();
  for (const each of left) {
    const row = rows.get(each.zh) ?? { words: each, of: [] };
    row.of.push(each.of);
    rows.set(each.zh, row);
  }
  return [...rows.values()].map(({ of, words }) => [of.join(comma), words]);
}

/** `text`: the file that was not written. */
export function reportAsJson(report: SetupReport, written: Written, text: string | null): string {
  return `${JSON.stringify({ ok: true, ...written, ...report, ...(text === null ? {} : { text }) })}\n`;
}
