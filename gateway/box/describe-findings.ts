/** Findings in words, by area; what is in order is short. Pure. */
import type { Words } from '../../config/vocabulary.js';
import { areaWords } from './area-words.js';
import { type Finding, findingAreas, type Severity } from './finding.js';

const severityWords: Readonly<Record<Severity, Words>> = {
  ok: { zh: '好', en: 'ok' },
  hint: { zh: '提示', en: 'hint' },
  problem: { zh: '问题', en: 'problem' },
};

export function describeFindings(findings: readonly Finding[], lang: 'zh' | 'en'): string {
  const lines = findingAreas.flatMap((area) => {
    const own = findings.filter((finding) => finding.area === area);
    return own.length === 0
      ? []
      : [`${areaWords[area][lang]}`, ...own.map((finding) => describeFinding(finding, lang))];
  });
  return [...lines, describeCounts(findings, lang)].join('\n');
}

export function describeFinding({ what, figure, budget, severity, fix }: Finding, lang: 'zh' | 'en'): string {
  const zh = lang === 'zh';
  const most = budget === null ? '' : zh ? `（应为 ${budget.zh}）` : ` (budget ${budget.en})`;
  const head = `  [${severityWords[severity][lang]}] ${what[lang]}${zh ? '：' : ': '}${figure[lang]}${most}`;
  return fix === null ? head : `${head}\n      ${zh ? '处理：' : 'fix: '}${fix[lang]}`;
}

function describeCounts(findings: readonly Finding[], lang: 'zh' | 'en'): string {
  const count = (severity: Severity): number => findings.filter((each) => each.severity === severity).length;
  const [problems, hints, good] = [count('problem'), count('hint'), count('ok')];
  return lang === 'zh'
    ? `问题 ${problems}，提示 ${hints}，正常 ${good}`
    : `problems ${problems}, hints ${hints}, in order ${good}`;
}
