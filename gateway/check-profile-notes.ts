/** What is wrong with profiles beside the site file that no device of it uses: no reason to refuse the site, and worth a word. Pure. */
import { describeProblem, type Problem } from '../config/problem.js';
import type { Words } from '../config/vocabulary.js';

export function profileNotes(problems: readonly Problem[]): readonly Words[] {
  return problems.map((problem) => ({
    zh: `自己的型号文件有错，没有设备用它，不影响运行：${describeProblem(problem, 'zh')}`,
    en: `a profile beside the site file is wrong; no device uses it, so the site runs: ${describeProblem(problem, 'en')}`,
  }));
}
