/** How a scenario ended, for people and for machines. Pure. */
import type { ScenarioJudge, Verdict } from './scenario-judge.js';

export function verdictLines({ verdicts, broken }: ScenarioJudge, lang: 'zh' | 'en'): readonly string[] {
  const never = lang === 'zh' ? '绝不该出现' : 'must never be';
  return [...verdicts.map(describeVerdict), ...broken.map((what) => `✗ ${never}: ${what}`)];
}

/** One JSON line. */
export function verdictJson({ verdicts, broken, held }: ScenarioJudge, scenario: string): string {
  return JSON.stringify({ kind: 'scenario.ended', scenario, held, verdicts, broken });
}

function describeVerdict({ id, held, tookMs, withinMs }: Verdict): string {
  return `${held ? '✓' : '✗'} ${id.padEnd(16)} ${tookMs === null ? '—' : `${tookMs.toFixed(0)} ms`}  (≤ ${withinMs} ms)`;
}
