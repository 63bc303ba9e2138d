/** A site file that is not fit: its problems, and exit status 2. */
import { describeProblem, type Problem, type Told, toldIn } from '../../config/problem.js';
import type { RunOptions } from './exercise-orders.js';

const exitInvalid = 2;

export function refuse(problems: readonly Problem[], options: RunOptions): void {
  printProblems(problems, options);
  process.exitCode = exitInvalid;
}

function printProblems(problems: readonly Problem[], { json, lang }: RunOptions): void {
  if (json === true) {
    const inLang = (told: Told | null): string | null => (told === null ? null : toldIn(told, lang));
    const told = problems.map((each) => ({ ...each, expected: inLang(each.expected), got: inLang(each.got) }));
    process.stdout.write(`${JSON.stringify({ ok: false, problems: told })}\n`);
    return;
  }
  for (const problem of problems) process.stderr.write(`${describeProblem(problem, lang)}\n`);
  const count = problems.length;
  process.stderr.write(lang === 'zh' ? `站点文件有 ${count} 个问题。\n` : `problems in the site file: ${count}\n`);
}
